import { stoppedError } from '../../../nodes/Extend/api/errors';
import { CancelledStart } from '../../../nodes/Extend/starting/unknownOutcome';
import type { StartFate } from '../support/fakeExtend';
import { faultOf } from '../support/faults';
import { earlierRun, planOf, SHARED_KEY, World } from '../support/startSetUp';

describe('RunStarter.start, when the execution is cancelled', () => {
	it.each<[string, StartFate]>([
		['was not made', 'lostAndNotMade'],
		['was made', 'lostButMade'],
	])('before it is known whether a run %s, tells which run to look for and starts nothing more', async (_, fate) => {
		const world = new World([fate]);
		world.extend.add(earlierRun('FAILED'));
		const { runs, cancel } = world.execution();
		world.clock.after(200, cancel);
		const fault = await faultOf(runs.start(planOf(SHARED_KEY)));
		expect(fault).toBeInstanceOf(CancelledStart);
		expect(fault).toMatchObject({ known: new Set(['clr_old']), facts: { code: 'STOPPED' }, message: expect.stringContaining(`n8n:start = ${SHARED_KEY}`) });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('while a lost start waits to be sent again, tells which run to look for', async () => {
		const world = new World(['lostAndNotMade']);
		const { runs, cancel } = world.execution();
		world.extend.turnTakesMs = 5_000;
		world.clock.after(16_000, cancel);
		expect(await faultOf(runs.start(planOf()))).toBeInstanceOf(CancelledStart);
	});

	it('before anything was sent, is no start to be looked for', async () => {
		const world = new World();
		const { runs, cancel } = world.execution();
		cancel();
		const fault = await faultOf(runs.start(planOf(SHARED_KEY)));
		expect([fault.facts, fault instanceof CancelledStart]).toEqual([stoppedError().facts, false]);
	});

	it('while the run that was found is read, gives the run', async () => {
		const world = new World(['lostButMade']);
		const { runs, cancel } = world.execution();
		// The start takes 50 ms, the pause before the look 300, the look 20.
		world.clock.after(375, cancel);
		expect((await runs.start(planOf())).run.id).toBe('clr_1');
		expect(world.extend.readIds).toEqual(['clr_1']);
	});
});
