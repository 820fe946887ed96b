import { ExtendError } from '../../../nodes/Extend/api/errors';
import { findUsable, MAX_RUNS_LOOKED_THROUGH, RunFinder, TOKEN_LIFETIME_MS } from '../../../nodes/Extend/starting/finder';
import { runWithToken, setUpFinder } from '../support/finderSetUp';
import { VirtualClock } from '../support/virtualClock';

const NONE = new Set<string>();

describe('RunFinder.listTokens', () => {
	it('asks for the runs of the classifier, newest first', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_1', 'key:a'));
		extend.add(runWithToken('clr_2', 'key:b'));
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
		['belongs to another classifier', runWithToken('clr_1', 'key:a', { classifier: { id: 'cl_2' } })],
		['has no classifier', runWithToken('clr_1', 'key:a', { classifier: null })],
		['has no metadata', runWithToken('clr_1', 'key:a', { metadata: null })],
		['has a token that is no text', runWithToken('clr_1', 'key:a', { metadata: { 'n8n:start': 5 } })],
		['has no ID', runWithToken('', 'key:a')],
	])('leaves a run out when it %s', async (_, run) => {
		const { extend, finder } = setUpFinder();
		extend.add(run);
		expect((await finder.listTokens('cl_1')).runs).toEqual([]);
	});

	it('finds runs without a classifier only when categories were given', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_1', 'key:a'));
		extend.add(runWithToken('clr_2', 'key:a', { classifier: null }));
		expect((await finder.listTokens(undefined)).runs.map(({ id }) => id)).toEqual(['clr_2']);
	});

	it('reads no further page when one goes back more than a day', async () => {
		const { clock, extend, finder } = setUpFinder();
		const old = new Date(clock.nowMs() - TOKEN_LIFETIME_MS - 1).toISOString();
		for (let index = 0; index < 2_500; index++) extend.add(runWithToken(`clr_${index}`, 'key:a', index < 1_000 ? { createdAt: old } : {}));
		expect((await finder.listTokens('cl_1')).isCutShort).toBe(false);
		expect(extend.listings).toHaveLength(2);
	});

	it('leaves out runs of more than a day ago when they share a page with newer ones', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_old', 'key:a', { createdAt: new Date(clock.nowMs() - TOKEN_LIFETIME_MS - 1).toISOString() }));
		extend.add(runWithToken('clr_new', 'key:b'));
		expect((await finder.listTokens('cl_1')).runs.map(({ id }) => id)).toEqual(['clr_new']);
	});

	it('reads on when a run does not say when it was made', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 1_500; index++) extend.add(runWithToken(`clr_${index}`, 'key:a', { createdAt: 'long ago' }));
		expect((await finder.listTokens('cl_1')).runs).toHaveLength(1_500);
	});

	it('stops and says so when there are more runs than it looks through', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < MAX_RUNS_LOOKED_THROUGH + 1; index++) extend.add(runWithToken(`clr_${index}`, 'key:a'));
		const { runs, isCutShort } = await finder.listTokens('cl_1');
		expect(isCutShort).toBe(true);
		expect(runs).toHaveLength(MAX_RUNS_LOOKED_THROUGH);
	});
});

describe('RunFinder, before lists that do not end by themselves,', () => {
	const endless = (nextToken: (token: string | undefined) => string) => {
		const asked: Array<string | undefined> = [];
		const listRuns = async (_query: object, _size: number, token?: string) => {
			asked.push(token);
			return await Promise.resolve({ entries: [runWithToken('clr_1', 'run:a')], nextPageToken: nextToken(token) });
		};
		return { asked, finder: new RunFinder({ listRuns, clock: new VirtualClock() }) };
	};

	it.each([
		['the same token over and over', () => 'x'],
		['tokens in a circle', (token?: string) => (token === 'a' ? 'b' : 'a')],
	])('stops when it gets %s', async (_, nextToken) => {
		const { asked, finder } = endless(nextToken);
		expect((await finder.listTokens('cl_1')).isCutShort).toBe(false);
		expect(asked.length).toBeLessThanOrEqual(3);
	});

	it('stops after a thousand pages, and says so', async () => {
		const { asked, finder } = endless((token = '0') => String(Number(token) + 1));
		expect((await finder.listTokens('cl_1')).isCutShort).toBe(true);
		expect((await finder.listBatch('bpr_1')).length).toBe(1_000);
		expect(asked).toHaveLength(2_000);
	});
});

