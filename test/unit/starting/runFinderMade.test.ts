import type { JsonObject } from '../../../nodes/Extend/api/json';
import { RunFinder } from '../../../nodes/Extend/starting/runFinder';
import { runWithKey, setUpFinder } from '../support/finderSetUp';
import { refusal } from '../support/startSetUp';
import { VirtualClock } from '../support/virtualClock';

const NONE = new Set<string>();
const HOUR_MS = 3_600_000;
const keys = (count: number) => new Set(Array.from({ length: count }, (_, index) => `run:${index}`));

describe('RunFinder.findMade', () => {
	it.each([0, 200, 900, 8_000])('finds all runs that starts have made when the list lags by %i ms', async (lagMs) => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 1_000; index++) extend.add(runWithKey(`clr_${index}`, `run:${index}`), lagMs);
		const { runs, lookError } = await finder.findMade(keys(1_000), 'cl_1', NONE);
		expect([runs.size, runs.get('run:7')?.id, lookError]).toEqual([1_000, 'clr_7', undefined]);
	});

	it('looks four times over some seconds when there is none', async () => {
		const { clock, extend, finder } = setUpFinder();
		expect(await finder.findMade(new Set(['run:a']), 'cl_1', NONE)).toEqual({ runs: new Map() });
		expect([extend.listings.length, clock.pausesMs]).toEqual([4, [300, 1_000, 2_500, 5_000]]);
	});

	it('goes on for as long as more of them show, and no longer', async () => {
		const { clock, extend, finder } = setUpFinder();
		for (let index = 0; index < 8; index++) extend.add(runWithKey(`clr_${index}`, `run:${index}`), index * 4_000);
		expect((await finder.findMade(keys(8), 'cl_1', NONE)).runs.size).toBe(8);
		expect(clock.pausesMs.slice(4)).toEqual([5_000, 5_000, 5_000, 5_000]);
	});

	it('passes over runs that were known before, and takes the newest of several', async () => {
		const { extend, finder } = setUpFinder();
		for (const id of ['clr_older', 'clr_newer', 'clr_known']) extend.add(runWithKey(id, 'run:0'));
		expect((await finder.findMade(keys(1), 'cl_1', new Set(['clr_known']))).runs.get('run:0')?.id).toBe('clr_newer');
	});

	it('finds a lost start behind 2,500 newer runs of others', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_1', 'run:0'));
		for (let index = 0; index < 2_500; index++) extend.add(runWithKey(`clr_o${index}`, 'key:x'));
		expect((await finder.findMade(keys(1), 'cl_1', NONE)).runs.get('run:0')?.id).toBe('clr_1');
	});

	it('does not say that there is none when more runs are in the list than it looks through', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 10_001; index++) extend.add(runWithKey(`clr_o${index}`, 'key:x'));
		expect((await finder.findMade(keys(1), 'cl_1', NONE)).lookError?.message).toMatch(/does not show all recent runs/);
	});

	it('looks no further back than some minutes before the newest run', async () => {
		const { clock, extend, finder } = setUpFinder();
		for (let index = 0; index < 1_500; index++) extend.add(runWithKey(`clr_o${index}`, 'run:0'));
		await clock.elapse(601_000);
		extend.add(runWithKey('clr_o', 'key:x'));
		expect((await finder.findMade(keys(1), 'cl_1', NONE)).runs.size).toBe(0);
		expect(extend.listings).toHaveLength(4);
	});

	it('shares a listing among all that look at once', async () => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 200; index++) extend.add(runWithKey(`clr_${index}`, `run:${index}`));
		await Promise.all([...keys(200)].map(async (key) => await finder.findMade(new Set([key]), 'cl_1', NONE)));
		expect(extend.listings.length).toBeLessThanOrEqual(4);
	});

	it('begins a listing of its own when the one under way began before', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.listTakesMs = 400;
		const early = finder.findMade(new Set(['run:early']), 'cl_1', NONE);
		clock.after(350, () => extend.add(runWithKey('clr_1', 'run:late')));
		await clock.elapse(20);
		expect((await finder.findMade(new Set(['run:late']), 'cl_1', NONE)).runs.size).toBe(1);
		await early;
	});

	it('keeps the listings of classifiers apart', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_1', 'key:a'));
		extend.add(runWithKey('clr_2', 'key:a', { classifier: { id: 'cl_2' } }));
		const looks = ['cl_1', 'cl_1', 'cl_2'].map(async (id) => (await finder.findMade(new Set(['key:a']), id, NONE)).runs.get('key:a')?.id);
		expect(await Promise.all(looks)).toEqual(['clr_1', 'clr_1', 'clr_2']);
	});

	it('ends at a list that cannot be read, says why, and keeps what it has found', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_0', 'run:0'));
		clock.after(600, () => (extend.listFault = refusal));
		const { runs, lookError } = await finder.findMade(keys(2), 'cl_1', NONE);
		expect([[...runs.keys()], lookError, extend.listings.length]).toEqual([['run:0'], refusal, 2]);
	});

	it('lists again after one that could not be read', async () => {
		const { extend, finder } = setUpFinder();
		extend.listFault = refusal;
		await finder.findMade(keys(1), 'cl_1', NONE);
		extend.listFault = undefined;
		extend.add(runWithKey('clr_0', 'run:0'));
		expect((await finder.findMade(keys(1), 'cl_1', NONE)).runs.size).toBe(1);
	});
});

