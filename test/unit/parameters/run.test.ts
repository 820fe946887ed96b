import { checkRunFailed, readRunId, shapeRun } from '../../../nodes/Extend/parameters/run';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';
import { FAILED_RUN, PROCESSED_RUN } from '../support/runExamples';

const failed = { id: 'clr_1', status: 'FAILED', json: FAILED_RUN };

describe('readRunId', () => {
	it('gives the trimmed ID when there is one', () => {
		expect(readRunId(fakeRead({ runId: ' clr_1 ' }))).toBe('clr_1');
	});

	it.each([undefined, null, '', '  '])('says that there is none when it is %j', (runId) => {
		expect(thrownBy(() => readRunId(fakeRead({ runId }))).facts.code).toBe('INVALID_INPUT');
	});
});

describe('shapeRun', () => {
	it('flattens the run when Simplify is on', () => {
		expect(shapeRun(fakeRead({ simplify: true }), PROCESSED_RUN)).toMatchObject({ category: 'invoice' });
	});

	it('gives it as it came when Simplify is off', () => {
		expect(shapeRun(fakeRead({ simplify: false }), PROCESSED_RUN)).toEqual(PROCESSED_RUN);
	});
});

describe('checkRunFailed', () => {
	it.each(['FAILED', 'CANCELLED'])('fails the item when the run is %s and that is wanted', (status) => {
		expect(thrownBy(() => checkRunFailed(fakeRead({ onRunFailed: 'error' }), { ...failed, status })).facts.code).toBe('RUN_FAILED');
	});

	it.each([
		['return', 'FAILED'],
		['', 'CANCELLED'],
		['error', 'PROCESSED'],
		['error', 'PROCESSING'],
		['error', 'BRAND_NEW'],
	])('lets the item pass when onRunFailed is %j and the run %s', (onRunFailed, status) => {
		expect(() => checkRunFailed(fakeRead({ onRunFailed }), { ...failed, status })).not.toThrow();
	});
});
