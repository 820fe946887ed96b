import { earlierRun, placedBy, planOf, refusal, SHARED_KEY, upload, World } from '../support/startSetUp';

describe('BatchStarter.start, for documents that another execution of the process has started,', () => {
	it.each([0, 40, 60, 5_000, 55_000])('joins its batch when it comes %i ms later and the list shows nothing', async (laterMs) => {
		const world = new World([], 600_000);
		const places = [world.execution(), world.execution()].map(async (execution, index) => {
			await world.clock.elapse(index * laterMs);
			return await placedBy(execution, ['key:a', 'key:b']);
		});
		const own = 'batch bpr_1 own';
		const joined = 'batch bpr_1 reused';
		expect(await Promise.all(places)).toEqual([{ 'key:a': own, 'key:b': own }, { 'key:a': joined, 'key:b': joined }]);
		expect(world.extend.batchRequests).toHaveLength(1);
	});

	it('never has two batches wait for each other, whatever their order', async () => {
		const world = new World([], 600_000);
		const keys = ['key:a', 'key:b', 'key:c'];
		const places = [keys, ['key:d', ...keys].reverse(), ['key:d', ...keys]].map(async (each) => await placedBy(world.execution(), each));
		const own = (await Promise.all(places)).flatMap((placed) => Object.entries(placed).filter(([, place]) => place.endsWith(' own')));
		expect(own.map(([startKey]) => startKey).sort()).toEqual(['key:a', 'key:b', 'key:c', 'key:d']);
		expect(world.extend.runIds).toHaveLength(4);
	});

	it('uses the run of a single start', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		expect(await placedBy(world.execution(), [SHARED_KEY, 'key:b'])).toEqual({ [SHARED_KEY]: 'reused clr_1', 'key:b': 'batch bpr_1 own' });
	});

	it('joins a batch that Extend does not give out yet', async () => {
		const world = new World([], 600_000);
		const { getBatch } = world.extend;
		let reads = 0;
		world.extend.getBatch = async (id) => await getBatch(++reads === 2 ? 'bpr_lagging' : id);
		await placedBy(world.execution(), [SHARED_KEY]);
		expect(await placedBy(world.execution(), [SHARED_KEY])).toEqual({ [SHARED_KEY]: 'batch bpr_1 reused' });
	});

	it.each(['INTERNAL_ERROR', 'OUT_OF_CREDITS'])('sends anew what failed in its batch with %s, and comes to an end', async (reason) => {
		const world = new World();
		await placedBy(world.execution(), ['key:a', 'key:b']);
		world.extend.ends('clr_1', 'FAILED', reason);
		expect(await placedBy(world.execution(), ['key:a', 'key:b'])).toEqual({ 'key:a': 'batch bpr_2 own', 'key:b': 'reused clr_2' });
	});

	it('sends anew what failed as a single run, or is gone', async () => {
		const world = new World([], 600_000);
		await Promise.all(['key:a', 'key:b'].map(async (startKey) => await world.execution().runs.start(planOf(startKey))));
		world.extend.becomes('clr_1', 'FAILED');
		world.extend.becomes('clr_2', 'CANCELLED');
		expect(await placedBy(world.execution(), ['key:a', 'key:b'])).toEqual({ 'key:a': 'batch bpr_1 own', 'key:b': 'batch bpr_1 own' });
	});

	it('sends what the other could not start', async () => {
		const world = new World([refusal]);
		const [one, other] = await Promise.all([placedBy(world.execution(), ['key:a', 'key:b']), placedBy(world.execution(), ['key:b', 'key:c'])]);
		expect(one).toEqual({ 'key:a': 'failed INVALID_REQUEST', 'key:b': 'failed INVALID_REQUEST' });
		expect([other['key:b'], other['key:c']]).toEqual([expect.stringMatching(/^batch .* own$/), expect.stringMatching(/^batch .* own$/)]);
	});

	it('sends what the other could not upload', async () => {
		const world = new World();
		world.extend.uploadFault = refusal;
		const first = placedBy(world.execution(), [SHARED_KEY], { source: upload });
		const second = placedBy(world.execution(), [SHARED_KEY]);
		expect([await first, await second]).toEqual([{ [SHARED_KEY]: 'failed INVALID_REQUEST' }, { [SHARED_KEY]: 'batch bpr_1 own' }]);
	});

	it('finds what a batch with an unknown outcome has made, however late the list shows it', async () => {
		const world = new World(['lostButMade'], 7_000);
		const [first, second] = [world.execution(), world.execution()];
		const places = [first, second].map(async (execution) => await placedBy(execution, ['key:a', 'key:b']));
		world.clock.after(200, first.cancel);
		expect(await Promise.all(places)).toEqual([
			{ 'key:a': 'failed STOPPED', 'key:b': 'failed STOPPED' },
			{ 'key:a': 'reused clr_1', 'key:b': 'reused clr_2' },
		]);
		expect(world.extend.batchRequests).toHaveLength(1);
	});

	it('fails the documents alone whose other start cannot be told', async () => {
		const world = new World([], 600_000);
		await world.execution().runs.start(planOf(SHARED_KEY));
		world.extend.getRun = async () => await Promise.reject(refusal);
		expect(await placedBy(world.execution(), [SHARED_KEY, 'key:b'])).toEqual({ [SHARED_KEY]: 'failed INVALID_REQUEST', 'key:b': 'batch bpr_1 own' });
	});

	it('ends the wait of one that is cancelled', async () => {
		const world = new World();
		world.extend.turnTakesMs = 10_000;
		const [first, second] = [world.execution(), world.execution()];
		const places = [first, second].map(async (execution) => await placedBy(execution, [SHARED_KEY]));
		world.clock.after(1_000, second.cancel);
		expect(await Promise.all(places)).toEqual([{ [SHARED_KEY]: 'batch bpr_1 own' }, { [SHARED_KEY]: 'failed STOPPED' }]);
	});
});

