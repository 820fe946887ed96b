import { ExtendError } from '../../../nodes/Extend/api/errors';
import { faultOf } from '../support/faults';
import { earlierRun, planOf, setUp, TOKEN, upload } from '../support/startSetUp';
import { bannedIn } from '../support/words';

const refusal = new ExtendError('Extend answered: no', 'Change it.', { code: 'INVALID_REQUEST', status: 422 });

describe('RunStarter.start, when the outcome is unknown', () => {
	it.each([0, 1_000, 5_000])('finds the run when it was made and the list lags by %i ms', async (lagMs) => {
		const { extend, starter } = setUp(['lostButMade'], lagMs);
		const { run, wasAdopted } = await starter.start(planOf());
		expect([run.id, wasAdopted]).toEqual(['clr_1', false]);
		expect(extend.requests).toHaveLength(1);
	});

	it('starts again when no run was made', async () => {
		const { extend, starter } = setUp(['lostAndNotMade', 'lostAndNotMade']);
		expect((await starter.start(planOf({ source: upload }))).run.id).toBe('clr_3');
		expect([extend.requests.length, extend.uploadCount]).toEqual([3, 1]);
	});

	it('does not take an earlier run that failed for the new one', async () => {
		const { extend, starter } = setUp(['lostAndNotMade']);
		extend.add(earlierRun('FAILED'));
		expect((await starter.start(planOf({ looksFirst: true }))).run.id).toBe('clr_2');
	});

	it('gives up after five starts when none leaves a trace', async () => {
		const { extend, starter } = setUp(Array.from({ length: 9 }, () => 'lostAndNotMade'));
		const fault = await faultOf(starter.start(planOf()));
		expect(fault.facts).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
		expect(fault.message).toContain(`n8n:start = ${TOKEN} none was found. The last start: No answer came`);
		expect([bannedIn(fault.message), bannedIn(fault.advice)]).toEqual([undefined, undefined]);
		expect(extend.requests).toHaveLength(5);
	});

	it('starts nothing more when the list cannot be read', async () => {
		const { extend, starter } = setUp(['lostButMade']);
		extend.listFault = refusal;
		const fault = await faultOf(starter.start(planOf()));
		expect(fault.facts.code).toBe('OUTCOME_UNKNOWN');
		expect(fault.message).toContain(`could not be looked through (${refusal.message})`);
		expect(extend.requests).toHaveLength(1);
	});

	it('starts nothing more when the workflow is stopped', async () => {
		const { clock, extend, starter } = setUp(['lostAndNotMade']);
		clock.after(100, () => clock.stop());
		await faultOf(starter.start(planOf()));
		expect(extend.requests).toHaveLength(1);
	});

	it('stops when a later start is refused', async () => {
		const { extend, starter } = setUp(['lostAndNotMade', refusal]);
		expect(await faultOf(starter.start(planOf()))).toBe(refusal);
		expect(extend.requests).toHaveLength(2);
	});
});
