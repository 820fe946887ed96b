import { earlierRun, noMemory, OWN_KEY, planOf, refusal, SHARED_KEY, upload, World } from '../support/startSetUp';
import { faultOf } from '../support/faults';

const STILL_USABLE = ['PENDING', 'PROCESSING', 'CANCELLING', 'PROCESSED', 'BRAND_NEW'];

describe('RunStarter.start, for a document of which nothing exists,', () => {
	it('sends all that the plan says, and looks for nothing', async () => {
		const world = new World();
		const { runs } = world.execution();
		expect(await runs.start(planOf(OWN_KEY, { priority: 5 }))).toMatchObject({ run: { id: 'clr_1' }, isReused: false, isOwn: true, wasSentAgain: false });
		const metadata = { mail: 1, 'n8n:start': OWN_KEY };
		expect(world.extend.requests).toEqual([{ classifier: { id: 'cl_1' }, file: { url: 'https://a.example/a.pdf' }, priority: 5, metadata }]);
		expect(world.extend.listings).toEqual([]);
	});

	it('uploads a file first', async () => {
		const world = new World();
		await world.execution().runs.start(planOf(OWN_KEY, { source: upload }));
		expect(world.extend.requests[0]?.file).toEqual({ id: 'file_a.pdf_1' });
	});

	it('passes on what Extend said when it refuses, and sends nothing more', async () => {
		const world = new World([refusal]);
		expect(await faultOf(world.execution().runs.start(planOf()))).toBe(refusal);
		expect(world.extend.requests).toHaveLength(1);
	});

	it('starts nothing when the upload does not succeed', async () => {
		const world = new World();
		world.extend.uploadFault = refusal;
		expect(await faultOf(world.execution().runs.start(planOf(SHARED_KEY, { source: upload })))).toBe(refusal);
		expect(world.extend.requests).toEqual([]);
	});

	it('does not take the run of another document for its own', async () => {
		const world = new World();
		world.extend.add(earlierRun('PROCESSED', 'key:b'));
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_2');
	});
});

describe('RunStarter.start, for a document whose run another execution has started,', () => {
	it.each(STILL_USABLE)('uses the run when it is %s', async (status) => {
		const world = new World();
		world.extend.add(earlierRun(status));
		const started = await world.execution().runs.start(planOf(SHARED_KEY, { source: upload }));
		expect(started).toMatchObject({ run: { id: 'clr_old', status }, isReused: true, isOwn: false, wasSentAgain: false });
		expect([world.extend.requests.length, world.extend.uploadCount]).toEqual([0, 0]);
	});

	it('reads a finished one, since lists hold no result', async () => {
		const world = new World();
		world.extend.add(earlierRun('PROCESSED'));
		await world.execution().runs.start(planOf(SHARED_KEY));
		expect(world.extend.readIds).toEqual(['clr_old']);
	});

	it.each(['FAILED', 'CANCELLED'])('starts a new one when it is %s', async (status) => {
		const world = new World();
		world.extend.add(earlierRun(status));
		expect(await world.execution().runs.start(planOf(SHARED_KEY))).toMatchObject({ run: { id: 'clr_2' }, isReused: false });
	});

	it('starts a new one when it has failed since it was listed', async () => {
		const world = new World();
		world.extend.add(earlierRun('PROCESSING'));
		world.extend.becomes('clr_old', 'FAILED');
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_2');
	});

	it('uses an older one when the newest has failed since it was listed', async () => {
		const world = new World();
		world.extend.add(earlierRun('PROCESSED', SHARED_KEY, 'clr_good'));
		world.extend.add(earlierRun('PROCESSING', SHARED_KEY, 'clr_bad'));
		world.extend.becomes('clr_bad', 'FAILED');
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_good');
	});

	it('waits for a run that is listed and not given out yet, rather than pay for another', async () => {
		const world = new World();
		world.extend.readLagMs = 3_000;
		world.extend.add(earlierRun('PROCESSED'));
		expect(await world.execution().runs.start(planOf(SHARED_KEY))).toMatchObject({ run: { id: 'clr_old' }, isReused: true });
	});

	it('does not use a run of more than a day ago', async () => {
		const world = new World();
		world.extend.add(earlierRun('PROCESSED'));
		world.clock.sleep(24 * 3_600_000 + 2_000);
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_2');
	});

	it('lists once for many documents of a classifier, and once more when their turns have come', async () => {
		const world = new World();
		const { runs } = world.execution();
		await Promise.all(Array.from({ length: 100 }, async (_, index) => await runs.start(planOf(`key:${index}`))));
		expect(world.extend.listings.length).toBeLessThanOrEqual(2);
	});

	it('looks for runs of each classifier', async () => {
		const world = new World();
		const { runs } = world.execution();
		await Promise.all(['cl_1', 'cl_2'].map(async (id) => await runs.start(planOf(`key:${id}`, { target: { classifier: { id } } }))));
		expect(world.extend.listings.map(({ classifierId }) => classifierId)).toEqual(expect.arrayContaining(['cl_1', 'cl_2']));
	});

	it('starts nothing when the list cannot be read', async () => {
		const world = new World();
		world.extend.listFault = refusal;
		expect(await faultOf(world.execution().runs.start(planOf(SHARED_KEY, { source: upload })))).toBe(refusal);
		expect([world.extend.requests.length, world.extend.uploadCount]).toEqual([0, 0]);
	});
});

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
		expect(fault.message).toMatch(/run clr_gone was started and is not there any more/);
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

describe('RunStarter.wasLookCutShort', () => {
	it.each([
		[9_999, false],
		[10_001, true],
	])('is right when there are %i runs', async (count, isCutShort) => {
		const world = new World();
		for (let index = 0; index < count; index++) world.extend.add({ id: `clr_o${index}`, status: 'PROCESSED' });
		const { runs } = world.execution();
		await runs.start(planOf(SHARED_KEY));
		expect(await runs.wasLookCutShort()).toBe(isCutShort);
	});

	it('is false when nothing was looked for, or the look did not succeed', async () => {
		const world = new World();
		const { runs } = world.execution();
		expect(await runs.wasLookCutShort()).toBe(false);
		world.extend.listFault = refusal;
		await faultOf(runs.start(planOf(SHARED_KEY)));
		expect(await runs.wasLookCutShort()).toBe(false);
	});
});
