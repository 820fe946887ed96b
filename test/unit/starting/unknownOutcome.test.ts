import { ExtendError, stoppedError } from '../../../nodes/Extend/api/errors';
import { neverAnswered, stillUnanswered, StoppedStart, stoppedWhileStarting } from '../../../nodes/Extend/starting/unconfirmed';
import type { StartFate } from '../support/fakeExtend';
import { faultOf } from '../support/faults';
import { earlierRun, planOf, setUp, TOKEN, upload } from '../support/startSetUp';
import { bannedIn } from '../support/words';

const refusal = new ExtendError('Extend answered: no', 'Change it.', { code: 'INVALID_REQUEST', status: 422 });

/** The start takes 50 ms, the pause before the first look 300, the look 20. */
const FIRST_LOOK_ENDS_MS = 370;

describe('RunStarter.start, when the outcome is unknown', () => {
	it.each([0, 1_000, 5_000])('finds the run when it was made and the list lags by %i ms', async (lagMs) => {
		const { extend, starter } = setUp(['lostButMade'], lagMs);
		const { run, wasAdopted } = await starter.start(planOf());
		expect([run.id, wasAdopted]).toEqual(['clr_1', false]);
		expect(extend.requests).toHaveLength(1);
	});

	it.each<[string, StartFate[], string, boolean]>([
		['a start that was answered', [], 'run:1', false],
		['a start that was found', ['lostButMade'], 'run:1', false],
		['a second start', ['lostAndNotMade'], 'run:1', true],
		['a start with a key, which somebody else may use at the same moment', [], 'key:1', true],
	])('says of %s whether there may be another run', async (_, fates, token, mayHaveDouble) => {
		expect((await setUp(fates).starter.start(planOf({ token }))).mayHaveDouble).toBe(mayHaveDouble);
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

	it('gives up after three starts when none leaves a trace', async () => {
		const { extend, starter } = setUp(Array.from({ length: 9 }, () => 'lostAndNotMade'));
		const fault = await faultOf(starter.start(planOf()));
		expect(fault.facts).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
		expect(fault.message).toContain(`n8n:start = ${TOKEN} none was found. The last start: No answer came`);
		expect([bannedIn(fault.message), bannedIn(fault.advice)]).toEqual([undefined, undefined]);
		expect(extend.requests).toHaveLength(3);
	});

	it('does not take any earlier run of this execution that failed for the new one', async () => {
		const { extend, starter } = setUp(['answered', 'lostButMade'], 5_000);
		extend.add(earlierRun('FAILED'));
		const plan = planOf({ looksFirst: true });
		expect((await starter.start(plan)).run.id).toBe('clr_1');
		extend.becomes('clr_1', 'FAILED');
		expect((await starter.start(plan)).run.id).toBe('clr_2');
	});

	it('starts nothing more when the list cannot be read', async () => {
		const { extend, starter } = setUp(['lostButMade']);
		extend.listFault = refusal;
		const fault = await faultOf(starter.start(planOf()));
		expect(fault.facts.code).toBe('OUTCOME_UNKNOWN');
		expect(fault.message).toContain(`could not be looked through (${refusal.message})`);
		expect(extend.requests).toHaveLength(1);
	});

	it.each<[string, StartFate]>([
		['was not made', 'lostAndNotMade'],
		['was made', 'lostButMade'],
	])('starts nothing more when the workflow is stopped before it is known whether a run %s', async (_, fate) => {
		const { clock, extend, starter } = setUp([fate]);
		extend.add(earlierRun('FAILED'));
		clock.after(100, () => {
			clock.stop();
			extend.listFault = stoppedError();
		});
		const fault = await faultOf(starter.start(planOf({ looksFirst: true })));
		expect(fault).toBeInstanceOf(StoppedStart);
		expect(fault).toMatchObject({ known: new Set(['clr_old']), facts: { code: 'STOPPED' }, message: expect.stringContaining(`n8n:start = ${TOKEN}, and it may have done so`) });
		expect([bannedIn(fault.message), bannedIn(fault.advice)]).toEqual([undefined, undefined]);
		expect(extend.requests).toHaveLength(1);
	});

	it('gives the run that was found when the workflow is stopped while it is read', async () => {
		const { clock, extend, starter } = setUp(['lostButMade']);
		clock.after(FIRST_LOOK_ENDS_MS + 5, () => clock.stop());
		expect((await starter.start(planOf())).run.id).toBe('clr_1');
		expect([clock.isCancelled(), extend.readIds]).toEqual([true, ['clr_1']]);
	});

	it('finds at a later try what it made after an earlier run that failed, once the list shows it', async () => {
		const { clock, extend, starter, startedRunIds } = setUp(['lostButMade', refusal], 60_000);
		extend.add(earlierRun('FAILED'));
		startedRunIds[TOKEN] = 'clr_old';
		expect(await faultOf(starter.start(planOf({ looksFirst: true })))).toBe(refusal);
		await clock.elapse(60_000);
		const { run, wasAdopted } = await starter.start(planOf({ looksFirst: true }));
		expect([run.id, wasAdopted, extend.requests.length]).toEqual(['clr_1', true, 2]);
	});

	it('stops when a later start is refused', async () => {
		const { extend, starter } = setUp(['lostAndNotMade', refusal]);
		expect(await faultOf(starter.start(planOf()))).toBe(refusal);
		expect(extend.requests).toHaveLength(2);
	});
});

describe('texts about starts that are not confirmed', () => {
	it('are found by their code, and say that a later try may help', () => {
		for (const { facts } of [neverAnswered('run:1', refusal), stillUnanswered('run:1')]) expect(facts).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
	});

	it('quote no last start where there was none', () => {
		expect(neverAnswered('run:1').message).toMatch(/ none was found$/);
	});

	it.each([
		['neverAnswered', neverAnswered('run:1', refusal, refusal)],
		['stillUnanswered', stillUnanswered('run:1')],
		['stoppedWhileStarting', stoppedWhileStarting(['run:1'])],
	])('%s names the metadata to look for, and what to do', (_, { message, advice }) => {
		expect(message).toContain('n8n:start = run:1');
		expect(advice).toMatch(/^Check the runs in the Extend dashboard.*\.$/);
		expect([bannedIn(message), bannedIn(advice)]).toEqual([undefined, undefined]);
	});

	it('name ten tokens of many', () => {
		const { message } = stoppedWhileStarting(Array.from({ length: 1_000 }, (_, index) => `run:${index}`));
		expect(message).toContain('run:9 and 990 more,');
	});
});
