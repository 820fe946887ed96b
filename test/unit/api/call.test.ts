import type { Call } from '../../../nodes/Extend/api/call';
import { callExtend, callOnce } from '../../../nodes/Extend/api/call';
import type { HttpResult } from '../../../nodes/Extend/api/http';
import { numberAt } from '../../../nodes/Extend/api/json';
import { UnknownOutcome } from '../../../nodes/Extend/api/unknownOutcome';
import { answer, textAnswer } from '../support/answers';
import { faultOf } from '../support/faults';
import { scripted } from '../support/scriptedSend';
import { bannedIn } from '../support/words';

const good = answer(200, { value: 7 });
const refused = answer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many.' });
const notSent: HttpResult = { kind: 'notSent', cause: 'the connection was refused' };
const lost: HttpResult = { kind: 'lost', cause: 'no answer came' };

function call(repeat: Call<number>['repeat']): Call<number> {
	return {
		request: { method: 'GET', path: '/x', timeoutMs: 1_000 },
		budget: 'get',
		repeat,
		parse: (body) => numberAt(body, 'value'),
		what: 'a value',
	};
}

/** What may be tried again whatever the request is for: nothing can have happened. */
const HARMLESS: Array<[name: string, result: HttpResult]> = [
	['429', refused],
	['429 with Retry-After', answer(429, {}, { 'retry-after': '3' })],
	['notSent', notSent],
];
/** What leaves open whether the request has acted. */
const UNCLEAR: Array<[name: string, result: HttpResult]> = [
	['lost', lost],
	['408', answer(408, {})],
	['409 that is retryable', answer(409, { code: 'BUSY', retryable: true })],
	['500', answer(500, { code: 'INTERNAL_ERROR', retryable: true })],
	['500 that is not retryable', answer(500, { code: 'INTERNAL_ERROR', retryable: false })],
	['502 from a proxy', textAnswer(502, '<html>Bad Gateway</html>')],
	['503 with Retry-After', answer(503, {}, { 'retry-after': '3' })],
	['200 that is cut off', textAnswer(200, '{"value":')],
	['200 of another shape', answer(200, { other: 1 })],
	['204', textAnswer(204, '')],
	['401 with the page of a proxy', textAnswer(401, '<html></html>')],
	['404 of an ingress', textAnswer(404, 'default backend - 404')],
];
const FINAL: Array<[name: string, result: HttpResult, code: string]> = [
	['400', answer(400, {}), 'HTTP_400'],
	['401', answer(401, { code: 'UNAUTHORIZED', retryable: true }), 'UNAUTHORIZED'],
	['402', answer(402, { code: 'USAGE_BLOCKED', retryable: true }), 'USAGE_BLOCKED'],
	['403', answer(403, { code: 'FORBIDDEN', retryable: true }), 'FORBIDDEN'],
	['404 of the version before', answer(404, { success: false, error: 'Run not found' }), 'HTTP_404'],
	['404', answer(404, { code: 'NOT_FOUND', retryable: true }), 'NOT_FOUND'],
	['422', answer(422, { code: 'INVALID_REQUEST', retryable: false }), 'INVALID_REQUEST'],
	['302', textAnswer(302, ''), 'HTTP_302'],
	['impossible', { kind: 'impossible', cause: 'the certificate is not trusted' }, 'NO_CONNECTION'],
];
const STOPPED: HttpResult = { kind: 'stopped' };
const BOTH = ['freely', 'once'] as const;
const NOT_GOOD = [...HARMLESS, ...UNCLEAR, ...FINAL, ['stopped', STOPPED] as const].map(([name, result]): [string, HttpResult] => [name, result]);

