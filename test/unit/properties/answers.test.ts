import fc from 'fast-check';
import { adviceForRun } from '../../../nodes/Extend/api/advice';
import { ExtendError, readApiError } from '../../../nodes/Extend/api/errors';
import { isObject, parseJson } from '../../../nodes/Extend/api/json';
import { failedRunError, timeoutError } from '../../../nodes/Extend/runs/outcome';
import { rawRun, simplifyRun } from '../../../nodes/Extend/runs/output';
import { textAnswer } from '../support/answers';
import { anyBody, anyJson, anyRun, anyStatus, oddText } from '../support/chaos';
import { SEED } from '../support/random';

const RUNS = { seed: SEED, numRuns: 500 };
/** Longer ones would fill the screen, and n8n's database. */
const LONGEST_MESSAGE = 2_500;
const id = fc.constant('"clr_1"');

/** An error that somebody can read and act on. */
function expectClear({ message, advice, facts }: ExtendError): void {
	expect(message.length).toBeGreaterThan(10);
	expect(message.length).toBeLessThan(LONGEST_MESSAGE);
	expect(advice).toMatch(/\.$/);
	expect(facts.code.length).toBeLessThan(300);
}

function runOf(text: string) {
	const json = parseJson(text);
	if (!isObject(json)) throw new Error('The generated run is no object');
	return { id: String(json.id), status: String(json.status), json };
}

describe(`generated answers (seed ${SEED})`, () => {
	it('outside 2xx become an error with text, advice and a short code', () => {
		const status = fc.integer({ min: 300, max: 599 });
		const headers = fc.dictionary(fc.constantFrom('x-extend-request-id', 'retry-after', 'content-type'), fc.string());
		fc.assert(fc.property(status, anyBody, headers, (code, body, given) => expectClear(readApiError(textAnswer(code, body, given)))), RUNS);
	});

	it('about runs become an item that always has the same fields, none of them undefined', () => {
		const names = Object.keys(simplifyRun({}));
		const property = fc.property(anyRun(id, anyStatus), (text) => {
			const item = simplifyRun(runOf(text).json);
			expect(Object.keys(item)).toEqual(names);
			expect(Object.values(item)).not.toContain(undefined);
			expect(parseJson(JSON.stringify(item))).toEqual(item);
		});
		fc.assert(property, RUNS);
	});

	it('never leave a key `error` in the raw item: n8n would take it for one that did not succeed', () => {
		const property = fc.property(anyRun(id, anyStatus), (text) => {
			const item = rawRun(runOf(text).json);
			expect(Object.hasOwn(item, 'error')).toBe(false);
			expect(item.id).toBe('clr_1');
		});
		fc.assert(property, RUNS);
	});

	it('with texts of any kind where texts belong become a clear error', () => {
		const property = fc.property(oddText, oddText, oddText, (code, message, requestId) => {
			expectClear(readApiError(textAnswer(422, JSON.stringify({ code, message, requestId }))));
			expectClear(failedRunError(runOf(JSON.stringify({ id: 'clr_1', status: 'FAILED', failureReason: code, failureMessage: message }))));
		});
		fc.assert(property, RUNS);
	});

	it('about runs that failed or take too long become a clear error', () => {
		const property = fc.property(anyRun(id, anyStatus), (text) => {
			const run = runOf(text);
			// A link is a thing of its own; it is shown in full, since half a link leads nowhere.
			delete run.json.dashboardUrl;
			expectClear(failedRunError(run));
			expectClear(timeoutError(run, 5));
		});
		fc.assert(property, RUNS);
	});

	it('with any reason get advice', () => {
		const property = fc.property(anyStatus, fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')), (status, reason) => {
			const { advice, retryable } = adviceForRun(status, reason);
			expect([/\.$/.test(advice), typeof retryable]).toEqual([true, 'boolean']);
		});
		fc.assert(property, RUNS);
	});

	it('of any depth can be read', () => {
		fc.assert(fc.property(anyJson, (text) => expect(parseJson(text)).not.toBeUndefined()), RUNS);
	});
});
