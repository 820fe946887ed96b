/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures the time of this process */
import { ExtendError } from '../../nodes/Extend/api/errors';
import { PIECES, READERS_OF_LONG_TEXTS } from '../unit/properties/fuzz/megabytes';

const MEGABYTE = 1_048_576;
/** From small to large: what takes time with the square of the length is noticed before it takes hours. */
const LENGTHS = [MEGABYTE / 64, MEGABYTE / 16, MEGABYTE / 4, MEGABYTE];
const MOST_MS = 50;
/** Other work on the computer, or half its speed. */
const SLACK = 4;
const TRIES = 3;

/** CPU time of this process, so that other work on the computer counts little. */
function cpuMsOf(work: () => unknown): number {
	const before = process.cpuUsage();
	try {
		work();
	} catch (caught) {
		if (!(caught instanceof ExtendError)) throw caught;
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

function medianMs(work: () => unknown): number {
	const times = Array.from({ length: TRIES }, () => cpuMsOf(work)).sort((one, other) => one - other);
	return times[Math.floor(TRIES / 2)] ?? 0;
}

/** The first length at which a text takes too long, in words; undefined where a megabyte does not. */
function tooSlowFor(read: (text: string) => unknown, piece: string): string | undefined {
	for (const length of LENGTHS) {
		const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
		// The end that does not fit makes a pattern try again.
		const ms = Math.max(medianMs(() => read(text)), medianMs(() => read(`${text}!`)));
		if (ms > MOST_MS * SLACK) return `${JSON.stringify(piece)} repeated up to ${length} characters: ${Math.round(ms)} ms`;
	}
	return undefined;
}

describe(`a megabyte takes ${MOST_MS} ms at most, with a slack of ${SLACK} times that`, () => {
	it.each(Object.entries(READERS_OF_LONG_TEXTS))('as %s', (_, read) => {
		expect(PIECES.map((piece) => tooSlowFor(read, piece)).filter((text) => text !== undefined)).toEqual([]);
	});
});
