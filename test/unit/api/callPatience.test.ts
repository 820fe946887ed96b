import type { Call } from '../../../nodes/Extend/api/call';
import { callExtend, callOnce, RETRY_TIMEOUT_MS } from '../../../nodes/Extend/api/call';
import type { HttpRequest, HttpResult } from '../../../nodes/Extend/api/http';
import { numberAt } from '../../../nodes/Extend/api/json';
import { answer } from '../support/answers';
import { faultOf } from '../support/faults';
import { LimitedServer } from '../support/limitedServer';
import { scripted } from '../support/scriptedSend';
import { VirtualClock } from '../support/virtualClock';

const good = answer(200, { value: 7 });
const notSent: HttpResult = { kind: 'notSent', cause: 'the connection was refused' };
const call: Call<number> = {
	request: { method: 'GET', path: '/x', timeoutMs: 30_000 },
	bucket: 'get',
	repeat: 'freely',
	parse: (body) => numberAt(body, 'value') ?? 1,
	what: 'a value',
};

/** Acts again and again in virtual time until it is ended. */
function actEvery(ms: number, clock: VirtualClock, act: () => void): { end: () => void } {
	let isOver = false;
	const next = (): void => {
		if (isOver) return;
		act();
		clock.after(ms, next);
	};
	clock.after(ms, next);
	return { end: () => void (isOver = true) };
}