describe.each(BOTH)('callExtend, repeating %s,', (repeat) => {
	it('gives the value when the answer is good', async () => {
		const ports = scripted([good]);
		expect(await callExtend(call(repeat), ports)).toBe(7);
		expect(ports.sent).toEqual([call(repeat).request]);
	});

	it.each(HARMLESS)('tries again when the result is %s', async (_, result) => {
		const ports = scripted([result, result, good]);
		expect(await callExtend(call(repeat), ports)).toBe(7);
		expect(ports.sent).toHaveLength(3);
	});

	it.each(FINAL)('gives up at once when the result is %s', async (_, result, code) => {
		const ports = scripted([result, good]);
		const fault = await faultOf(callExtend(call(repeat), ports));
		expect(fault).not.toBeInstanceOf(UnknownOutcome);
		expect(fault.facts.code).toBe(code);
		expect(ports.sent).toHaveLength(1);
	});

	it('sends nothing when the workflow is stopped already', async () => {
		const ports = scripted([good]);
		ports.clock.stop();
		const fault = await faultOf(callExtend(call(repeat), ports));
		expect(fault).not.toBeInstanceOf(UnknownOutcome);
		expect(fault.facts.code).toBe('STOPPED');
		expect(ports.sent).toEqual([]);
	});

	it('ends within no time when the workflow is stopped during a pause', async () => {
		const ports = scripted([notSent]);
		ports.clock.after(700, () => ports.clock.stop());
		expect((await faultOf(callExtend(call(repeat), ports))).facts.code).toBe('STOPPED');
		expect(ports.clock.nowMs()).toBe(700);
	});
});

describe('callExtend, repeating freely,', () => {
	it.each(UNCLEAR)('tries again when the result is %s', async (_, result) => {
		const ports = scripted([result, result, good]);
		expect(await callExtend(call('freely'), ports)).toBe(7);
		expect(ports.sent).toHaveLength(3);
	});

	it('ends when the workflow is stopped while the answer is waited for', async () => {
		const ports = scripted([STOPPED]);
		const fault = await faultOf(callExtend(call('freely'), ports));
		expect(fault).not.toBeInstanceOf(UnknownOutcome);
		expect([fault.facts.code, ports.sent.length]).toEqual(['STOPPED', 1]);
	});
});

describe('callExtend, repeating once,', () => {
	it('leaves the outcome open when the workflow is stopped while the answer is waited for', async () => {
		const ports = scripted([STOPPED]);
		const fault = await faultOf(callExtend(call('once'), ports));
		expect(fault).toBeInstanceOf(UnknownOutcome);
		expect([fault.facts.code, ports.sent.length]).toEqual(['STOPPED', 1]);
	});

	it.each(UNCLEAR)('leaves the outcome open when the result is %s', async (_, result) => {
		const ports = scripted([result, good]);
		const fault = await faultOf(callExtend(call('once'), ports));
		expect(fault).toBeInstanceOf(UnknownOutcome);
		expect([bannedIn(fault.message), bannedIn(fault.advice)]).toEqual([undefined, undefined]);
		expect(ports.sent).toHaveLength(1);
	});

	it('keeps the facts of the answer when the outcome is open', async () => {
		const fault = await faultOf(callExtend(call('once'), scripted([answer(500, { code: 'X', requestId: 'req_1' })])));
		expect(fault.facts).toEqual({ code: 'X', status: 500, retryable: true, requestId: 'req_1' });
	});
});

describe('callOnce', () => {
	it('gives the value when the answer is good', async () => {
		expect(await callOnce(call('freely'), scripted([good]))).toBe(7);
	});

	it.each(NOT_GOOD)('tries no second time when the result is %s', async (_, result) => {
		const ports = scripted([result, good]);
		await faultOf(callOnce(call('freely'), ports));
		expect(ports.sent).toHaveLength(1);
		expect(ports.clock.pausesMs).toEqual([]);
	});

	it.each([
		['seconds', '9', 9_000],
		['a date', new Date(9_000).toUTCString(), 9_000],
		['nothing', undefined, undefined],
	])('tells how long to wait when Extend is down and says so in %s', async (_, header, retryAfterMs) => {
		const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
		expect((await faultOf(callOnce(call('freely'), scripted([answer(503, {}, headers)])))).facts.retryAfterMs).toBe(retryAfterMs);
	});

	it('keeps others of the budget waiting when it is refused', async () => {
		const ports = scripted([answer(429, {}, { 'retry-after': '9' }), good]);
		await faultOf(callOnce(call('freely'), ports));
		await callOnce(call('freely'), ports);
		expect(ports.sentAtMs).toEqual([0, 9_000]);
	});
});
