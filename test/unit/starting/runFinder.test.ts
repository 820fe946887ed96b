import { findUsable } from '../../../nodes/Extend/starting/foundRun';
import { MAX_RUNS_LOOKED_THROUGH, START_KEY_LIFETIME_MS } from '../../../nodes/Extend/starting/runFinder';
import { runWithKey, setUpFinder } from '../support/finderSetUp';

const DAYS_MS = START_KEY_LIFETIME_MS;
const ids = (runs: ReadonlyArray<{ id: string }>) => runs.map(({ id }) => id);

describe('RunFinder.listDay', () => {
	it('asks for the runs of the classifier, newest first', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_1', 'key:a'));
		extend.add(runWithKey('clr_2', 'key:b'));
		const { runs, isCutShort, isConclusive } = await finder.listDay('cl_1');
		expect(runs).toEqual([
			{ id: 'clr_2', status: 'PROCESSED', startKey: 'key:b', json: expect.objectContaining({ id: 'clr_2' }) },
			{ id: 'clr_1', status: 'PROCESSED', startKey: 'key:a', json: expect.objectContaining({ id: 'clr_1' }) },
		]);
		expect([isCutShort, isConclusive]).toEqual([false, true]);
		expect(extend.listings).toEqual([{ classifierId: 'cl_1', sortBy: 'createdAt', sortDir: 'desc' }]);
	});

	it.each([
		['has no metadata', { metadata: null }],
		['has a start key that is no text', { metadata: { 'n8n:start': 5 } }],
		['has no ID', { id: 7 }],
	])('leaves a run out when it %s', async (_, more) => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_1', 'key:a', more));
		expect((await finder.listDay('cl_1')).runs).toEqual([]);
	});

	it.each(['dp_1', undefined])('looks through the runs of all classifiers for %s, by which a list may hold nothing', async (classifierId) => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_1', 'key:a'));
		expect(ids((await finder.listDay(classifierId)).runs)).toEqual(['clr_1']);
		expect(extend.listings[0]).not.toHaveProperty('classifierId');
	});

	it('reads no further page when one goes back more than a day, and leaves out what is older', async () => {
		const { clock, extend, finder } = setUpFinder();
		const old = new Date(clock.nowMs() - DAYS_MS - 1_000).toISOString();
		for (let index = 0; index < 2_500; index++) extend.add(runWithKey(`clr_${index}`, 'key:a', index < 1_000 ? { createdAt: old } : {}));
		const { runs, isCutShort, isConclusive } = await finder.listDay('cl_1');
		expect([runs.length, isCutShort, isConclusive, extend.listings.length]).toEqual([1_500, false, true, 2]);
	});

	it('counts runs that do not say when they were made as new', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 1_500; index++) extend.add(runWithKey(`clr_${index}`, 'key:a', { createdAt: 'long ago' }));
		expect((await finder.listDay('cl_1')).runs).toHaveLength(1_500);
	});

	it('stops and says so when there are more runs than it looks through', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index <= MAX_RUNS_LOOKED_THROUGH; index++) extend.add(runWithKey(`clr_${index}`, 'key:a'));
		const { runs, isCutShort, isConclusive } = await finder.listDay('cl_1');
		expect([runs.length, isCutShort, isConclusive]).toEqual([MAX_RUNS_LOOKED_THROUGH, true, false]);
	});

	it.each([-2, 2])('counts a day by the clock of Extend when that of n8n is %i days off', async (days) => {
		const { clock, extend, finder } = setUpFinder();
		extend.aheadMs = days * DAYS_MS;
		extend.add(runWithKey('clr_old', 'key:a', { createdAt: new Date(clock.nowMs() + extend.aheadMs - DAYS_MS - 2_000).toISOString() }));
		extend.add(runWithKey('clr_new', 'key:a'));
		expect(ids((await finder.listDay('cl_1')).runs)).toEqual(['clr_new']);
	});

	it('counts a day by the clock of n8n when Extend does not tell the time', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.tellsTime = false;
		extend.add(runWithKey('clr_old', 'key:a', { createdAt: new Date(clock.nowMs() - DAYS_MS - 2_000).toISOString() }));
		extend.add(runWithKey('clr_new', 'key:a'));
		expect(ids((await finder.listDay('cl_1')).runs)).toEqual(['clr_new']);
	});
});

describe('findUsable', () => {
	const run = (id: string, status: string, startKey = 'key:a') => ({ id, status, startKey, json: {} });

	it.each([
		['unfinished', [run('clr_1', 'PENDING')], 'clr_1'],
		['processed', [run('clr_1', 'PROCESSED')], 'clr_1'],
		['of a status not known yet', [run('clr_1', 'BRAND_NEW')], 'clr_1'],
		['the newest of several', [run('clr_2', 'PROCESSED'), run('clr_1', 'PROCESSED')], 'clr_2'],
		['older than one that failed', [run('clr_2', 'FAILED'), run('clr_1', 'PROCESSED')], 'clr_1'],
		['failed', [run('clr_1', 'FAILED')], undefined],
		['cancelled', [run('clr_1', 'CANCELLED')], undefined],
		['of another start key', [run('clr_1', 'PROCESSED', 'key:b')], undefined],
		['missing', [], undefined],
	])('chooses when the run is %s', (_, runs, id) => {
		expect(findUsable(runs, 'key:a')?.id).toBe(id);
	});
});
