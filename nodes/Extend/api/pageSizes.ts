import { asExtendError, ExtendError } from './errors';
import { SAFE_PAGE } from './pagination';

/** How Extend may refuse a page that is too large. */
const REFUSALS = new Set([400, 422]);
/** A list that does not give so many entries at once was refused for something else. */
const SMALLEST_PAGE = 10;

/**
 * The page sizes that a credential is given, by list: Extend does not say how large a page may be. A refused size is
 * halved until one is taken, which is remembered.
 * @see https://docs.extend.ai/2026-02-09/api-reference/pagination
 */
export class PageSizes {
	private readonly largestByList = new Map<string, number>();
	private readonly takenByList = new Map<string, number>();

	/**
	 * A page of at most this size; smaller where the list does not give as much.
	 * @throws ExtendError for a request that is refused in every size; what the first one was answered
	 */
	async fetch<T>(list: string, wantedSize: number, fetchPage: (size: number) => Promise<T>): Promise<T> {
		const first = Math.min(wantedSize, this.largestByList.get(list) ?? wantedSize);
		let size = first;
		let page = await this.tryToFetch(list, size, fetchPage);
		const refusal = page;
		while (page instanceof ExtendError && smallerThan(size) >= SMALLEST_PAGE) {
			size = smallerThan(size);
			page = await this.tryToFetch(list, size, fetchPage);
		}
		if (page instanceof ExtendError) throw refusal;
		if (size < first) this.largestByList.set(list, size);
		return page;
	}

	/** The page, or why it is refused, which may be its size. @throws ExtendError that cannot be about the size */
	private async tryToFetch<T>(list: string, size: number, fetchPage: (size: number) => Promise<T>): Promise<T | ExtendError> {
		const taken = this.takenByList.get(list) ?? 0;
		try {
			const page = await fetchPage(size);
			this.takenByList.set(list, Math.max(size, taken));
			return page;
		} catch (caught) {
			const error = asExtendError(caught);
			if (size > taken && REFUSALS.has(Number(error.facts.status))) return error;
			throw asExtendError(error);
		}
	}
}

/** Half, but not past the size that is known to be taken. */
function smallerThan(size: number): number {
	const half = Math.floor(size / 2);
	return size > SAFE_PAGE && half < SAFE_PAGE ? SAFE_PAGE : half;
}

const sizesByKey = new Map<string, PageSizes>();

/**
 * The page sizes of one credential, shared by all executions of this process.
 * @param key names base URL and API key without revealing the key
 */
export function pageSizesFor(key: string): PageSizes {
	const sizes = sizesByKey.get(key) ?? new PageSizes();
	sizesByKey.set(key, sizes);
	return sizes;
}
