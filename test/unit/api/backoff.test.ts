import { nextPauseMs, readAskedPauseMs } from '../../../nodes/Extend/api/backoff';
import { randomFrom, SEED } from '../support/random';

const schedule = { firstMs: 500, growth: 2, capMs: 10_000, jitter: 0.25 };
const NO_JITTER = 0.5;

describe('nextPauseMs', () => {
	it.each([
		[0, 500],
		[1, 1_000],
		[4, 8_000],
		[5, 10_000],
		[50, 10_000],
		[5_000, 10_000],
	])('doubles up to the cap at attempt %i', (attempt, ms) => {
		expect(nextPauseMs({ attempt, remainingMs: 60_000 }, schedule, NO_JITTER)).toBe(ms);
	});

	it.each([
		[0, 375],
		[0.5, 500],
		[0.999_999, 625],
	])('varies by the jitter when chance says %d', (random, ms) => {
		expect(nextPauseMs({ attempt: 0, remainingMs: 60_000 }, schedule, random)).toBe(ms);
	});

	it('waits as long as Retry-After asks when that is longer', () => {
		expect(nextPauseMs({ attempt: 0, remainingMs: 60_000, retryAfterMs: 7_000 }, schedule, NO_JITTER)).toBe(7_000);
	});

	it('keeps its own pause when Retry-After asks for less', () => {
		expect(nextPauseMs({ attempt: 2, remainingMs: 60_000, retryAfterMs: 100 }, schedule, NO_JITTER)).toBe(2_000);
	});

	it('gives up when Retry-After reaches past the time left', () => {
		expect(nextPauseMs({ attempt: 0, remainingMs: 5_000, retryAfterMs: 7_000 }, schedule, NO_JITTER)).toBeUndefined();
	});

	it.each([0, -1])('gives up when %i ms are left', (remainingMs) => {
		expect(nextPauseMs({ attempt: 0, remainingMs }, schedule, NO_JITTER)).toBeUndefined();
	});

	it('is cut to the time left when that is shorter', () => {
		expect(nextPauseMs({ attempt: 9, remainingMs: 1_234 }, schedule, NO_JITTER)).toBe(1_234);
	});

	it(`never exceeds cap, jitter and time left when times are random (seed ${SEED})`, () => {
		const random = randomFrom(SEED);
		for (let round = 0; round < 2_000; round++) {
			const remainingMs = 1 + Math.floor(random() * 60_000);
			const attempt = Math.floor(random() * 40);
			const pauseMs = nextPauseMs({ attempt, remainingMs }, schedule, random());
			expect(pauseMs).toBeGreaterThan(0);
			expect(pauseMs).toBeLessThanOrEqual(Math.min(remainingMs, 12_500));
		}
	});
});

describe('readAskedPauseMs, of Retry-After,', () => {
	const nowMs = Date.parse('2026-10-05T09:00:00Z');

	it.each([
		['0', 0],
		['1', 1_000],
		[' 2 ', 2_000],
		['1.5', 1_500],
		['60', 60_000],
		['61', 61_000],
		['86400', 86_400_000],
		['1e300', 365 * 86_400_000],
		['-5', 0],
	])('reads seconds, whatever their number, when it is %j', (header, ms) => {
		expect(readAskedPauseMs(header === undefined ? {} : { 'retry-after': header }, nowMs)).toBe(ms);
	});

	it.each([
		['Mon, 05 Oct 2026 09:00:07 GMT', 7_000],
		['Mon, 05 Oct 2026 10:00:00 GMT', 3_600_000],
		['Mon, 05 Oct 2026 08:59:00 GMT', 0],
		['Monday, 05-Oct-26 09:00:07 GMT', 7_000],
	])('reads a date when it is %j', (header, ms) => {
		expect(readAskedPauseMs(header === undefined ? {} : { 'retry-after': header }, nowMs)).toBe(ms);
	});

	it.each([undefined, '', '  ', 'soon', '10s', 'Infinity', 'NaN', '5 seconds', '30, 60', 'nonsense 5', 'in 30'])('gives undefined when it is %j', (header) => {
		expect(readAskedPauseMs(header === undefined ? {} : { 'retry-after': header }, nowMs)).toBeUndefined();
	});
});

describe('readAskedPauseMs', () => {
	const nowMs = Date.parse('2026-10-05T09:00:00Z');
	const inSeconds = (seconds: number): string => String(nowMs / 1_000 + seconds);

	it.each<[name: string, headers: Record<string, string>, expected: number | undefined]>([
		['Retry-After', { 'retry-after': '3' }, 3_000],
		['X-RateLimit-Reset', { 'x-ratelimit-reset': inSeconds(4) }, 4_000],
		['both', { 'retry-after': '3', 'x-ratelimit-reset': inSeconds(4) }, 3_000],
		['a Retry-After that cannot be read', { 'retry-after': 'soon', 'x-ratelimit-reset': inSeconds(4) }, 4_000],
		['a reset in an hour', { 'x-ratelimit-reset': inSeconds(3_600) }, 3_600_000],
		['a reset that is past', { 'x-ratelimit-reset': inSeconds(-1) }, undefined],
		['a reset that is no number', { 'x-ratelimit-reset': 'soon' }, undefined],
		['none', {}, undefined],
	])('reads %s', (_, headers, expected) => {
		expect(readAskedPauseMs(headers, nowMs)).toBe(expected);
	});
});