interface OddList {
	/** The runs in the order in which the list shows them. */
	runs: (nowMs: number) => JsonObject[];
	pageSize?: number;
	/** The token of the next page. */
	next?: (from: number) => string;
}

function setUpOdd({ runs, pageSize = 10, next = String }: OddList) {
	const clock = new VirtualClock();
	let pages = 0;
	const listRuns = async (_query: object, _size: number, token = '0') => {
		pages += 1;
		await clock.elapse(20);
		const all = runs(clock.nowMs());
		const from = Number(token);
		const more = all.length > from + pageSize ? { nextPageToken: next(from + pageSize) } : {};
		return { entries: all.slice(from, from + pageSize), ...more };
	};
	return { clock, finder: new RunFinder({ extend: { listRuns }, clock }), pageCount: () => pages };
}

const runAt = (ms: number, startKey?: string): JsonObject => {
	const metadata = startKey === undefined ? null : { 'n8n:start': startKey };
	return { id: `clr_${ms}`, status: 'PROCESSED', createdAt: new Date(ms).toISOString(), metadata };
};
/** 40 runs of days ago, and the one that is looked for at the far end. */
const oldestFirst = (nowMs: number): JsonObject[] => [
	...Array.from({ length: 40 }, (_, index) => runAt(nowMs - 100 * HOUR_MS + index * HOUR_MS)),
	runAt(nowMs - 1_000, 'run:0'),
];

describe('RunFinder, with a list that is not as it was asked for,', () => {
	it('reads on when the oldest run comes first', async () => {
		const { finder } = setUpOdd({ runs: oldestFirst });
		expect((await finder.findMade(keys(1), undefined, NONE)).runs.size).toBe(1);
		expect((await finder.findMade(new Set(['run:nobody']), undefined, NONE)).lookError).toBeUndefined();
	});

	it('reads one page a look when the newest run comes first', async () => {
		const { finder, pageCount } = setUpOdd({ runs: (nowMs) => [...oldestFirst(nowMs)].reverse() });
		await finder.findMade(keys(1), undefined, NONE);
		expect(pageCount()).toBe(1);
	});

	it('does not say that there is none when runs come without metadata', async () => {
		const { finder } = setUpOdd({ runs: (nowMs) => [{ id: 'clr_1', status: 'PENDING', createdAt: new Date(nowMs).toISOString() }] });
		expect((await finder.findMade(keys(1), undefined, NONE)).lookError?.message).toMatch(/with their metadata/);
	});

	it.each<[string, (from: number) => string]>([
		['the same token over and over', () => '10'],
		['tokens in a circle', (from) => (from === 30 ? '10' : String(from))],
	])('comes to an end, and does not say that there is none, when it gets %s', async (_, next) => {
		const { finder, pageCount } = setUpOdd({ runs: oldestFirst, next });
		expect((await finder.findMade(new Set(['run:nobody']), undefined, NONE)).lookError).toBeDefined();
		expect(pageCount()).toBeLessThanOrEqual(4);
		expect((await finder.listDay(undefined)).isCutShort).toBe(false);
	});

	it('stops after a thousand pages, and says so', async () => {
		const { finder, pageCount } = setUpOdd({ runs: (nowMs) => Array.from({ length: 1_001 }, (_, index) => runAt(nowMs - index, 'run:0')), pageSize: 1 });
		expect([(await finder.listDay(undefined)).isCutShort, pageCount()]).toEqual([true, 1_000]);
		expect(await finder.listBatch('bpr_1')).toHaveLength(1_000);
	});

	it.each([-50 * HOUR_MS, 50 * HOUR_MS])('finds a lost start when the clock of n8n is %i ms off and Extend tells no time', async (aheadMs) => {
		const { finder } = setUpOdd({ runs: (nowMs) => [runAt(nowMs + aheadMs, 'run:0'), runAt(nowMs + aheadMs - 5 * HOUR_MS)] });
		expect((await finder.findMade(keys(1), undefined, NONE)).runs.size).toBe(1);
	});
});

describe('RunFinder.listBatch', () => {
	it('gives all runs of the batch that carry a start key, whatever their age and classifier', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_other', 'key:b', { classifier: { id: 'cl_2' }, createdAt: '2020-01-01T00:00:00Z' }), 0, 'bpr_1');
		extend.add(runWithKey('clr_bare', 'key:c', { metadata: null }), 0, 'bpr_1');
		for (let index = 0; index < 11_000; index++) extend.add(runWithKey(`clr_${index}`, `run:${index}`), 0, 'bpr_1');
		expect(await finder.listBatch('bpr_1')).toHaveLength(11_001);
		expect(extend.listings[0]).toEqual({ batchId: 'bpr_1', sortBy: 'createdAt', sortDir: 'desc' });
	});
});
