import { outputRun, readOutputSettings, readRunId, shapeRun } from '../../../nodes/Extend/parameters/run';
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

/** What the parameters say, without any that are not set. */
const settingsOf = (parameters: Record<string, unknown>) => readOutputSettings(fakeRead(parameters));

describe('shapeRun', () => {
	it('flattens the run when Simplify is on', () => {
		expect(shapeRun(settingsOf({ simplify: true }), PROCESSED_RUN)).toMatchObject({ category: 'invoice' });
	});

	it('gives it as it came when Simplify is off', () => {
		expect(shapeRun(settingsOf({ simplify: false }), PROCESSED_RUN)).toEqual(PROCESSED_RUN);
	});
});

describe('outputRun', () => {
	it.each(['FAILED', 'CANCELLED'])('fails the item when the run is %s and that is wanted', (status) => {
		expect(thrownBy(() => outputRun(settingsOf({ onRunFailed: 'error' }), { ...failed, status })).facts.code).toBe('RUN_FAILED');
	});

	it.each([
		['return', 'FAILED'],
		['', 'CANCELLED'],
		['error', 'PROCESSED'],
		['error', 'PROCESSING'],
		['error', 'BRAND_NEW'],
	])('gives the item when onRunFailed is %j and the run %s', (onRunFailed, status) => {
		expect(outputRun(settingsOf({ onRunFailed }), { ...failed, status })).toMatchObject({ run: { id: 'clr_1', status } });
	});
});

describe('readOutputSettings', () => {
	it('reads the confidence that results need where the node routes by it, and refuses one that is none', () => {
		expect(settingsOf({ routeBy: 'confidence', minimumConfidence: '0.7' }).minimumConfidence).toBe(0.7);
		expect(settingsOf({ routeBy: 'status', minimumConfidence: '80' }).minimumConfidence).toBe(0);
		expect(thrownBy(() => settingsOf({ routeBy: 'category', minimumConfidence: '80' })).facts.code).toBe('INVALID_INPUT');
	});
});
