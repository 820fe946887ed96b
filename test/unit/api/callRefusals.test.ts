import type { Call } from '../../../nodes/Extend/api/call';
import { callExtend, RETRY_TIMEOUT_MS } from '../../../nodes/Extend/api/call';
import { isLikelyPermanent } from '../../../nodes/Extend/api/errors';
import type { HttpResult } from '../../../nodes/Extend/api/http';
import type { JsonValue } from '../../../nodes/Extend/api/json';
import { UnknownOutcome } from '../../../nodes/Extend/api/unknownOutcome';
import { readRun } from '../../../nodes/Extend/api/requests';
import type { Run } from '../../../nodes/Extend/api/types';
import { answer, textAnswer } from '../support/answers';
import { faultOf } from '../support/faults';
import { scripted } from '../support/scriptedSend';

const good = answer(200, { id: 'clr_1', status: 'PROCESSED' });

function call(repeat: Call<Run>['repeat']): Call<Run> {
	return { request: { method: 'GET', path: '/x', timeoutMs: 1_000 }, budget: 'get', repeat, parse: readRun, what: 'a run' };
}

/** What answers the request, and yet is no use however often it comes. */
const PLAIN: Array<[name: string, result: HttpResult]> = [
	['a 409 that calls itself retryable', answer(409, { code: 'BUSY', retryable: true })],
	['a 422 that calls itself retryable', answer(422, { code: 'code', message: 'message', retryable: true })],
	['a run without a status', answer(200, { id: 'clr_1' })],
	['JSON of another kind', answer(200, [])],
	['a page', textAnswer(200, '<html></html>')],
	['a 403 without a code', answer(403, { message: 'Forbidden' })],
];

describe('callExtend, repeating freely,', () => {
	it.each(PLAIN)('tries three times more when it gets %s', async (_, result) => {
		const ports = scripted([result]);
		await faultOf(callExtend(call('freely'), ports));
		expect(ports.sent).toHaveLength(4);
		expect(ports.clock.nowMs()).toBeLessThan(10_000);
	});

	it.each(PLAIN)('gives the value when %s was a passing state', async (_, result) => {
		expect(await callExtend(call('freely'), scripted([result, result, result, good]))).toMatchObject({ id: 'clr_1' });
	});

	it.each([
		['cut JSON', textAnswer(200, '{"id":')],
		['the 404 of an ingress', textAnswer(404, 'default backend - 404')],
		['the 403 of a firewall', textAnswer(403, '<html></html>')],
		['nothing', textAnswer(200, '')],
		['a 503', answer(503, {})],
	])('goes on until its patience ends when it gets %s', async (_, result) => {
		const ports = scripted([result]);
		await faultOf(callExtend(call('freely'), ports));
		expect(ports.clock.nowMs()).toBeGreaterThanOrEqual(RETRY_TIMEOUT_MS - 10_000);
	});
});

describe('callExtend, repeating once,', () => {
	it('leaves the outcome open when the answer is a 409 that calls itself retryable', async () => {
		const ports = scripted([answer(409, { code: 'BUSY', retryable: true }), good]);
		expect(await faultOf(callExtend(call('once'), ports))).toBeInstanceOf(UnknownOutcome);
		expect(ports.sent).toHaveLength(1);
	});

	it.each([401, 403, 404])('takes a %i in JSON without a code for a refusal: a gateway gives it before it lets a request through', async (status) => {
		const ports = scripted([answer(status, { message: 'Forbidden' }), good]);
		expect(await faultOf(callExtend(call('once'), ports))).not.toBeInstanceOf(UnknownOutcome);
		expect(ports.sent).toHaveLength(1);
	});

	it.each([400, 422])('takes a %i for a plain no when it calls itself retryable', async (status) => {
		const ports = scripted([answer(status, { code: 'code', message: 'message', retryable: true }), good]);
		const fault = await faultOf(callExtend(call('once'), ports));
		expect(fault).not.toBeInstanceOf(UnknownOutcome);
		expect(fault.facts).toMatchObject({ status, retryable: true });
		expect(ports.sent).toHaveLength(1);
	});
});

describe('isLikelyPermanent', () => {
	it.each<[expected: boolean, name: string, result: HttpResult]>([
		[true, 'a 400', answer(400, {})],
		[true, 'a 410', answer(410, { code: 'ENDPOINT_REMOVED', retryable: false })],
		[true, 'a run without a status', answer(200, { id: 'clr_1' })],
		[false, 'a 409 that is retryable', answer(409, { code: 'BUSY', retryable: true })],
		[false, 'a 429', answer(429, { retryable: false })],
		[false, 'a 500 that calls itself final', answer(500, { code: 'INTERNAL_ERROR', retryable: false })],
		[false, 'cut JSON', textAnswer(200, '{"id":')],
		[false, 'a lost answer', { kind: 'lost', cause: 'no answer came' }],
	])('is %s for %s', async (expected, _, result) => {
		const ports = { ...scripted([result]), retryTimeoutMs: 1 };
		expect(isLikelyPermanent(await faultOf(callExtend(call('freely'), ports)))).toBe(expected);
	});
});

describe('UnknownOutcome', () => {
	it('stays one with more facts, since on that it depends whether a start is looked for', () => {
		const unknown = new UnknownOutcome('No answer', 'Wait.', { code: 'NO_CONNECTION' }).withFacts({ runId: 'clr_1' });
		expect(unknown).toBeInstanceOf(UnknownOutcome);
		expect(unknown.facts).toEqual({ code: 'NO_CONNECTION', runId: 'clr_1' });
	});

	it('keeps cause, stack and whether it was answered with more facts', () => {
		const unknown = new UnknownOutcome('No answer', 'Wait.', { code: 'X', cause: 'beneath', wasAnswered: true });
		const more = unknown.withFacts({ runId: 'clr_1' });
		expect([more.cause, more.stack, more.wasAnswered]).toEqual(['beneath', unknown.stack, true]);
	});

	it.each<JsonValue>([{ success: false, error: { message: 'Your plan does not include this.' } }, {}, [], 'x', 7, null, { id: null }, { data: [{ id: 'clr_1' }] }])(
		'was answered when the answer is %j, and nothing is sent again',
		async (body) => {
			const ports = scripted([answer(200, body), good]);
			expect(await faultOf(callExtend(call('once'), ports))).toMatchObject({ wasAnswered: true });
			expect(ports.sent).toHaveLength(1);
		},
	);

	it.each<[name: string, result: HttpResult]>([
		['cut JSON', textAnswer(200, '{"id":')],
		['a page', textAnswer(200, '<html></html>')],
		['nothing', textAnswer(204, '')],
		['a 500', answer(500, {})],
		['a 409 that calls itself retryable', answer(409, { retryable: true })],
		['a lost answer', { kind: 'lost', cause: 'no answer came' }],
		['a stop', { kind: 'stopped' }],
	])('was not answered when what came back is %s', async (_, result) => {
		expect(await faultOf(callExtend(call('once'), scripted([result])))).toMatchObject({ wasAnswered: false });
	});

	it('holds what was answered', async () => {
		const body = { success: false, error: { message: 'Your plan does not include this.' } };
		const fault = await faultOf(callExtend(call('once'), scripted([answer(200, body)])));
		expect(fault.message).toContain('Your plan does not include this');
	});
});
