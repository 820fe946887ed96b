import { isNewestFirst, pagesOf, takeEntries } from '../../../nodes/Extend/api/pagination';
import type { Page } from '../../../nodes/Extend/api/types';

/** Serves pages in a row and notes the tokens it was asked with. */
function listOf(pages: Array<Page<number>>): { fetchPage: (token?: string) => Promise<Page<number>>; tokens: Array<string | undefined> } {
	const tokens: Array<string | undefined> = [];
	return {
		tokens,
		fetchPage: async (token) => {
			tokens.push(token);
			const page = pages[tokens.length - 1];
			if (page === undefined) throw new Error('Asked for a page too many');
			return await Promise.resolve(page);
		},
	};
}

async function readAll(fetchPage: (token?: string) => Promise<Page<number>>): Promise<number[][]> {
	const pages: number[][] = [];
	for await (const page of pagesOf(fetchPage)) pages.push(page);
	return pages;
}

describe('pagesOf', () => {
	it('hands each token on when there are several pages', async () => {
		const { fetchPage, tokens } = listOf([
			{ entries: [1, 2], nextPageToken: 'a' },
			{ entries: [], nextPageToken: 'b' },
			{ entries: [3] },
		]);
		expect(await readAll(fetchPage)).toEqual([[1, 2], [], [3]]);
		expect(tokens).toEqual([undefined, 'a', 'b']);
	});

	it('ends when a token comes twice in a row', async () => {
		const { fetchPage, tokens } = listOf([
			{ entries: [1], nextPageToken: 'a' },
			{ entries: [2], nextPageToken: 'a' },
		]);
		expect(await readAll(fetchPage)).toEqual([[1], [2]]);
		expect(tokens).toEqual([undefined, 'a']);
	});

	it('ends when tokens go round in a circle', async () => {
		const { fetchPage } = listOf([
			{ entries: [1], nextPageToken: 'a' },
			{ entries: [2], nextPageToken: 'b' },
			{ entries: [3], nextPageToken: 'a' },
		]);
		expect(await readAll(fetchPage)).toEqual([[1], [2], [3]]);
	});

	it('gives up when one empty page after the other says that more follow', async () => {
		let count = 0;
		const read = readAll(async () => await Promise.resolve({ entries: [], nextPageToken: String(count++) }));
		await expect(read).rejects.toMatchObject({ facts: { code: 'UNREADABLE_ANSWER' } });
		expect(count).toBe(100);
	});

	it('passes on what was thrown when a page cannot be fetched', async () => {
		const { fetchPage } = listOf([{ entries: [1], nextPageToken: 'a' }]);
		await expect(readAll(fetchPage)).rejects.toThrow('a page too many');
	});

	it('fetches nothing further when the reader has enough', async () => {
		const { fetchPage, tokens } = listOf([
			{ entries: [1], nextPageToken: 'a' },
			{ entries: [2], nextPageToken: 'b' },
		]);
		for await (const page of pagesOf(fetchPage)) {
			if (page.includes(2)) break;
		}
		expect(tokens).toEqual([undefined, 'a']);
	});
});

describe('takeEntries', () => {
	it.each([Number.POSITIVE_INFINITY, 3])('takes an entry once that stands on two pages: limit %d', async (limit) => {
		const moved = [
			{ entries: [{ id: 'a' }, { id: 'b' }], nextPageToken: '1' },
			{ entries: [{ id: 'b' }, { id: 'c' }] },
		];
		const taken = await takeEntries(limit, async (token) => await Promise.resolve(moved[token === undefined ? 0 : 1] ?? { entries: [] }));
		expect(taken).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
	});

	const pages = [
		{ entries: [1, 2, 3], nextPageToken: 'a' },
		{ entries: [4, 5, 6], nextPageToken: 'b' },
		{ entries: [7] },
	];

	it.each([
		[1, [1], 1],
		[3, [1, 2, 3], 1],
		[4, [1, 2, 3, 4], 2],
		[6, [1, 2, 3, 4, 5, 6], 2],
		[7, [1, 2, 3, 4, 5, 6, 7], 3],
		[99, [1, 2, 3, 4, 5, 6, 7], 3],
		[Number.POSITIVE_INFINITY, [1, 2, 3, 4, 5, 6, 7], 3],
	])('reads no more pages than needed when the limit is %d', async (limit, entries, pageCount) => {
		const { fetchPage, tokens } = listOf(pages);
		expect(await takeEntries(limit, fetchPage)).toEqual(entries);
		expect(tokens).toHaveLength(pageCount);
	});
});

describe('isNewestFirst', () => {
	it.each([
		[true, 'empty', []],
		[true, 'one time', [5]],
		[true, 'falling', [90_000, 50_000, 50_000, 1]],
		[true, 'nearly falling', [90_000, 95_000, 50_000]],
		[false, 'rising', [1, 50_000]],
		[false, 'mixed', [90_000, 10_000, 50_000]],
		[false, 'a time that cannot be read', [90_000, Number.NaN]],
	])('is %s when the times are %s', (expected, _, times) => {
		expect(isNewestFirst(times)).toBe(expected);
	});
});
