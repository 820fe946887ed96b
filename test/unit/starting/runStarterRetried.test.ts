import { faultOf } from '../support/faults';
import { earlierRun, noMemory, OWN_KEY, planOf, refusal, upload, World } from '../support/startSetUp';

describe('RunStarter.start, at another try of the same execution,', () => {
	const tryTwice = async (between: (world: World) => void, more: { executionId?: string } = {}) => {
		const world = new World();
		const remembered = noMemory('1');
		const first = await world.execution({ executionId: '1', remembered }).runs.start(planOf());
		between(world);
		const again = world.execution({ executionId: '1', remembered, ...more });
		return { world, first, again };
	};

	it('reads the run that it has started, and lists nothing', async () => {
		const { world, again } = await tryTwice(() => undefined);
		expect(await again.runs.start(planOf(OWN_KEY, { looksFirst: true }))).toMatchObject({ run: { id: 'clr_1' }, isReused: true, isOwn: true, wasSentAgain: false });
		expect([world.extend.readIds, world.extend.listings, world.extend.requests.length]).toEqual([['clr_1'], [], 1]);
	});

	it('starts a run anew that failed for a reason that may pass', async () => {
		const { again } = await tryTwice(({ extend }) => extend.ends('clr_1', 'FAILED', 'INTERNAL_ERROR'));
		expect(await again.runs.start(planOf(OWN_KEY))).toMatchObject({ run: { id: 'clr_2' }, isReused: false });
	});

	it.each(['OUT_OF_CREDITS', 'CORRUPT_FILE'])('does not pay again for a run that failed with %s, which nobody has changed meanwhile', async (reason) => {
		const { world, again } = await tryTwice(({ extend }) => extend.ends('clr_1', 'FAILED', reason));
		expect(await again.runs.start(planOf(OWN_KEY))).toMatchObject({ run: { id: 'clr_1', status: 'FAILED' }, isReused: true });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('starts such a run anew in a new execution that goes on by hand', async () => {
		const { again } = await tryTwice(({ extend }) => extend.ends('clr_1', 'FAILED', 'OUT_OF_CREDITS'), { executionId: '2' });
		expect((await again.runs.start(planOf(OWN_KEY))).run.id).toBe('clr_2');
	});

	it('uses in a new execution that goes on by hand the run that exists, as its own', async () => {
		const { world, again } = await tryTwice(() => undefined, { executionId: '2' });
		expect(await again.runs.start(planOf(OWN_KEY))).toMatchObject({ run: { id: 'clr_1' }, isReused: true, isOwn: true });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('says of a run that is gone that it was there, after some seconds, and starts nothing', async () => {
		const { world, again, first } = await tryTwice(() => undefined);
		expect(first.run.id).toBe('clr_1');
		again.memory.rememberRuns(OWN_KEY, ['clr_1', 'clr_gone']);
		const fault = await faultOf(again.runs.start(planOf()));
		expect(fault.message).toMatch(/run clr_gone was started but no longer exists/);
		expect(fault.facts).toMatchObject({ runId: 'clr_gone', status: 404 });
		expect([world.extend.requests.length, world.extend.readIds.length]).toEqual([1, 4]);
	});

	it('passes on why a run cannot be read, and starts nothing', async () => {
		const { world, again } = await tryTwice(() => undefined);
		world.extend.getRun = async () => await Promise.reject(refusal);
		expect(await faultOf(again.runs.start(planOf()))).toBe(refusal);
		expect(world.extend.requests).toHaveLength(1);
	});

	it('uploads nothing again', async () => {
		const world = new World([refusal]);
		const remembered = noMemory();
		await faultOf(world.execution({ executionId: '1', remembered }).runs.start(planOf(OWN_KEY, { source: upload })));
		await world.execution({ executionId: '1', remembered }).runs.start(planOf(OWN_KEY, { source: upload }));
		expect(world.extend.uploadCount).toBe(1);
		expect(world.extend.requests.map(({ file }) => file)).toEqual([{ id: 'file_a.pdf_1' }, { id: 'file_a.pdf_1' }]);
	});
});

describe('RunStarter.start, for a document that an earlier try sent in a batch,', () => {
	const afterBatch = (world: World) => {
		const remembered = noMemory('1');
		world.extend.add(earlierRun('PROCESSING', OWN_KEY, 'clr_b'), 3_000, 'bpr_1');
		world.execution({ executionId: '1', remembered }).memory.rememberBatch(OWN_KEY, 'bpr_1', []);
		return world.execution({ executionId: '1', remembered });
	};

	it('waits until its run is listed, and uses it', async () => {
		const world = new World();
		expect(await afterBatch(world).runs.start(planOf())).toMatchObject({ run: { id: 'clr_b' }, isReused: true, isOwn: true });
		expect(world.extend.requests).toEqual([]);
	});

	it('gives a run that failed for good as it is, at once', async () => {
		const world = new World();
		const { runs } = afterBatch(world);
		await world.clock.elapse(5_000);
		world.extend.ends('clr_b', 'FAILED', 'CORRUPT_FILE');
		const begunMs = world.clock.nowMs();
		expect(await runs.start(planOf())).toMatchObject({ run: { id: 'clr_b', status: 'FAILED' } });
		expect(world.clock.nowMs() - begunMs).toBeLessThan(1_000);
	});

	it('fails when it is not listed within half a minute, and starts nothing', async () => {
		const world = new World();
		const execution = world.execution();
		execution.memory.rememberBatch(OWN_KEY, 'bpr_9', []);
		const fault = await faultOf(execution.runs.start(planOf()));
		expect(fault).toMatchObject({ message: expect.stringContaining('Batch bpr_9 holds this document'), facts: { code: 'OUTCOME_UNKNOWN', batchId: 'bpr_9' } });
		expect([world.extend.requests.length, world.clock.pausesMs]).toEqual([0, [0, 1_000, 2_000, 4_000, 8_000, 15_000]]);
	});

	it('ends when the execution is cancelled', async () => {
		const world = new World();
		const execution = world.execution();
		execution.memory.rememberBatch(OWN_KEY, 'bpr_9', []);
		world.clock.after(2_000, execution.cancel);
		expect((await faultOf(execution.runs.start(planOf()))).facts.code).toBe('STOPPED');
	});
});