describe('RunFinder.findFresh', () => {
	it.each([0, 200, 900, 3_000, 8_000])('finds the run when the list lags by %i ms', async (lagMs) => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_1', 'run:a'), lagMs);
		expect(await finder.findFresh('run:a', 'cl_1', NONE)).toMatchObject({ id: 'clr_1' });
	});

	it('gives up after a bounded number of looks when there is none', async () => {
		const { clock, extend, finder } = setUpFinder();
		const begunMs = clock.nowMs();
		expect(await finder.findFresh('run:a', 'cl_1', NONE)).toBeUndefined();
		expect(extend.listings).toHaveLength(4);
		expect(clock.nowMs() - begunMs).toBeLessThan(15_000);
	});

	it('passes over runs that were known before', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_1', 'run:a'));
		expect(await finder.findFresh('run:a', 'cl_1', new Set(['clr_1']))).toBeUndefined();
		extend.add(runWithToken('clr_2', 'run:a'));
		expect(await finder.findFresh('run:a', 'cl_1', new Set(['clr_1']))).toMatchObject({ id: 'clr_2' });
	});

	it('finds a run of its own classifier only', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_1', 'key:a', { classifier: { id: 'cl_2' } }));
		expect(await finder.findFresh('key:a', 'cl_1', NONE)).toBeUndefined();
	});

	it('shares a listing when many look at once', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 200; index++) extend.add(runWithToken(`clr_${index}`, `run:${index}`));
		const found = await Promise.all(Array.from({ length: 200 }, async (_, index) => await finder.findFresh(`run:${index}`, 'cl_1', NONE)));
		expect(found.map((run) => run?.id)).toEqual(Array.from({ length: 200 }, (_, index) => `clr_${index}`));
		expect(extend.listings.length).toBeLessThanOrEqual(4);
	});

	it('begins a listing of its own when the one under way began before', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.listTakesMs = 400;
		const early = finder.findFresh('run:early', 'cl_1', NONE);
		clock.after(350, () => extend.add(runWithToken('clr_1', 'run:late')));
		await clock.elapse(20);
		const late = finder.findFresh('run:late', 'cl_1', NONE);
		await Promise.all([early, late]);
		expect((await late)?.id).toBe('clr_1');
	});

	it('keeps the listings of classifiers apart', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_1', 'key:a'));
		extend.add(runWithToken('clr_2', 'key:a', { classifier: null }));
		const looks = ['cl_1', 'cl_1', undefined].map(async (classifierId) => await finder.findFresh('key:a', classifierId, NONE));
		expect((await Promise.all(looks)).map((run) => run?.id)).toEqual(['clr_1', 'clr_1', 'clr_2']);
	});

	it('looks through no more than two pages a time when the account is busy', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 5_000; index++) extend.add(runWithToken(`clr_${index}`, 'key:x'));
		await finder.findFresh('run:a', 'cl_1', NONE);
		expect(extend.listings.length).toBe(8);
	});

	it('lists again when an earlier listing was refused', async () => {
		const { extend, finder } = setUpFinder();
		extend.listFault = new ExtendError('Refused', 'Wait.', { code: 'X' });
		await expect(finder.findFresh('run:a', 'cl_1', NONE)).rejects.toThrow('Refused');
		extend.listFault = undefined;
		extend.add(runWithToken('clr_1', 'run:a'));
		expect(await finder.findFresh('run:a', 'cl_1', NONE)).toMatchObject({ id: 'clr_1' });
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
