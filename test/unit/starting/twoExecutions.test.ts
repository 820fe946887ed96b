import type { StartFate } from '../support/fakeExtend';
import { faultOf } from '../support/faults';
import { foreignNotFound, placedBy, planOf, refusal, SHARED_KEY, World } from '../support/startSetUp';

/** Lets one execution begin, and another so much later. */
async function oneAfterTheOther(world: World, laterMs: number, other: 'execution' | 'elsewhere' = 'execution') {
	const executions = [world.execution(), world[other]()];
	const starts = executions.map(async ({ runs }, index) => {
		await world.clock.elapse(index * laterMs);
		return await runs.start(planOf(SHARED_KEY));
	});
	return { executions, starts: await Promise.all(starts) };
}

const thrice: StartFate[] = ['lostAndNotMade', 'lostAndNotMade', 'lostAndNotMade'];

describe('RunStarter.start, in two executions of one process with one key,', () => {
	it.each([0, 40, 60, 5_000, 55_000])('starts one run when the second comes %i ms later and the list shows nothing', async (laterMs) => {
		const world = new World([], 600_000);
		const { starts } = await oneAfterTheOther(world, laterMs);
		expect(starts.map(({ run, isReused, isOwn }) => [run.id, isReused, isOwn])).toEqual([['clr_1', false, true], ['clr_1', true, false]]);
	});

	it('waits for a run that Extend does not give out yet, rather than pay for another', async () => {
		const world = new World([], 600_000);
		world.extend.readLagMs = 3_000;
		await oneAfterTheOther(world, 0);
		expect(world.extend.runIds).toEqual(['clr_1']);
	});

	it.each(['run:a', 'call:a'])('shares the run of %s only where equal calls may', async (startKey) => {
		const world = new World();
		const { runs } = world.execution();
		const started = await Promise.all([1, 2].map(async () => await runs.start(planOf(startKey))));
		expect(started.map(({ isOwn }) => isOwn)).toEqual([true, true]);
		expect(world.extend.requests).toHaveLength(startKey === 'call:a' ? 1 : 2);
	});

	it('lets the second start when the first is refused', async () => {
		const world = new World([refusal]);
		const [first, second] = [world.execution(), world.execution()].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY)));
		expect(await faultOf(first as Promise<unknown>)).toBe(refusal);
		expect(await second).toMatchObject({ run: { id: 'clr_1' }, isReused: false });
	});

	it('starts anew what has failed meanwhile, once for all', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.becomes('clr_1', 'FAILED');
		const started = await Promise.all([1, 2, 3].map(async () => await world.execution().runs.start(planOf(SHARED_KEY))));
		expect(started.map(({ run }) => run.id)).toEqual(['clr_2', 'clr_2', 'clr_2']);
	});

	it('starts one run when two learn at different times that the last one has failed', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.becomes('clr_1', 'FAILED');
		const [quick, slow] = [world.execution(), world.execution()];
		const { getRun } = world.extend;
		let reads = 0;
		world.extend.getRun = async (id) => {
			if (++reads === 2) await world.clock.elapse(2_000);
			return await getRun(id);
		};
		const started = await Promise.all([quick, slow].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY))));
		expect(started.map(({ run }) => run.id)).toEqual(['clr_2', 'clr_2']);
	});

	it('does not take the run that failed for that of a lost start', async () => {
		const world = new World(['answered', 'lostButMade'], 2_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.becomes('clr_1', 'FAILED');
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_2');
	});

	it('starts nothing where a server on the way, not Extend, says that the run of the other is not there', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.getRun = async () => await Promise.reject(foreignNotFound);
		expect(await faultOf(world.execution().runs.start(planOf(SHARED_KEY)))).toBe(foreignNotFound);
		expect(world.extend.runIds).toEqual(['clr_1']);
	});

	it('starts a new run when that of the other is gone for good', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.readLagMs = Number.POSITIVE_INFINITY;
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_2');
	});

	it('starts nothing when that of the other cannot be read', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.getRun = async () => await Promise.reject(refusal);
		expect(await faultOf(world.execution().runs.start(planOf(SHARED_KEY)))).toBe(refusal);
		expect(world.extend.requests).toHaveLength(1);
	});

	it('ends the wait of a second that is cancelled, and of that one alone', async () => {
		const world = new World();
		world.extend.turnTakesMs = 10_000;
		const [first, second] = [world.execution(), world.execution()];
		const starts = [first, second].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY)));
		world.clock.after(1_000, second.cancel);
		expect((await faultOf(starts[1] as Promise<unknown>)).facts.code).toBe('STOPPED');
		expect((await starts[0])?.run.id).toBe('clr_1');
	});
});