describe('BatchStarter.start, in two processes,', () => {
	it('leaves out of its request what the other has started meanwhile', async () => {
		const world = new World();
		world.extend.turnTakesMs = 30_000;
		const here = placedBy(world.execution(), ['key:a', 'key:b']);
		await world.clock.elapse(1_000);
		const there = placedBy(world.elsewhere(), ['key:b', 'key:c', 'run:d']);
		expect(await here).toEqual({ 'key:a': 'batch bpr_1 own', 'key:b': 'batch bpr_1 own' });
		expect(await there).toEqual({ 'key:b': 'reused clr_2', 'key:c': 'batch bpr_2 own', 'run:d': 'batch bpr_2 own' });
		expect(world.extend.batchRequests.map(({ inputs }) => inputs.length)).toEqual([2, 2]);
	});

	it('sends nothing at all when the other has started everything; who waits for it is told', async () => {
		const world = new World();
		world.extend.turnTakesMs = 5_000;
		const first = world.execution();
		const early = placedBy(first, [SHARED_KEY]);
		world.clock.after(1_000, () => world.extend.add(earlierRun('PROCESSED')));
		expect(await early).toEqual({ [SHARED_KEY]: 'reused clr_old' });
		expect([world.extend.batchRequests, world.registry.madeLately(SHARED_KEY)]).toEqual([[], { kind: 'run', runId: 'clr_old' }]);
	});

	it('fails all when the second look does not succeed, and sends nothing', async () => {
		const world = new World();
		world.extend.turnTakesMs = 1_000;
		world.clock.after(500, () => (world.extend.listFault = refusal));
		expect(await placedBy(world.execution(), ['key:a', 'key:b'])).toEqual({ 'key:a': 'failed INVALID_REQUEST', 'key:b': 'failed INVALID_REQUEST' });
		expect(world.extend.batchRequests).toEqual([]);
	});
});
