import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import { findUsable, MAX_RUNS_LOOKED_THROUGH, RunFinder, TOKEN_LIFETIME_MS } from '../../../nodes/Extend/starting/finder';
import { FakeExtend } from '../support/fakeExtend';
import { VirtualClock } from '../support/virtualClock';

const NONE = new Set<string>();

function setUp(lagMs = 0): { clock: VirtualClock; extend: FakeExtend; finder: RunFinder } {
	const clock = new VirtualClock();
	const extend = new FakeExtend(clock, lagMs);
	return { clock, extend, finder: new RunFinder({ listRuns: extend.listRuns, clock }) };
}

function runOf(id: string, token: string, more: JsonObject = {}): JsonObject {
	return { id, status: 'PROCESSED', classifier: { id: 'cl_1' }, metadata: { 'n8n:start': token }, ...more };
}

describe('RunFinder.listTokens', () => {
	it('asks for the runs of the classifier, newest first', async () => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_1', 'key:a'));
		extend.add(runOf('clr_2', 'key:b'));
		expect(await finder.listTokens('cl_1')).toEqual({
			runs: [
				{ id: 'clr_2', status: 'PROCESSED', token: 'key:b', json: expect.objectContaining({ id: 'clr_2' }) },
				{ id: 'clr_1', status: 'PROCESSED', token: 'key:a', json: expect.objectContaining({ id: 'clr_1' }) },
			],
			isCutShort: false,
		});
		expect(extend.listings).toEqual([{ classifierId: 'cl_1', sortBy: 'createdAt', sortDir: 'desc' }]);
	});

	it.each([
		['belongs to another classifier', runOf('clr_1', 'key:a', { classifier: { id: 'cl_2' } })],
		['has no classifier', runOf('clr_1', 'key:a', { classifier: null })],
		['has no metadata', runOf('clr_1', 'key:a', { metadata: null })],
		['has a token that is no text', runOf('clr_1', 'key:a', { metadata: { 'n8n:start': 5 } })],
		['has no ID', runOf('', 'key:a')],
	])('leaves a run out when it %s', async (_, run) => {
		const { extend, finder } = setUp();
		extend.add(run);
		expect((await finder.listTokens('cl_1')).runs).toEqual([]);
	});

	it('finds runs without a classifier only when categories were given', async () => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_1', 'key:a'));
		extend.add(runOf('clr_2', 'key:a', { classifier: null }));
		expect((await finder.listTokens(undefined)).runs.map(({ id }) => id)).toEqual(['clr_2']);
	});

	it('reads no further page when one goes back more than a day', async () => {
		const { clock, extend, finder } = setUp();
		const old = new Date(clock.nowMs() - TOKEN_LIFETIME_MS - 1).toISOString();
		for (let index = 0; index < 2_500; index++) extend.add(runOf(`clr_${index}`, 'key:a', index < 1_000 ? { createdAt: old } : {}));
		expect((await finder.listTokens('cl_1')).isCutShort).toBe(false);
		expect(extend.listings).toHaveLength(2);
	});

	it('leaves out runs of more than a day ago when they share a page with newer ones', async () => {
		const { clock, extend, finder } = setUp();
		extend.add(runOf('clr_old', 'key:a', { createdAt: new Date(clock.nowMs() - TOKEN_LIFETIME_MS - 1).toISOString() }));
		extend.add(runOf('clr_new', 'key:b'));
		expect((await finder.listTokens('cl_1')).runs.map(({ id }) => id)).toEqual(['clr_new']);
	});

	it('reads on when a run does not say when it was made', async () => {
		const { extend, finder } = setUp();
		for (let index = 0; index < 1_500; index++) extend.add(runOf(`clr_${index}`, 'key:a', { createdAt: 'long ago' }));
		expect((await finder.listTokens('cl_1')).runs).toHaveLength(1_500);
	});

	it('stops and says so when there are more runs than it looks through', async () => {
		const { extend, finder } = setUp();
		for (let index = 0; index < MAX_RUNS_LOOKED_THROUGH + 1; index++) extend.add(runOf(`clr_${index}`, 'key:a'));
		const { runs, isCutShort } = await finder.listTokens('cl_1');
		expect(isCutShort).toBe(true);
		expect(runs).toHaveLength(MAX_RUNS_LOOKED_THROUGH);
	});
});

