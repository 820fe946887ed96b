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
		let refusal: ExtendError | undefined;
		for (let size = first; ; size = smallerThan(size)) {
			const fetched = await fetchPage(size).then((page) => ({ page }), asExtendError);
			if (!(fetched instanceof ExtendError)) {
				this.note(list, size, first);
				return fetched.page;
			}
			refusal ??= fetched;
			const isAboutSize = REFUSALS.has(Number(fetched.facts.status)) && size > (this.takenByList.get(list) ?? 0);
			if (!isAboutSize || smallerThan(size) < SMALLEST_PAGE) throw refusal;
		}
	}

	private note(list: string, takenSize: number, wantedSize: number): void {
		if (takenSize < wantedSize) this.largestByList.set(list, takenSize);
		this.takenByList.set(list, Math.max(takenSize, this.takenByList.get(list) ?? 0));
	}
}

/** Half, but not past the size that is known to be taken. */
function smallerThan(size: number): number {
	const half = Math.floor(size / 2);
	return size > SAFE_PAGE && half < SAFE_PAGE ? SAFE_PAGE : half;
}
