import { connectionError, readApiError, stoppedError } from '../../../nodes/Extend/api/errors';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { RunListQuery } from '../../../nodes/Extend/api/types';
import type { RunSource, WatchEnd } from '../../../nodes/Extend/waiting/openRun';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { answer } from '../support/answers';
import { VirtualClock } from '../support/virtualClock';
import { WatchedExtend } from '../support/watchedExtend';

const HOUR_MS = 3_600_000;
/** For how long lists alone are trusted about a young run. */
const TRUST_MS = 20_000;
const down = readApiError(answer(503, {}));

/** A watcher without jitter, whose looks and sweeps are noted in ms from the beginning. */
function setUp() {
	const clock = new VirtualClock();
	const begunMs = clock.nowMs();
	const extend = new WatchedExtend(clock);
	const watcher = new RunWatcher(clock);
	const looksMs: number[] = [];
	const sweepsMs: number[] = [];
	const queries: RunListQuery[] = [];
	const atOnce = extend.sourceOf(new VirtualClock());
	const source: RunSource = {
		...atOnce,
		look: async (id, onSent) => {
			looksMs.push(clock.nowMs() - begunMs);
			return await atOnce.look(id, onSent);
		},
		list: async (query, pageSize, token) => {
			if (token === undefined) sweepsMs.push(clock.nowMs() - begunMs);
			queries.push(query);
			return await atOnce.list(query, pageSize, token);
		},
	};
	/** Waits for runs that begin now and take so long. */
	const watchAll = async (takeMs: number[], timeoutMs = HOUR_MS): Promise<WatchEnd[]> => {
		const from = looksMs.length;
		const runs = takeMs.map((ms, index) => extend.begin(`clr_${from}_${index}`, ms));
		return await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, timeoutMs, source))));
	};
	return { clock, extend, watcher, source, looksMs, sweepsMs, queries, watchAll };
}

const kindsOf = (ends: WatchEnd[]) => ends.map(({ kind }) => kind);

describe('RunWatcher.watch, by the list', () => {
	it('leaves the list alone for one or two runs', async () => {
		const { sweepsMs, watchAll } = setUp();
		await watchAll([15_000, 15_000]);
		expect(sweepsMs).toEqual([]);
	});

	it('looks at the list at once, then about every 300 ms, later less often', async () => {
		const { sweepsMs, watchAll } = setUp();
		await watchAll([15_000, 15_000, 15_000]);
		expect(sweepsMs.slice(0, 4)).toEqual([0, 340, 680, 1_020]);
		const gapsMs = sweepsMs.slice(1).map((ms, index) => ms - (sweepsMs[index] ?? 0));
		expect(gapsMs.at(-1)).toBeGreaterThan(900);
		expect(Math.max(...gapsMs)).toBeLessThan(1_200);
	});

	it('reads only runs of which the list shows that they have finished, each once', async () => {
		const { looksMs, watchAll } = setUp();
		const takeMs = [3_000, 9_000, 15_000, 15_000, 15_000];
		expect(new Set(kindsOf(await watchAll(takeMs)))).toEqual(new Set(['final']));
		expect(looksMs).toHaveLength(5);
		looksMs.forEach((ms, index) => expect(ms - (takeMs[index] ?? 0)).toBeLessThan(1_200));
	});

	it('reads a run all the same when lists were trusted for a while', async () => {
		const { looksMs, watchAll } = setUp();
		await watchAll([HOUR_MS, HOUR_MS, HOUR_MS], TRUST_MS + 1_000);
		expect(looksMs[0]).toBe(TRUST_MS);
	});

	it('asks for the classifier of the runs where it is the same for all', async () => {
		const { extend, watcher, source, queries, watchAll } = setUp();
		await watchAll([2_000, 2_000, 2_000]);
		expect(new Set(queries.map(({ classifierId }) => classifierId))).toEqual(new Set(['cl_1']));
		queries.length = 0;
		const runs = ['cl_1', 'cl_1', 'cl_2'].map((classifierId, index) => extend.begin(`clr_mixed${index}`, 2_000, { classifierId }));
		await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, HOUR_MS, source))));
		expect(queries[0]).toMatchObject({ classifierId: undefined });
	});

	it('takes a run that was listed and is not any more for unchanged', async () => {
		const { extend, clock, source, looksMs, watcher } = setUp();
		const begunMs = clock.nowMs();
		const { list } = source;
		const once: RunSource = { ...source, list: async (...request) => (clock.nowMs() === begunMs ? await list(...request) : { entries: [] }) };
		const runs = ['clr_1', 'clr_2', 'clr_3'].map((id) => extend.begin(id, HOUR_MS));
		await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, TRUST_MS + 1_000, once))));
		expect(looksMs[0]).toBe(TRUST_MS);
	});
});