describe('RunStarter.start, when the other execution of the process does not know what it has made,', () => {
	it('finds the run of one that was cancelled, however late the list shows it', async () => {
		const world = new World(['lostButMade'], 7_000);
		const [first, second] = [world.execution(), world.execution()];
		const starts = [first, second].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY)));
		world.clock.after(300, first.cancel);
		expect((await faultOf(starts[0] as Promise<unknown>)).facts.code).toBe('STOPPED');
		expect(await starts[1]).toMatchObject({ run: { id: 'clr_1' }, isReused: true, isOwn: false });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('starts one when none comes to light', async () => {
		const world = new World(thrice);
		const [first, second] = [world.execution(), world.execution()].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY)));
		expect((await faultOf(first as Promise<unknown>)).facts.code).toBe('OUTCOME_UNKNOWN');
		expect(await second).toMatchObject({ run: { id: 'clr_1' }, isReused: false });
	});

	it('starts none when the list cannot be read', async () => {
		const world = new World(['lostButMade']);
		const [first, second] = [world.execution(), world.execution()].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY)));
		world.clock.after(60, () => (world.extend.listFault = refusal));
		await faultOf(first as Promise<unknown>);
		expect(await faultOf(second as Promise<unknown>)).toBe(refusal);
		expect(world.extend.requests).toHaveLength(1);
	});

	it('starts none when it is cancelled while it looks', async () => {
		const world = new World(thrice);
		const [first, second] = [world.execution(), world.execution()];
		const starts = [first, second].map(async ({ runs }) => await runs.start(planOf(SHARED_KEY)));
		await faultOf(starts[0] as Promise<unknown>);
		second.cancel();
		expect((await faultOf(starts[1] as Promise<unknown>)).facts.code).toBe('STOPPED');
		expect(world.extend.requests).toHaveLength(3);
	});
});

describe('RunStarter.start, in two processes with one key,', () => {
	it('looks again when its turn has come, and uses what the other has started meanwhile', async () => {
		const world = new World();
		world.extend.turnTakesMs = 30_000;
		const { starts } = await oneAfterTheOther(world, 1_000, 'elsewhere');
		expect(starts.map(({ run, isReused, isOwn }) => [run.id, isReused, isOwn])).toEqual([['clr_1', false, true], ['clr_1', true, false]]);
		expect(world.extend.requests).toHaveLength(1);
	});

	it('starts a new run when that of the other has failed since it was listed', async () => {
		const world = new World();
		world.extend.turnTakesMs = 30_000;
		const [here, there] = [world.execution(), world.elsewhere()];
		const first = await here.runs.start(planOf(SHARED_KEY));
		world.extend.listTakesMs = 0;
		const second = there.runs.start(planOf(SHARED_KEY, { looksFirst: false }));
		world.extend.becomes(first.run.id, 'FAILED');
		expect(await second).toMatchObject({ run: { id: 'clr_2' }, isReused: false });
	});

	it('starts nothing when the second look does not succeed', async () => {
		const world = new World();
		world.extend.turnTakesMs = 1_000;
		world.clock.after(500, () => (world.extend.listFault = refusal));
		expect(await faultOf(world.execution().runs.start(planOf(SHARED_KEY)))).toBe(refusal);
		expect(world.extend.requests).toEqual([]);
	});

	it('does not look again for a document that nobody else can start', async () => {
		const world = new World();
		await Promise.all(['run:a', 'call:a'].map(async (startKey) => await world.execution().runs.start(planOf(startKey))));
		expect(world.extend.listings).toEqual([]);
	});
});

describe('RunStarter.start, for a document that another execution has sent in a batch,', () => {
	it('uses its run once it is listed', async () => {
		const world = new World([], 3_000);
		await placedBy(world.execution(), [SHARED_KEY, 'key:b']);
		expect(await world.execution().runs.start(planOf(SHARED_KEY))).toMatchObject({ run: { id: 'clr_1' }, isReused: true, isOwn: false });
		expect(world.extend.requests).toEqual([]);
	});

	it.each(['INTERNAL_ERROR', 'OUT_OF_CREDITS'])('starts a new one at once when its run has failed with %s', async (reason) => {
		const world = new World();
		await placedBy(world.execution(), [SHARED_KEY]);
		world.extend.ends('clr_1', 'FAILED', reason);
		const begunMs = world.clock.nowMs();
		expect(await world.execution().runs.start(planOf(SHARED_KEY))).toMatchObject({ run: { id: 'clr_2' }, isReused: false });
		expect(world.clock.nowMs() - begunMs).toBeLessThan(2_000);
	});
});
