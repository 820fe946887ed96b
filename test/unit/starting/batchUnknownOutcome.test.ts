import { CancelledStart } from '../../../nodes/Extend/starting/unknownOutcome';
import { earlierRun, noMemory, placedBy, placementsOf, refusal, World } from '../support/startSetUp';

describe('BatchStarter.start, when the outcome of a batch is unknown,', () => {
	it.each([0, 900, 8_000])('uses the runs that were made when the list lags by %i ms, and sends nothing again', async (lagMs) => {
		const world = new World(['lostButMade'], lagMs);
		expect(await placedBy(world.execution(), ['run:a', 'run:b'])).toEqual({ 'run:a': 'made clr_1', 'run:b': 'made clr_2' });
		expect(world.extend.batchRequests).toHaveLength(1);
	});

	it.each([
		['lostAndNotMade', /^It is not known whether Extend took the batch/],
		['answeredOtherwise', /Your plan is over\. No run with the metadata n8n:start = run:. was found$/],
	] as const)('fails its documents and never sends them again when it was %s', async (fate, later) => {
		const world = new World([fate]);
		const remembered = noMemory('1');
		const placements = await placementsOf(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b']);
		for (const placement of placements) expect(placement).toMatchObject({ kind: 'failed', error: { message: expect.stringContaining('n8n:start = run:') } });
		for (const executionId of ['1', '1', '2']) {
			const again = await placementsOf(world.execution({ executionId, remembered }), ['run:a', 'run:b']);
			for (const placement of again) expect(placement).toMatchObject({ error: { message: expect.stringMatching(later) } });
		}
		expect(world.extend.batchRequests).toHaveLength(1);
	});

	it('says for documents of which no run was found why the list could not tell', async () => {
		const world = new World(['lostButMade']);
		world.extend.listFault = refusal;
		const [placement] = await placementsOf(world.execution(), ['run:a']);
		expect(placement).toMatchObject({ error: { message: expect.stringContaining(`could not be read (${refusal.message})`), facts: { code: 'OUTCOME_UNKNOWN' } } });
	});

	it('uses at a later try what it has made, once that is listed', async () => {
		const world = new World(['lostButMade'], 60_000);
		const remembered = noMemory('1');
		await placedBy(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b']);
		await world.clock.elapse(60_000);
		expect(await placedBy(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b'])).toEqual({ 'run:a': 'reused clr_1 own', 'run:b': 'reused clr_2 own' });
	});

	it('sends at a later try only what failed of the runs that it has made', async () => {
		const world = new World(['lostButMade'], 60_000);
		const remembered = noMemory('1');
		await placedBy(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b']);
		await world.clock.elapse(60_000);
		world.extend.ends('clr_1', 'FAILED');
		expect(await placedBy(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b'])).toEqual({ 'run:a': 'batch bpr_2 own', 'run:b': 'reused clr_2 own' });
	});

	it('goes on at a later try with the runs that were found, and waits for the others', async () => {
		const world = new World(['lostButMade']);
		const remembered = noMemory('1');
		const { listRuns } = world.extend;
		world.extend.listRuns = async (...args) => {
			const page = await listRuns(...args);
			return { ...page, entries: page.entries.filter(({ id }) => id !== 'clr_2') };
		};
		expect(await placedBy(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b'])).toEqual({ 'run:a': 'made clr_1', 'run:b': 'failed OUTCOME_UNKNOWN' });
		expect(await placedBy(world.execution({ executionId: '1', remembered }), ['run:a', 'run:b'])).toEqual({ 'run:a': 'reused clr_1 own', 'run:b': 'failed OUTCOME_UNKNOWN' });
		expect(world.extend.batchRequests).toHaveLength(1);
	});

	it('does not take runs that failed before for new ones, and passes them on to who looks after a cancelled execution', async () => {
		const world = new World(['lostAndNotMade']);
		world.extend.add(earlierRun('FAILED', 'key:a', 'clr_old'));
		const execution = world.execution();
		world.clock.after(1_000, execution.cancel);
		const [placement] = await placementsOf(execution, ['key:a']);
		const error = placement?.kind === 'failed' ? placement.error : undefined;
		expect(error).toBeInstanceOf(CancelledStart);
		expect(error).toMatchObject({ known: new Set(['clr_old']), facts: { code: 'STOPPED' } });
	});
});
