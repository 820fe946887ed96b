import { RateLimiter } from '../../../nodes/Extend/api/rateLimiter';

/** Sends as many requests as may go out at this moment. */
function sendAll(limiter: RateLimiter, nowMs: number): number {
	let sent = 0;
	while (limiter.waitMs(nowMs) === 0 && sent < 1_000) {
		limiter.sent(nowMs);
		sent++;
	}
	return sent;
}

/** How long requests count against those after them: a second, and some spare time. */
function windowOf(limiter: RateLimiter): number {
	sendAll(limiter, 0);
	return limiter.waitMs(0);
}

const WINDOW_MS = windowOf(new RateLimiter());

/** Sends what may go out, second by second, all of it accepted; gives the number sent in the last window. */
function workUntil(limiter: RateLimiter, fromMs: number, toMs: number): number {
	let sent = 0;
	for (let nowMs = fromMs; nowMs <= toMs; nowMs += WINDOW_MS) {
		sent = sendAll(limiter, nowMs);
		for (let answered = 0; answered < sent; answered++) limiter.accepted(nowMs);
	}
	return sent;
}

/** Sends what may go out, looking every `stepMs`; gives the number sent in all. */
function countEvery(stepMs: number, limiter: RateLimiter, fromMs: number, toMs: number): number {
	let sent = 0;
	for (let nowMs = fromMs; nowMs < toMs; nowMs += stepMs) sent += sendAll(limiter, nowMs);
	return sent;
}

describe('RateLimiter', () => {
	it('lets ten requests out at once when it begins', () => {
		expect(sendAll(new RateLimiter(), 0)).toBe(10);
	});

	it('waits for little more than a second when ten are out', () => {
		expect(WINDOW_MS).toBeGreaterThan(1_000);
		expect(WINDOW_MS).toBeLessThanOrEqual(1_100);
		const limiter = new RateLimiter();
		sendAll(limiter, 0);
		expect(limiter.waitMs(500)).toBe(WINDOW_MS - 500);
		expect(sendAll(limiter, WINDOW_MS - 1)).toBe(0);
		expect(sendAll(limiter, WINDOW_MS)).toBe(10);
	});

	it('waits less when the answers came fast', () => {
		const limiter = new RateLimiter();
		const slots = Array.from({ length: 10 }, () => limiter.sent(0));
		for (const slot of slots) limiter.returned(slot, 20);
		expect(limiter.waitMs(20)).toBe(1_000);
	});

	it('waits no longer when the answers came slowly', () => {
		const limiter = new RateLimiter();
		const slots = Array.from({ length: 10 }, () => limiter.sent(0));
		for (const slot of slots) limiter.returned(slot, 900);
		expect(limiter.waitMs(900)).toBe(WINDOW_MS - 900);
	});

	it('moves the window along when requests go out one by one', () => {
		const limiter = new RateLimiter();
		for (let index = 0; index < 10; index++) limiter.sent(index * 100);
		expect(limiter.waitMs(900)).toBe(WINDOW_MS - 900);
		expect(sendAll(limiter, WINDOW_MS)).toBe(1);
	});

	it('holds for a second when a refusal names no time', () => {
		const limiter = new RateLimiter();
		limiter.refused(5_000);
		expect(limiter.waitMs(5_000)).toBe(1_000);
		expect(limiter.waitMs(5_999)).toBe(1);
		expect(limiter.waitMs(6_000)).toBe(0);
	});

	it('holds as long as a refusal asks for', () => {
		const limiter = new RateLimiter();
		limiter.refused(0, 7_000);
		expect(limiter.waitMs(0)).toBe(7_000);
	});

	it('keeps the longest hold when refusals ask for different times', () => {
		const limiter = new RateLimiter();
		limiter.refused(0, 7_000);
		limiter.refused(10, 1_000);
		expect(limiter.waitMs(10)).toBe(6_990);
	});

	it('does not wait for a clock that was set back', () => {
		const limiter = new RateLimiter();
		sendAll(limiter, 3_600_000);
		limiter.refused(3_600_000, 60_000);
		expect(limiter.waitMs(1_000)).toBe(0);
	});

	it('halves once when refusals come in a burst', () => {
		const limiter = new RateLimiter();
		for (let nowMs = 0; nowMs < 900; nowMs += 100) limiter.refused(nowMs);
		expect(sendAll(limiter, 10_000)).toBe(5);
	});

	it('halves again when a refusal comes later', () => {
		const limiter = new RateLimiter();
		limiter.refused(0);
		limiter.refused(1_000);
		expect(sendAll(limiter, 10_000)).toBe(3);
	});

	it('never falls below one request in two seconds', () => {
		const limiter = new RateLimiter();
		for (let nowMs = 0; nowMs < 50_000; nowMs += 1_000) limiter.refused(nowMs);
		expect(sendAll(limiter, 60_000)).toBe(1);
		expect(limiter.waitMs(60_000)).toBe(1_000 + WINDOW_MS);
	});

	it('comes back below the rate that was refused when requests are accepted again', () => {
		const limiter = new RateLimiter();
		sendAll(limiter, 0);
		limiter.refused(100);
		expect(sendAll(limiter, 2_000)).toBe(5);
		limiter.accepted(2_100);
		workUntil(limiter, 3_100, 12_000);
		const inTwentySeconds = countEvery(100, limiter, 13_000, 33_000);
		expect(inTwentySeconds).toBeGreaterThan(20 * 8);
		expect(inTwentySeconds).toBeLessThan(20 * 9.6);
	});

	it('does not come back in one leap when many are accepted at once', () => {
		const limiter = new RateLimiter();
		limiter.refused(0);
		for (let answered = 0; answered < 20; answered++) limiter.accepted(2_000);
		expect(sendAll(limiter, 2_000)).toBe(7);
	});

	it('tries more when it was busy for a minute without a refusal', () => {
		const limiter = new RateLimiter();
		expect(workUntil(limiter, 0, 59_000)).toBe(10);
		expect(workUntil(limiter, 60_000, 64_000)).toBe(11);
	});

	it('stays as it is when there is little to do', () => {
		const limiter = new RateLimiter();
		for (let nowMs = 0; nowMs < 300_000; nowMs += 2_000) {
			expect(limiter.waitMs(nowMs)).toBe(0);
			limiter.sent(nowMs);
			limiter.accepted(nowMs);
		}
		expect(sendAll(limiter, 310_000)).toBe(10);
	});

	it('returns to the rate that worked when trying more is refused', () => {
		const limiter = new RateLimiter();
		workUntil(limiter, 0, 60_800);
		expect(sendAll(limiter, 61_800)).toBe(11);
		limiter.refused(61_900);
		expect(workUntil(limiter, 63_000, 75_000)).toBe(10);
	});
});

describe('RateLimiter.refusedForMs', () => {
	it('is 0 when nothing was refused', () => {
		expect(new RateLimiter().refusedForMs(99_000)).toBe(0);
	});

	it('counts from the first refusal when only refusals come', () => {
		const limiter = new RateLimiter();
		limiter.refused(1_000);
		limiter.refused(3_000);
		expect(limiter.refusedForMs(4_000)).toBe(3_000);
	});

	it('is 0 again when a request is accepted', () => {
		const limiter = new RateLimiter();
		limiter.refused(1_000);
		limiter.accepted(2_000);
		expect(limiter.refusedForMs(4_000)).toBe(0);
	});
});
