import type { Extend } from 'extend-ai';

/** Indexes of the pages to look at; ranges are 1-based and inclusive, and all pages are meant when there are none. */
export function pagesInRanges(pageCount: number, ranges?: Extend.PageRanges): number[] {
	const all = Array.from({ length: pageCount }, (_, index) => index);
	if (ranges === undefined || ranges.length === 0) return all;
	return all.filter((index) => ranges.some(({ start, end }) => isInside(index + 1, start, end)));
}

function isInside(page: number, start: number, end: number): boolean {
	return page >= start && page <= end;
}
