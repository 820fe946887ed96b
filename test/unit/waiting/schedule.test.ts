import { nextPollInMs, nextTryInMs, nextListPollInMs, trustListForMs } from '../../../nodes/Extend/waiting/schedule';

const NO_JITTER = 0.5;
const AGES_MS = [0, 500, 5_000, 10_000, 30_000, 60_000, 300_000, 1_800_000, 86_400_000];
const SCHEDULES = {
	nextPollInMs,
	nextListPollInMs: (youngestAgeMs: number, random: number) => nextListPollInMs({ youngestAgeMs, timeoutMs: 86_400_000 }, random),
};

/** Each value with the one before it. */
function pairsOf(values: number[]): Array<[before: number, after: number]> {
	return values.slice(1).map((after, index) => [values[index] ?? 0, after]);
}

describe.each(Object.entries(SCHEDULES))('%s', (_, nextInMs) => {
	const pausesMs = AGES_MS.map((ageMs) => nextInMs(ageMs, NO_JITTER));

	it('never becomes shorter when a run grows older', () => {
		expect(pairsOf(pausesMs).filter(([before, after]) => after < before)).toEqual([]);
		expect(pausesMs.at(-1)).toBeGreaterThan(20 * (pausesMs[0] ?? 0));
	});

	it('begins with about a second or less', () => {
		expect(pausesMs[0]).toBeGreaterThanOrEqual(300);
		expect(pausesMs[0]).toBeLessThanOrEqual(1_000);
	});

	it.each([30_000, 60_000, 300_000])('finds a run at most about a tenth late when it is %i ms old', (ageMs) => {
		expect(nextInMs(ageMs, NO_JITTER)).toBeLessThanOrEqual(ageMs * 0.1);
	});

	it.each([86_400_000, Number.POSITIVE_INFINITY])('is minutes at most when a run is %d ms old', (ageMs) => {
		expect(nextInMs(ageMs, 0.999_999)).toBeLessThanOrEqual(330_000);
	});

	it.each([0, 60_000])('varies by a tenth when a run is %i ms old', (ageMs) => {
		const pauseMs = nextInMs(ageMs, NO_JITTER);
		expect(nextInMs(ageMs, 0)).toBe(Math.round(pauseMs * 0.9));
		expect(nextInMs(ageMs, 0.999_999_9)).toBe(Math.round(pauseMs * 1.1));
	});
});

describe('nextListPollInMs', () => {
	it('is a tenth of the timeout at most, and never less than 300 ms', () => {
		const inMs = (timeoutMs: number) => nextListPollInMs({ youngestAgeMs: 3_600_000, timeoutMs }, NO_JITTER);
		expect([inMs(60_000), inMs(1_000)]).toEqual([6_000, 300]);
	});
});

describe('nextTryInMs', () => {
	it.each([
		[1, 1_000],
		[2, 2_000],
		[5, 16_000],
	])('doubles with each look that did not succeed: %i', (faults, ms) => {
		expect(nextTryInMs(faults, 3_600_000, NO_JITTER)).toBe(ms);
	});

	it.each(AGES_MS)('is never later than a usual look when a run is %i ms old', (ageMs) => {
		for (const faults of [1, 3, 9, 2_000]) expect(nextTryInMs(faults, ageMs, NO_JITTER)).toBeLessThanOrEqual(nextPollInMs(ageMs, NO_JITTER));
	});
});

describe('trustListForMs', () => {
	it('is longer than the pause between looks when a run is of any age', () => {
		expect(AGES_MS.filter((ageMs) => trustListForMs(ageMs) < nextPollInMs(ageMs, NO_JITTER))).toEqual([]);
	});

	it('is a fifth of the age of an old run', () => {
		expect([trustListForMs(100_000), trustListForMs(200_000)]).toEqual([20_000, 40_000]);
	});

	it('grows with the age of a run', () => {
		expect(pairsOf(AGES_MS.map(trustListForMs)).filter(([before, after]) => after < before)).toEqual([]);
		expect(trustListForMs(3_600_000)).toBeGreaterThan(trustListForMs(0));
	});
});
