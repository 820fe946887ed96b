import { unreadableList } from './errors';
import { idAt } from './json';
import type { Page } from './types';

/** Extend's largest page of the previous version; a smaller one is granted where it allows less. */
export const LARGEST_PAGE = 1_000;
/** Extend does not say how large a page may be now, and may refuse the former maximum; this size is known to be taken. */
export const SAFE_PAGE = 100;

/** A page may be empty though more follow; but a list has to end some time. */
const MAX_EMPTY_PAGES = 100;

/**
 * All entries page by page, in the order of the list. Ends on a missing token and on one that repeats, since a
 * service that hands out the same token again would never come to an end.
 * @throws ExtendError when one page after the other is empty and yet more are said to follow
 */
export async function* pagesOf<T>(fetchPage: (pageToken?: string) => Promise<Page<T>>): AsyncGenerator<T[]> {
	const seenTokens = new Set<string>();
	let emptyPages = 0;
	let token: string | undefined;
	do {
		const page: Page<T> = await fetchPage(token);
		yield page.entries;
		emptyPages = page.entries.length === 0 ? emptyPages + 1 : 0;
		if (emptyPages >= MAX_EMPTY_PAGES) throw unreadableList(`${MAX_EMPTY_PAGES} pages in a row are empty, and more are said to follow`);
		token = page.nextPageToken;
		if (token !== undefined && seenTokens.has(token)) return;
		if (token !== undefined) seenTokens.add(token);
	} while (token !== undefined);
}

/** Entries that changed at nearly the same time may stand either way. */
const ORDER_SLACK_MS = 5_000;

/** Whether the times of a page have the order that was asked for: else it does not tell what the next one holds. */
export function isNewestFirst(times: readonly number[]): boolean {
	return times.every((ms, index) => index === 0 || ms <= (times[index - 1] ?? ms) + ORDER_SLACK_MS);
}

/**
 * The first `limit` entries of a list; all of them where `limit` is infinite. An entry that stands on two pages, because
 * others came before it while they were read, is taken once.
 */
export async function takeEntries<T>(limit: number, fetchPage: (pageToken?: string) => Promise<Page<T>>): Promise<T[]> {
	const taken: T[] = [];
	const ids = new Set<string>();
	const isNew = (entry: T): boolean => {
		const id = idAt(entry);
		const known = ids.size;
		return id === undefined || ids.add(id).size > known;
	};
	for await (const entries of pagesOf(fetchPage)) {
		taken.push(...entries.filter(isNew).slice(0, limit - taken.length));
		if (taken.length >= limit) break;
	}
	return taken;
}
