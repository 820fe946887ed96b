import { nextLookInMs, nextSweepInMs, trustListForMs } from '../../../nodes/Extend/waiting/schedule';

const NO_JITTER = 0.5;

describe('nextLookInMs', () => {
	it.each([
		[0, 1_000],
		[9_999, 1_000],
		[10_000, 1_000],
		[30_000, 3_000],
		[300_000, 30_000],
		[600_000, 60_000],
		[86_400_000, 60_000],
	])('is a tenth of the age within bounds when a run is %i ms old', (ageMs, pauseMs) => {
		expect(nextLookInMs(ageMs, NO_JITTER)).toBe(pauseMs);
	});

	it.each([
		[0, 900],
		[0.999_999, 1_100],
	])('varies by a tenth when chance says %d', (random, pauseMs) => {
		expect(nextLookInMs(0, random)).toBe(pauseMs);
	});
});

describe('nextSweepInMs', () => {
	it.each([
		[0, 400],
		[4_000, 400],
		[30_000, 3_000],
		[86_400_000, 60_000],
		[Number.POSITIVE_INFINITY, 60_000],
	])('goes by the youngest run when that is %d ms old', (ageMs, pauseMs) => {
		expect(nextSweepInMs(ageMs, NO_JITTER)).toBe(pauseMs);
	});
});

describe('trustListForMs', () => {
	it.each([
		[0, 20_000],
		[60_000, 20_000],
		[600_000, 180_000],
	])('grows with the age when a run is %i ms old', (ageMs, trustMs) => {
		expect(trustListForMs(ageMs)).toBe(trustMs);
	});
});