describe('RunFinder.findFresh', () => {
	it.each([0, 200, 900, 3_000, 8_000])('finds the run when the list lags by %i ms', async (lagMs) => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_1', 'run:a'), lagMs);
		expect(await finder.findFresh('run:a', 'cl_1', NONE)).toMatchObject({ id: 'clr_1' });
	});

	it('gives up after a bounded number of looks when there is none', async () => {
		const { clock, extend, finder } = setUp();
		const begunMs = clock.nowMs();
		expect(await finder.findFresh('run:a', 'cl_1', NONE)).toBeUndefined();
		expect(extend.listings).toHaveLength(4);
		expect(clock.nowMs() - begunMs).toBeLessThan(15_000);
	});

	it('passes over runs that were known before', async () => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_1', 'run:a'));
		expect(await finder.findFresh('run:a', 'cl_1', new Set(['clr_1']))).toBeUndefined();
		extend.add(runOf('clr_2', 'run:a'));
		expect(await finder.findFresh('run:a', 'cl_1', new Set(['clr_1']))).toMatchObject({ id: 'clr_2' });
	});

	it('finds a run of its own classifier only', async () => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_1', 'key:a', { classifier: { id: 'cl_2' } }));
		expect(await finder.findFresh('key:a', 'cl_1', NONE)).toBeUndefined();
	});

	it('shares a listing when many look at once', async () => {
		const { extend, finder } = setUp();
		for (let index = 0; index < 200; index++) extend.add(runOf(`clr_${index}`, `run:${index}`));
		const found = await Promise.all(Array.from({ length: 200 }, async (_, index) => await finder.findFresh(`run:${index}`, 'cl_1', NONE)));
		expect(found.map((run) => run?.id)).toEqual(Array.from({ length: 200 }, (_, index) => `clr_${index}`));
		expect(extend.listings.length).toBeLessThanOrEqual(4);
	});

	it('begins a listing of its own when the one under way began before', async () => {
		const { clock, extend, finder } = setUp();
		extend.listTakesMs = 400;
		const early = finder.findFresh('run:early', 'cl_1', NONE);
		clock.after(350, () => extend.add(runOf('clr_1', 'run:late')));
		await clock.elapse(20);
		const late = finder.findFresh('run:late', 'cl_1', NONE);
		await Promise.all([early, late]);
		expect((await late)?.id).toBe('clr_1');
	});

	it('keeps the listings of classifiers apart', async () => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_1', 'key:a'));
		extend.add(runOf('clr_2', 'key:a', { classifier: null }));
		const looks = ['cl_1', 'cl_1', undefined].map(async (classifierId) => await finder.findFresh('key:a', classifierId, NONE));
		expect((await Promise.all(looks)).map((run) => run?.id)).toEqual(['clr_1', 'clr_1', 'clr_2']);
	});

	it('looks through no more than two pages a time when the account is busy', async () => {
		const { extend, finder } = setUp();
		for (let index = 0; index < 5_000; index++) extend.add(runOf(`clr_${index}`, 'key:x'));
		await finder.findFresh('run:a', 'cl_1', NONE);
		expect(extend.listings.length).toBe(8);
	});

	it('lists again when an earlier listing was refused', async () => {
		const { extend, finder } = setUp();
		extend.listFault = new ExtendError('Refused', 'Wait.', { code: 'X' });
		await expect(finder.findFresh('run:a', 'cl_1', NONE)).rejects.toThrow('Refused');
		extend.listFault = undefined;
		extend.add(runOf('clr_1', 'run:a'));
		expect(await finder.findFresh('run:a', 'cl_1', NONE)).toMatchObject({ id: 'clr_1' });
	});
});

