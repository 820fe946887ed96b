import { Pace } from '../../../nodes/Extend/api/pace';

/** Sends as many requests as may go out at this moment. */
function sendAll(pace: Pace, nowMs: number): number {
	let sent = 0;
	while (pace.waitMs(nowMs) === 0 && sent < 1_000) {
		pace.sent(nowMs);
		sent++;
	}
	return sent;
}

/** How long requests count against those after them: a second, and some spare time. */
function windowOf(pace: Pace): number {
	sendAll(pace, 0);
	return pace.waitMs(0);
}

const WINDOW_MS = windowOf(new Pace());

/** Sends what may go out, second by second, all of it accepted; gives the number sent in the last window. */
function workUntil(pace: Pace, fromMs: number, toMs: number): number {
	let sent = 0;
	for (let nowMs = fromMs; nowMs <= toMs; nowMs += WINDOW_MS) {
		sent = sendAll(pace, nowMs);
		for (let answered = 0; answered < sent; answered++) pace.accepted(nowMs);
	}
	return sent;
}

/** Sends what may go out, looking every `stepMs`; gives the number sent in all. */
function countEvery(stepMs: number, pace: Pace, fromMs: number, toMs: number): number {
	let sent = 0;
	for (let nowMs = fromMs; nowMs < toMs; nowMs += stepMs) sent += sendAll(pace, nowMs);
	return sent;
}

describe('Pace', () => {
	it('lets ten requests out at once when it begins', () => {
		expect(sendAll(new Pace(), 0)).toBe(10);
	});

	it('waits for little more than a second when ten are out', () => {
		expect(WINDOW_MS).toBeGreaterThan(1_000);
		expect(WINDOW_MS).toBeLessThanOrEqual(1_100);
		const pace = new Pace();
		sendAll(pace, 0);
		expect(pace.waitMs(500)).toBe(WINDOW_MS - 500);
		expect(sendAll(pace, WINDOW_MS - 1)).toBe(0);
		expect(sendAll(pace, WINDOW_MS)).toBe(10);
	});

	it('waits less when the answers came fast', () => {
		const pace = new Pace();
		const slots = Array.from({ length: 10 }, () => pace.sent(0));
		for (const slot of slots) pace.returned(slot, 20);
		expect(pace.waitMs(20)).toBe(1_000);
	});

	it('waits no longer when the answers came slowly', () => {
		const pace = new Pace();
		const slots = Array.from({ length: 10 }, () => pace.sent(0));
		for (const slot of slots) pace.returned(slot, 900);
		expect(pace.waitMs(900)).toBe(WINDOW_MS - 900);
	});

	it('moves the window along when requests go out one by one', () => {
		const pace = new Pace();
		for (let index = 0; index < 10; index++) pace.sent(index * 100);
		expect(pace.waitMs(900)).toBe(WINDOW_MS - 900);
		expect(sendAll(pace, WINDOW_MS)).toBe(1);
	});

	it('holds for a second when a refusal names no time', () => {
		const pace = new Pace();
		pace.refused(5_000);
		expect(pace.waitMs(5_000)).toBe(1_000);
		expect(pace.waitMs(5_999)).toBe(1);
		expect(pace.waitMs(6_000)).toBe(0);
	});

	it('holds as long as a refusal asks for', () => {
		const pace = new Pace();
		pace.refused(0, 7_000);
		expect(pace.waitMs(0)).toBe(7_000);
	});

	it('keeps the longest hold when refusals ask for different times', () => {
		const pace = new Pace();
		pace.refused(0, 7_000);
		pace.refused(10, 1_000);
		expect(pace.waitMs(10)).toBe(6_990);
	});

	it('does not wait for a clock that was set back', () => {
		const pace = new Pace();
		sendAll(pace, 3_600_000);
		pace.refused(3_600_000, 60_000);
		expect(pace.waitMs(1_000)).toBe(0);
	});

	it('halves once when refusals come in a burst', () => {
		const pace = new Pace();
		for (let nowMs = 0; nowMs < 900; nowMs += 100) pace.refused(nowMs);
		expect(sendAll(pace, 10_000)).toBe(5);
	});

	it('halves again when a refusal comes later', () => {
		const pace = new Pace();
		pace.refused(0);
		pace.refused(1_000);
		expect(sendAll(pace, 10_000)).toBe(3);
	});

	it('never falls below one request in two seconds', () => {
		const pace = new Pace();
		for (let nowMs = 0; nowMs < 50_000; nowMs += 1_000) pace.refused(nowMs);
		expect(sendAll(pace, 60_000)).toBe(1);
		expect(pace.waitMs(60_000)).toBe(1_000 + WINDOW_MS);
	});

	it('comes back below the rate that was refused when requests are accepted again', () => {
		const pace = new Pace();
		sendAll(pace, 0);
		pace.refused(100);
		expect(sendAll(pace, 2_000)).toBe(5);
		pace.accepted(2_100);
		workUntil(pace, 3_100, 12_000);
		const inTwentySeconds = countEvery(100, pace, 13_000, 33_000);
		expect(inTwentySeconds).toBeGreaterThan(20 * 8);
		expect(inTwentySeconds).toBeLessThan(20 * 9.6);
	});

	it('does not come back in one leap when many are accepted at once', () => {
		const pace = new Pace();
		pace.refused(0);
		for (let answered = 0; answered < 20; answered++) pace.accepted(2_000);
		expect(sendAll(pace, 2_000)).toBe(7);
	});

	it('tries more when it was busy for a minute without a refusal', () => {
		const pace = new Pace();
		expect(workUntil(pace, 0, 59_000)).toBe(10);
		expect(workUntil(pace, 60_000, 64_000)).toBe(11);
	});

	it('stays as it is when there is little to do', () => {
		const pace = new Pace();
		for (let nowMs = 0; nowMs < 300_000; nowMs += 2_000) {
			expect(pace.waitMs(nowMs)).toBe(0);
			pace.sent(nowMs);
			pace.accepted(nowMs);
		}
		expect(sendAll(pace, 310_000)).toBe(10);
	});

	it('returns to the rate that worked when trying more is refused', () => {
		const pace = new Pace();
		workUntil(pace, 0, 60_800);
		expect(sendAll(pace, 61_800)).toBe(11);
		pace.refused(61_900);
		expect(workUntil(pace, 63_000, 75_000)).toBe(10);
	});
});

describe('Pace.refusedForMs', () => {
	it('is 0 when nothing was refused', () => {
		expect(new Pace().refusedForMs(99_000)).toBe(0);
	});

	it('counts from the first refusal when only refusals come', () => {
		const pace = new Pace();
		pace.refused(1_000);
		pace.refused(3_000);
		expect(pace.refusedForMs(4_000)).toBe(3_000);
	});

	it('is 0 again when a request is accepted', () => {
		const pace = new Pace();
		pace.refused(1_000);
		pace.accepted(2_000);
		expect(pace.refusedForMs(4_000)).toBe(0);
	});
});