describe('RunWatcher.watch, when the list is of no use', () => {
	/** Sweeps at the first moments, and the third that told nothing makes them rare. */
	const THEN_RARE_MS = [0, 340, 680, 720 + 15_000];

	it.each<[string, (extend: WatchedExtend) => void]>([
		['cannot be had', (extend) => void (extend.listFault = () => down)],
		['never shows the runs', (extend) => void (extend.lagMs = HOUR_MS)],
	])('asks for the runs one by one, and rarely for the list, when it %s', async (_, break_) => {
		const { extend, looksMs, sweepsMs, watchAll } = setUp();
		break_(extend);
		expect(kindsOf(await watchAll([18_000, 18_000, 18_000]))).toEqual(['final', 'final', 'final']);
		expect(sweepsMs.slice(0, 4)).toEqual(THEN_RARE_MS);
		expect(looksMs[0]).toBe(1_000);
	});

	it('does so also when runs of other people fill it', async () => {
		const { extend, looksMs, watchAll } = setUp();
		extend.strangers = 5_000;
		await watchAll([5_000, 5_000, 5_000]);
		expect(looksMs[0]).toBe(1_000);
	});

	it.each([
		[2, 20],
		[1, 3],
	])('goes by the list while it tells about half of the runs: %i of 4', async (told, sweepCount) => {
		const { clock, extend, source, sweepsMs, watcher } = setUp();
		const ids = ['clr_1', 'clr_2', 'clr_3', 'clr_4'];
		const entries: JsonObject[] = ids.slice(0, told).map((id) => ({ id, status: 'PROCESSING', updatedAt: new Date(clock.nowMs()).toISOString() }));
		const { list } = source;
		const partly: RunSource = { ...source, list: async (...request) => ({ ...(await list(...request)), entries, nextPageToken: 'more' }) };
		await Promise.all(ids.map(async (id) => await watcher.watch(extend.toWatch(extend.begin(id, HOUR_MS), 10_000, partly))));
		expect(sweepsMs).toHaveLength(sweepCount);
	});

	it('asks for the runs one by one while a look at the list takes long, and does not ask for a second one', async () => {
		const { extend, source, looksMs, sweepsMs, watcher } = setUp();
		const { list } = source;
		const slow: RunSource = { ...source, list: async (...request) => (void (await list(...request)), await new Promise(() => undefined)) };
		const runs = ['clr_1', 'clr_2', 'clr_3'].map((id) => extend.begin(id, 12_000));
		expect(kindsOf(await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, HOUR_MS, slow)))))).toEqual(['final', 'final', 'final']);
		expect(sweepsMs).toEqual([0]);
		expect(looksMs.slice(0, 3)).toEqual([5_000, 5_000, 5_000]);
	});

	it('looks at it no sooner than Extend asks for', async () => {
		const { extend, sweepsMs, watchAll } = setUp();
		extend.listFault = () => down.withFacts({ retryAfterMs: 10_000 });
		await watchAll([12_000, 12_000, 12_000]);
		expect(sweepsMs.slice(0, 2)).toEqual([0, 10_040]);
	});

	it('is not put off by a stop of the execution that asked', async () => {
		const { extend, looksMs, sweepsMs, watchAll } = setUp();
		extend.listFault = () => (extend.listCount < 9 ? stoppedError() : undefined);
		await watchAll([15_000, 15_000, 15_000]);
		expect(sweepsMs.slice(0, 4)).toEqual([0, 340, 680, 1_020]);
		expect(looksMs).toHaveLength(3);
	});

	it('tells the fault of the list when no look has told anything either', async () => {
		const { extend, source, watcher } = setUp();
		extend.listFault = () => connectionError('the list is gone');
		const mute: RunSource = { ...source, look: async () => await new Promise(() => undefined) };
		const runs = ['clr_1', 'clr_2', 'clr_3'].map((id) => extend.begin(id, HOUR_MS));
		const ends = await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, 10_000, mute))));
		for (const end of ends) expect(end).toMatchObject({ kind: 'deadline', lastFault: { message: expect.stringContaining('the list is gone') } });
	});

	it('is tried anew by the next runs once all have ended', async () => {
		const { clock, extend, looksMs, sweepsMs, watchAll } = setUp();
		extend.listFault = () => down;
		await watchAll([8_000, 8_000, 8_000]);
		const [lookCount, sweepCount] = [looksMs.length, sweepsMs.length];
		extend.listFault = () => undefined;
		await clock.elapse(HOUR_MS);
		await watchAll([8_000, 8_000, 8_000]);
		expect(looksMs.length - lookCount).toBe(3);
		expect(sweepsMs.length - sweepCount).toBeGreaterThan(10);
	});
});
