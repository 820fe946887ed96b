import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';

export interface PageRange {
	start: number;
	end: number;
}

function unreadable(text: string): ExtendError {
	return inputError(`Page Ranges cannot be read at "${text}"`, 'Write pages and ranges with commas between them, such as 1-3,8.');
}

function readRange(text: string): PageRange {
	const [, first, last] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(text) ?? [];
	const start = Number(first);
	const end = last === undefined ? start : Number(last);
	if (first === undefined || start < 1 || end < start || !Number.isSafeInteger(end)) throw unreadable(text);
	return { start, end };
}

/**
 * The ranges in a text such as `1-3,8`; pages count from 1 and both ends belong to a range.
 * @throws ExtendError naming the part that cannot be read
 */
export function parsePageRanges(text: string): PageRange[] {
	const parts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
	if (parts.length === 0) throw unreadable(text);
	return parts.map(readRange);
}
