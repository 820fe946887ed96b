import { connectionError, ExtendError } from '../../../nodes/Extend/api/errors';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { Run } from '../../../nodes/Extend/api/types';
import { failedRunError, nameRun, runFacts, timeoutError, uncancelledError, vanishedError } from '../../../nodes/Extend/runs/outcome';
import { FAILED_RUN } from '../support/runExamples';
import { bannedIn } from '../support/words';

const LINK = 'https://dashboard.extend.ai/runs/clr_Q9wErT5yUiOpAsDfGhJk2';
const failed: Run = { id: 'clr_Q9wErT5yUiOpAsDfGhJk2', status: 'FAILED', json: FAILED_RUN };
const runOf = (status: string, json: JsonObject = {}): Run => ({ id: 'clr_1', status, json: { id: 'clr_1', status, ...json } });

describe('nameRun', () => {
	it('adds the link when there is one', () => {
		expect(nameRun(failed)).toBe(`run ${failed.id} (${LINK})`);
	});

	it.each<[JsonObject]>([[{}], [{ dashboardUrl: null }], [{ dashboardUrl: 5 }]])('gives the ID alone when the run holds %j', (json) => {
		expect(nameRun(runOf('FAILED', json))).toBe('run clr_1');
	});
});

describe('runFacts', () => {
	it('holds ID, link and reason when the run failed', () => {
		expect(runFacts(failed)).toEqual({ runId: failed.id, dashboardUrl: LINK, failureReason: 'FAILED_TO_PROCESS_FILE' });
	});
});

describe('failedRunError', () => {
	it('tells reason, text, link and advice when Extend gave them', () => {
		const error = failedRunError(failed);
		expect(error.message).toBe(
			`Extend's run ${failed.id} ended as FAILED_TO_PROCESS_FILE: The file could not be downloaded from the given URL`,
		);
		expect(error.advice).toMatch(/file opens.*\. See \S+ for the run\.$/);
		expect(error.advice).toContain(` ${LINK} `);
		expect(error.facts).toEqual({
			code: 'RUN_FAILED',
			runStatus: 'FAILED',
			retryable: false,
			...{ runId: failed.id, dashboardUrl: LINK, failureReason: 'FAILED_TO_PROCESS_FILE' },
		});
	});

	it.each([
		['FAILED', {}, "Extend's run clr_1 ended as FAILED"],
		['FAILED', { failureReason: 'BRAND_NEW' }, "Extend's run clr_1 ended as BRAND_NEW"],
		['CANCELLED', {}, "Extend's run clr_1 was cancelled"],
		['CANCELLED', { failureMessage: 'By Dana...' }, "Extend's run clr_1 was cancelled: By Dana"],
	])('is short when the run is %s with %j', (status, json, message) => {
		const error = failedRunError(runOf(status, json));
		expect(error.message).toBe(message);
		expect(error.facts).toMatchObject({ runStatus: status, runId: 'clr_1' });
		expect(error.advice).not.toMatch(/See .* for the run/);
		expect([bannedIn(error.message), bannedIn(error.advice)]).toEqual([undefined, undefined]);
	});
});

describe('timeoutError', () => {
	it('names the run, its status and how to get it when its time is over', () => {
		const error = timeoutError(runOf('PROCESSING', { dashboardUrl: 'https://d' }), 1_800);
		expect(error.message).toBe("Extend's run clr_1 did not finish within 1800 seconds. Its status is PROCESSING");
		expect(error.advice).toMatch(/Wait for Completion.*\. See https:\/\/d for the run\.$/);
		expect(error.facts).toMatchObject({ code: 'TIMEOUT', runStatus: 'PROCESSING', retryable: true, runId: 'clr_1', dashboardUrl: 'https://d' });
		expect([bannedIn(error.message), bannedIn(error.advice)]).toEqual([undefined, undefined]);
	});

	it('quotes the last look when it did not succeed', () => {
		const fault = connectionError('no answer came').withFacts({ requestId: 'req_1' });
		const error = timeoutError(runOf('PENDING'), 5, fault);
		expect(error.message).toContain('this happened: Extend could not be reached: no answer came');
		expect(error.facts.requestId).toBe('req_1');
	});
});

describe('what could not be done with a run', () => {
	const run = { id: 'clr_1', status: 'PENDING', json: { dashboardUrl: 'https://dashboard.extend.ai/runs/clr_1' } };
	const refusalOf = (status: number) => new ExtendError('Extend answered: No', 'Do this.', { code: 'X', status, retryable: false });

	it.each([
		[400, /^Extend cancels runs that have begun and not ended.* See https:\/\/dashboard/],
		[403, /^Do this\. See https:\/\/dashboard/],
	])('says what to do when Extend refuses to cancel it with %i', (status, advice) => {
		const error = uncancelledError(run, refusalOf(status));
		expect(error.message).toBe('Extend did not cancel run clr_1, which is PENDING. Extend answered: No');
		expect(error.advice).toMatch(advice);
		expect(error.facts).toMatchObject({ runId: 'clr_1', code: 'X', status });
	});

	it('says that a run was there when it is not any more', () => {
		const error = vanishedError(run, refusalOf(404));
		expect(error.message).toBe("Extend's run clr_1 was started but no longer exists. Extend answered: No");
		expect(error.facts).toMatchObject({ runId: 'clr_1', status: 404 });
		expect([bannedIn(error.message), bannedIn(error.advice)]).toEqual([undefined, undefined]);
	});
});
