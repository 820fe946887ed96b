import { earlierRun, noMemory, placedBy, placementsOf, planOf, refusal, upload, World } from '../support/startSetUp';

describe('BatchStarter.start', () => {
	it('sends all documents in one request, with what their plans say', async () => {
		const world = new World();
		expect(await placedBy(world.execution(), ['run:a', 'run:b'], { priority: 7 })).toEqual({ 'run:a': 'batch bpr_1 own', 'run:b': 'batch bpr_1 own' });
		const inputs = ['run:a', 'run:b'].map((startKey) => ({ file: { url: 'https://a.example/a.pdf' }, metadata: { mail: 1, 'n8n:start': startKey } }));
		expect(world.extend.batchRequests).toEqual([{ classifier: { id: 'cl_1' }, inputs, priority: 7 }]);
		expect(world.extend.listings).toEqual([]);
	});

	it('gives nothing for nothing', async () => {
		const world = new World();
		expect(await placedBy(world.execution(), [])).toEqual({});
		expect(world.extend.batchRequests).toEqual([]);
	});

	it('leaves out a document whose upload does not succeed', async () => {
		const world = new World();
		const execution = world.execution();
		const { uploadFile } = world.extend;
		let uploads = 0;
		world.extend.uploadFile = async (file) => (++uploads === 1 ? await Promise.reject(refusal) : await uploadFile(file));
		expect(await placedBy(execution, ['run:a', 'run:b'], { source: upload })).toEqual({ 'run:a': 'failed INVALID_REQUEST', 'run:b': 'batch bpr_1 own' });
	});

	it('sends nothing when no upload succeeds', async () => {
		const world = new World();
		world.extend.uploadFault = refusal;
		await placedBy(world.execution(), ['run:a', 'run:b'], { source: upload });
		expect(world.extend.batchRequests).toEqual([]);
	});

	it('says for a refused batch that none of its documents was started', async () => {
		const world = new World([refusal]);
		const placements = await placementsOf(world.execution(), ['run:a', 'run:b']);
		const errors = placements.map((placement) => (placement.kind === 'failed' ? placement.error : undefined));
		expect(errors.map((error) => error?.message)).toEqual(Array(2).fill('Extend answered: no; none of the 2 documents of this batch was started'));
		expect(errors[0]).toMatchObject({ advice: refusal.advice, facts: refusal.facts });
	});

	it('says of a refused batch of one document what Extend said', async () => {
		const [placement] = await placementsOf(new World([refusal]).execution(), ['run:a']);
		expect(placement).toMatchObject({ kind: 'failed', error: refusal });
	});

	it('sends the documents of other batches when one is refused', async () => {
		const world = new World([refusal]);
		const documents = [1, 2].map((priority) => ({ plan: planOf(`run:${priority}`, { priority }) }));
		const kinds: string[] = [];
		for await (const { kind } of world.execution().batches.start(documents)) kinds.push(kind);
		expect(kinds.sort()).toEqual(['batch', 'failed']);
	});
});

describe('BatchStarter.start, for documents whose runs exist,', () => {
	it('uses them together, and sends the rest', async () => {
		const world = new World();
		world.extend.add(earlierRun('PROCESSED', 'key:a', 'clr_a'));
		world.extend.add(earlierRun('PROCESSING', 'key:b', 'clr_b'));
		world.extend.add(earlierRun('FAILED', 'key:c', 'clr_c'));
		const placements = await placementsOf(world.execution(), ['key:a', 'key:b', 'key:c']);
		expect(placements.map(({ kind }) => kind)).toEqual(['reused', 'batch']);
		expect(placements[0]).toMatchObject({ runs: [{ run: { id: 'clr_a' }, isOwn: false }, { run: { id: 'clr_b' }, isOwn: false }] });
	});

	it('tells whether the look for them was cut short', async () => {
		const world = new World();
		const execution = world.execution();
		await placedBy(execution, ['key:a']);
		expect(await execution.batches.wasLookCutShort()).toBe(false);
		for (let index = 0; index < 10_001; index++) world.extend.add(earlierRun('PROCESSED', 'key:other', `clr_o${index}`));
		const later = world.execution();
		await placedBy(later, ['key:z']);
		expect(await later.batches.wasLookCutShort()).toBe(true);
	});

	it('sends nothing of what cannot be looked for', async () => {
		const world = new World();
		world.extend.listFault = refusal;
		expect(await placedBy(world.execution(), ['key:a', 'run:b'])).toEqual({ 'key:a': 'failed INVALID_REQUEST', 'run:b': 'batch bpr_1 own' });
	});
});

