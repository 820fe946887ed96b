/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures the time of this process */
import { ExtendError } from '../../nodes/Extend/api/errors';
import { LONG_READS, PIECES, type LongRead } from '../unit/properties/fuzz/megabytes';

const MEGABYTE = 1_048_576;
/** What takes time with the square of the length is noticed at the shorter one, before it takes hours. */
const LENGTHS = [MEGABYTE / 16, MEGABYTE];
const MOST_MS = 50;
/** For a slower computer, and for the garbage collector, whose threads count too. */
const SLACK = 6;
const TRIES = 3;

/** CPU time of this process, so that other work on the computer counts little. */
function cpuMsOf(work: () => unknown): number {
	const before = process.cpuUsage();
	try {
		work();
	} catch (caught) {
		expect(caught instanceof ExtendError || caught instanceof SyntaxError).toBe(true);
	}
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}

function medianMs(work: () => unknown): number {
	const times = Array.from({ length: TRIES }, () => cpuMsOf(work)).sort((one, other) => one - other);
	return times[Math.floor(TRIES / 2)] ?? 0;
}

/** How long a text takes, in words, if that is too long. What JSON.parse takes by itself is not ours: V8 needs long for a million brackets. */
function describeSlow({ prepare, read }: LongRead, text: string): string | undefined {
	const prepared = prepare(text);
	if (cpuMsOf(() => read(prepared)) <= MOST_MS * SLACK) return undefined;
	const ms = medianMs(() => read(prepared)) - medianMs(() => JSON.parse(text));
	return ms > MOST_MS * SLACK ? `${JSON.stringify(text.slice(0, 30))} … of ${text.length} characters: ${Math.round(ms)} ms` : undefined;
}

/** The first length at which a repeated piece takes too long; undefined where a megabyte does not. */
function findSlow(long: LongRead, piece: string): string | undefined {
	for (const length of LENGTHS) {
		const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length - 1);
		// An end that does not fit makes a pattern try again.
		const slow = describeSlow(long, text) ?? describeSlow(long, `${text}!`);
		if (slow !== undefined) return slow;
	}
	return undefined;
}

describe(`a megabyte takes ${MOST_MS} ms at most, with a slack of ${SLACK} times that`, () => {
	it.each(Object.entries(LONG_READS))('as %s', (_, long) => {
		// The first that is too slow is enough: each costs seconds.
		for (const piece of PIECES) expect(findSlow(long, piece)).toBeUndefined();
	});
});