describe('RunFinder.listBatch', () => {
	it('gives all runs of the batch that carry a token, whatever their age and classifier', async () => {
		const { extend, finder } = setUp();
		extend.add(runOf('clr_other', 'key:b', { classifier: { id: 'cl_2' }, createdAt: '2020-01-01T00:00:00Z' }));
		extend.add(runOf('clr_bare', 'key:c', { metadata: null }));
		for (let index = 0; index < 1_500; index++) extend.add(runOf(`clr_${index}`, `run:${index}`));
		const found = await finder.listBatch('bpr_1');
		expect(found).toHaveLength(1_501);
		expect(extend.listings.map(({ batchId, classifierId }) => [batchId, classifierId])).toEqual(Array(2).fill(['bpr_1', undefined]));
	});
});

describe('RunFinder.findAllFresh', () => {
	const tokens = (count: number) => new Set(Array.from({ length: count }, (_, index) => `run:${index}`));

	it.each([0, 900, 8_000])('finds all runs when the list lags by %i ms', async (lagMs) => {
		const { extend, finder } = setUp();
		for (let index = 0; index < 1_000; index++) extend.add(runOf(`clr_${index}`, `run:${index}`), lagMs);
		const found = await finder.findAllFresh(tokens(1_000), 'cl_1', NONE);
		expect([found.size, found.get('run:7')?.id]).toEqual([1_000, 'clr_7']);
	});

	it('goes on for as long as more of them show, and no longer', async () => {
		const { clock, extend, finder } = setUp();
		for (let index = 0; index < 8; index++) extend.add(runOf(`clr_${index}`, `run:${index}`), index * 4_000);
		const begunMs = clock.nowMs();
		expect((await finder.findAllFresh(tokens(8), 'cl_1', NONE)).size).toBe(8);
		expect(clock.nowMs() - begunMs).toBeLessThan(40_000);
		const looks = extend.listings.length;
		await finder.findAllFresh(new Set(['run:nobody']), 'cl_1', NONE);
		expect(extend.listings.length - looks).toBe(4);
	});

	it('passes over runs that were known before, and takes the newest of several', async () => {
		const { extend, finder } = setUp();
		for (const id of ['clr_known', 'clr_older', 'clr_newer']) extend.add(runOf(id, 'run:0'));
		const found = await finder.findAllFresh(tokens(1), 'cl_1', new Set(['clr_known']));
		expect(found.get('run:0')?.id).toBe('clr_newer');
	});

	it('keeps what it has found when the list cannot be read any more', async () => {
		const { clock, extend, finder } = setUp();
		extend.add(runOf('clr_0', 'run:0'));
		clock.after(600, () => {
			extend.listFault = new ExtendError('Refused', 'Wait.', { code: 'X' });
		});
		expect([...(await finder.findAllFresh(tokens(2), 'cl_1', NONE)).keys()]).toEqual(['run:0']);
	});
});

describe('findUsable', () => {
	const run = (id: string, status: string, token = 'key:a') => ({ id, status, token, json: {} });

	it.each([
		['unfinished', [run('clr_1', 'PENDING')], 'clr_1'],
		['processed', [run('clr_1', 'PROCESSED')], 'clr_1'],
		['of a status not known yet', [run('clr_1', 'BRAND_NEW')], 'clr_1'],
		['the newest of several', [run('clr_2', 'PROCESSED'), run('clr_1', 'PROCESSED')], 'clr_2'],
		['older than one that failed', [run('clr_2', 'FAILED'), run('clr_1', 'PROCESSED')], 'clr_1'],
		['failed', [run('clr_1', 'FAILED')], undefined],
		['cancelled', [run('clr_1', 'CANCELLED')], undefined],
		['of another token', [run('clr_1', 'PROCESSED', 'key:b')], undefined],
		['missing', [], undefined],
	])('chooses when the run is %s', (_, runs, id) => {
		expect(findUsable(runs, 'key:a')?.id).toBe(id);
	});
});