describe('BatchStarter.start, at another try of the execution,', () => {
	const keys = ['run:a', 'run:b'];
	const firstTry = async (world = new World()) => {
		const remembered = noMemory('1');
		await placedBy(world.execution({ executionId: '1', remembered }), keys);
		return { world, again: (executionId = '1') => world.execution({ executionId, remembered }) };
	};

	it.each([0, 600_000])('goes on with the batch of the first when the list lags by %i ms', async (lagMs) => {
		const { world, again } = await firstTry(new World([], lagMs));
		for (const executionId of ['1', '2']) {
			expect(await placedBy(again(executionId), keys)).toEqual({ 'run:a': 'batch bpr_1 reused own', 'run:b': 'batch bpr_1 reused own' });
		}
		expect(world.extend.batchRequests).toHaveLength(1);
	});

	it('lists the batch once for all its documents', async () => {
		const { world, again } = await firstTry();
		await placedBy(again(), keys);
		expect(world.extend.listings.map(({ batchId, classifierId }) => [batchId, classifierId])).toEqual([['bpr_1', undefined]]);
	});

	it('sends anew what failed for a reason that may pass, and only that', async () => {
		const { world, again } = await firstTry();
		world.extend.ends('clr_2', 'FAILED', 'INTERNAL_ERROR');
		expect(await placedBy(again(), keys)).toEqual({ 'run:a': 'batch bpr_1 reused own', 'run:b': 'batch bpr_2 own' });
	});

	it('does not send again what failed for good, unless somebody goes on by hand', async () => {
		const { world, again } = await firstTry();
		world.extend.ends('clr_2', 'FAILED', 'OUT_OF_CREDITS');
		expect((await placedBy(again(), keys))['run:b']).toBe('batch bpr_1 reused own');
		expect((await placedBy(again('2'), keys))['run:b']).toBe('batch bpr_2 own');
	});

	it('names the batch when it cannot be looked for or read', async () => {
		const { world, again } = await firstTry();
		world.extend.getBatch = async () => await Promise.reject(refusal);
		const unread = await placementsOf(again(), keys);
		world.extend.listFault = refusal;
		const unlisted = await placementsOf(again(), keys);
		for (const placement of [...unread, ...unlisted]) {
			expect(placement).toMatchObject({ error: { message: 'Extend answered: no, while batch bpr_1 of an earlier try was looked for', facts: { code: 'INVALID_REQUEST', batchId: 'bpr_1' } } });
		}
		expect([unread.length, unlisted.length, world.extend.batchRequests.length]).toEqual([2, 2, 1]);
	});

	it('does not take a run that failed before the batch of the first try for that of a lost second batch', async () => {
		const world = new World(['answered', 'lostButMade']);
		world.extend.add(earlierRun('FAILED', 'key:a', 'clr_0'));
		const remembered = noMemory('1');
		await placedBy(world.execution({ executionId: '1', remembered }), ['key:a']);
		world.extend.ends('clr_2', 'FAILED', 'INTERNAL_ERROR');
		world.extend.lagMs = 2_000;
		expect(await placedBy(world.execution({ executionId: '2', remembered }), ['key:a'])).toEqual({ 'key:a': 'made clr_3' });
	});
});
