import { connectionError, readApiError } from '../../../nodes/Extend/api/errors';
import type { RunSource, WatchEnd } from '../../../nodes/Extend/waiting/openRun';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { answer } from '../support/answers';
import { queuedSource } from '../support/queuedSource';
import { VirtualClock } from '../support/virtualClock';
import { WatchedExtend } from '../support/watchedExtend';

const HOUR_MS = 3_600_000;
const STALL_MS = 120_000;

function setUp(perSecond = 10) {
	const clock = new VirtualClock();
	const extend = new WatchedExtend(clock);
	const watcher = new RunWatcher(clock);
	const source = queuedSource(extend, perSecond);
	const begunMs = clock.nowMs();
	return { clock, extend, watcher, source, passedMs: () => clock.nowMs() - begunMs };
}

/** Watches so many runs at once, each of which takes so long. */
async function watchAll({ extend, watcher, source }: ReturnType<typeof setUp>, takeMs: number[], timeoutMs: number): Promise<WatchEnd[]> {
	const runs = takeMs.map((ms, index) => extend.begin(`clr_${index}`, ms));
	return await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, timeoutMs, source))));
}

const statuses = (ends: WatchEnd[]) => [...new Set(ends.map((end) => `${end.kind} ${end.run?.status}`))];

describe('RunWatcher.watch, when the turn to be read comes after the deadline', () => {
	it.each([
		{ count: 170, perSecond: 10, timeoutMs: 5_000 },
		{ count: 100, perSecond: 3, timeoutMs: 10_000 },
		{ count: 1_000, perSecond: 10, timeoutMs: 2_000 },
	])('reads all of $count runs that have finished, at $perSecond reads a second with a timeout of $timeoutMs ms', async ({ count, perSecond, timeoutMs }) => {
		const all = setUp(perSecond);
		expect(statuses(await watchAll(all, Array(count).fill(1_500), timeoutMs))).toEqual(['final PROCESSED']);
	});

	it('reads a run once that nobody has seen finish before it is said to have timed out', async () => {
		const all = setUp(3);
		all.extend.listFault = () => connectionError('the list is gone');
		expect(statuses(await watchAll(all, Array(60).fill(4_990), 5_000))).toEqual(['final PROCESSED']);
	});

	it('gives out runs that have not finished as they are when their turn has come', async () => {
		const all = setUp(3);
		expect(statuses(await watchAll(all, Array(30).fill(HOUR_MS), 5_000))).toEqual(['deadline PROCESSING']);
		expect(all.passedMs()).toBeLessThan(30_000);
	});

	it('reads a finished run whose read does not succeed at first', async () => {
		const all = setUp();
		all.extend.lookFault = () => (all.passedMs() < 60_000 ? readApiError(answer(503, {})) : undefined);
		expect(statuses(await watchAll(all, [1_500, 1_500, 1_500, 1_500], 5_000))).toEqual(['final PROCESSED']);
	});

	it.each([503, 429])('gives up a finished run whose reads are answered with %i for two minutes after the deadline', async (status) => {
		const all = setUp();
		all.extend.lookFault = () => readApiError(answer(status, { code: 'X' }));
		const ends = await watchAll(all, [1_500, 1_500, 1_500, 1_500], 5_000);
		expect(new Set(ends.map(({ kind }) => kind))).toEqual(new Set(['deadline']));
		expect(ends[0]).toMatchObject({ lastFault: { facts: { status } } });
		expect(all.passedMs()).toBeGreaterThanOrEqual(STALL_MS);
		expect(all.passedMs()).toBeLessThan(STALL_MS + 15_000);
		expect(all.extend.lookCount).toBeLessThan(400);
	});

	it('gives up a finished run after two minutes in which no read at all goes on', async () => {
		const all = setUp();
		const mute: RunSource = { ...all.source, poll: async () => await new Promise(() => undefined) };
		const ends = await watchAll({ ...all, source: mute }, [1_500, 1_500, 1_500], 5_000);
		expect(new Set(ends.map(({ kind }) => kind))).toEqual(new Set(['deadline']));
		expect(all.passedMs()).toBe(5_000 + STALL_MS);
	});

	it('waits for one that a list has shown to be finished before its wait began', async () => {
		const all = setUp();
		const listed = { id: 'clr_1', status: 'PROCESSED', json: {} };
		all.extend.begin('clr_1', 0);
		all.extend.lookFault = () => (all.passedMs() < 30_000 ? readApiError(answer(503, {})) : undefined);
		const end = await all.watcher.watch({ ...all.extend.toWatch(listed, 5_000), run: undefined, listed });
		expect(end).toMatchObject({ kind: 'final', run: { status: 'PROCESSED' } });
	});

	it('ends at the deadline when the run itself says that it has not finished, whatever the list shows', async () => {
		const all = setUp();
		const { list } = all.source;
		const lying: RunSource = {
			...all.source,
			list: async (...request) => {
				const { entries, ...page } = await list(...request);
				return { ...page, entries: entries.map((entry) => ({ ...entry, status: 'PROCESSED' })) };
			},
		};
		expect(statuses(await watchAll({ ...all, source: lying }, [HOUR_MS, HOUR_MS, HOUR_MS], 5_000))).toEqual(['deadline PROCESSING']);
		expect(all.passedMs()).toBeLessThan(7_000);
	});
});