describe('callExtend', () => {
	it('pauses ever longer up to ten seconds when nothing gets through', async () => {
		const ports = scripted([notSent]);
		await faultOf(callExtend(call, ports));
		expect(ports.clock.pausesMs.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
	});

	it.each([0, 30, 25_000])('gives up after its patience when each attempt takes %i ms', async (latencyMs) => {
		const ports = scripted([notSent], latencyMs);
		const fault = await faultOf(callExtend(call, ports));
		expect(fault.message).toContain('the connection was refused');
		expect(ports.clock.nowMs()).toBeGreaterThanOrEqual(RETRY_TIMEOUT_MS - 10_000);
		expect(ports.clock.nowMs()).toBeLessThanOrEqual(RETRY_TIMEOUT_MS + latencyMs);
	});

	it('gives up sooner when its ports have less patience', async () => {
		const ports = { ...scripted([notSent]), retryTimeoutMs: 3_000 };
		await faultOf(callExtend(call, ports));
		expect(ports.clock.pausesMs).toEqual([500, 1_000, 1_500]);
	});

	it('quotes the last fault when different ones came', async () => {
		const ports = scripted([notSent, answer(500, { message: 'first' }), answer(503, { message: 'last words' })]);
		const fault = await faultOf(callExtend(call, ports));
		expect(fault.message).toContain('last words');
		expect(fault.facts.status).toBe(503);
	});

	it('gives up at once when Retry-After reaches past its patience', async () => {
		const ports = scripted([notSent, notSent, answer(503, {}, { 'retry-after': '60' })], 35_000);
		await faultOf(callExtend(call, ports));
		expect(ports.sent).toHaveLength(3);
		expect(ports.clock.nowMs()).toBeLessThan(RETRY_TIMEOUT_MS);
	});

	it('waits as long as a 503 asks for', async () => {
		const ports = scripted([answer(503, {}, { 'retry-after': '20' }), good]);
		await callExtend(call, ports);
		expect(ports.sentAtMs).toEqual([0, 20_000]);
	});

	it('counts only the standstill when an upload was moving for an hour', async () => {
		const ports = scripted([{ kind: 'lost', cause: 'it stood still', idleMs: 30_000 }, good], 3_600_000);
		expect(await callExtend(call, ports)).toBe(7);
	});

	it('counts the whole time when it is not known what moved', async () => {
		const ports = scripted([{ kind: 'lost', cause: 'no answer came' }, good], RETRY_TIMEOUT_MS);
		await faultOf(callExtend(call, ports));
		expect(ports.sent).toHaveLength(1);
	});

	it('does not lose patience when others of its bucket are served in between', async () => {
		const clock = new VirtualClock(0);
		const server = new LimitedServer(clock, { perSecond: 1, retryAfter: '1' });
		const ports = { ...scripted([good], 0, clock), send: async () => await server.handle() };
		const values = await Promise.all(Array.from({ length: 200 }, async () => await callExtend(call, ports)));
		expect(values).toHaveLength(200);
		expect(clock.nowMs()).toBeGreaterThan(RETRY_TIMEOUT_MS);
	});

	it('gives up a request that alone is refused three hundred times in a row while others are accepted', async () => {
		const clock = new VirtualClock(0);
		let refusals = 0;
		const refuse = async () => {
			refusals += 1;
			return await Promise.resolve(answer(429, {}));
		};
		const ports = { ...scripted([good], 0, clock), send: refuse };
		const accepting = actEvery(1_000, clock, () => ports.buckets.get.limiter.accepted(clock.nowMs()));
		const fault = await faultOf(callExtend(call, ports));
		accepting.end();
		expect([fault.facts.status, refusals]).toEqual([429, 301]);
	});

	it('gives up when nothing but 429 comes for as long as its patience', async () => {
		const ports = scripted([answer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many.' })]);
		const fault = await faultOf(callExtend(call, ports));
		expect(fault.facts).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', status: 429 });
		expect(ports.clock.nowMs()).toBeGreaterThanOrEqual(RETRY_TIMEOUT_MS);
		expect(ports.clock.nowMs()).toBeLessThanOrEqual(RETRY_TIMEOUT_MS + 5_000);
		expect(ports.sent.length).toBeLessThan(130);
	});

	it('does not count the wait in line when the bucket is busy', async () => {
		const ports = scripted([notSent, good]);
		ports.buckets.get.limiter.refused(0, 10 * RETRY_TIMEOUT_MS);
		expect(await callExtend(call, ports)).toBe(7);
		expect(ports.sentAtMs[0]).toBe(10 * RETRY_TIMEOUT_MS);
	});

	it.each<[string, HttpResult]>([
		['lost', { kind: 'lost', cause: 'no answer came' }],
		['not sent', notSent],
	])('still counts as refused throughout when other requests are %s', async (_, result) => {
		const ports = scripted([answer(429, {}), result, answer(429, {}), good]);
		await callExtend(call, ports);
		expect(ports.sent).toHaveLength(4);
		const others = scripted([answer(429, {}), result]);
		await faultOf(callExtend(call, others));
		expect(others.buckets.get.limiter.refusedForMs(others.clock.nowMs())).toBeGreaterThanOrEqual(RETRY_TIMEOUT_MS);
	});

	it('leaves the other buckets alone when one is refused', async () => {
		const ports = scripted([answer(429, {}, { 'retry-after': '50' }), good]);
		await callExtend(call, ports);
		expect(ports.buckets.run.limiter.waitMs(0)).toBe(0);
		expect(ports.buckets.write.limiter.waitMs(0)).toBe(0);
	});
});

describe('callExtend, asked to wait for longer than it may take,', () => {
	const longRefusal = answer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many.' }, { 'retry-after': '3600' });

	it('ends at once and says until when, for a 429', async () => {
		const ports = scripted([longRefusal, good]);
		const fault = await faultOf(callExtend(call, ports));
		expect(fault.message).toBe('Extend answered: Too many (RATE_LIMIT_EXCEEDED). Extend asks to wait until 1970-01-01 01:00:00 UTC');
		expect(fault.facts).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', status: 429, retryable: true, retryAfterMs: 3_600_000 });
		expect([ports.sent.length, ports.clock.nowMs()]).toEqual([1, 0]);
	});

	it('ends at once for a 503 too', async () => {
		const ports = scripted([answer(503, {}, { 'retry-after': '121' }), good]);
		expect((await faultOf(callExtend(call, ports))).message).toMatch(/asks to wait until 1970-01-01 00:02:01 UTC$/);
		expect([ports.sent.length, ports.clock.nowMs()]).toEqual([1, 0]);
	});

	it.each([[429, 119], [503, 100]])('waits as long as a %i asks, and no second less, when that is %i s and time is left', async (status, seconds) => {
		const ports = scripted([answer(status, {}, { 'retry-after': String(seconds) }), good]);
		expect(await callExtend(call, ports)).toBe(7);
		expect(ports.sentAtMs[1]).toBeGreaterThanOrEqual(seconds * 1_000);
	});

	it('ends when a second 429 asks for more than is left after the first', async () => {
		const ports = scripted([answer(429, {}, { 'retry-after': '90' })]);
		expect((await faultOf(callExtend(call, ports))).message).toMatch(/asks to wait until 1970-01-01 00:03:0\d UTC$/);
		expect(ports.sent).toHaveLength(2);
	});

	it('tells all others of the bucket at once, those in line too, and sends nothing until the moment has come', async () => {
		const clock = new VirtualClock(0);
		const refusing = scripted([longRefusal], 0, clock);
		const accepting = scripted([good], 0, clock);
		const ports = { ...refusing, send: async (request: HttpRequest) => await (clock.nowMs() < 3_600_000 && request.method === 'GET' ? refusing : accepting).send(request) };
		const calls = Array.from({ length: 30 }, async () => await faultOf(callExtend(call, ports)));
		for (const fault of await Promise.all(calls)) expect(fault.message).toMatch(/Extend asks to wait until 1970-01-01 01:00:0\d UTC$/);
		const sentBefore = ports.sent.length;
		expect((await faultOf(callOnce(call, ports))).facts.retryAfterMs).toBeGreaterThan(3_500_000);
		expect(ports.sent).toHaveLength(sentBefore);
		expect(await callExtend({ ...call, bucket: 'write', request: { ...call.request, method: 'POST' } }, ports)).toBe(7);
		await ports.clock.elapse(3_600_000);
		expect(await callOnce(call, ports)).toBe(7);
	});
});
