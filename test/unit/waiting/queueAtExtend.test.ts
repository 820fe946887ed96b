import type { WatchEnd } from '../../../nodes/Extend/waiting/openRun';
import { putOffMs } from '../../../nodes/Extend/waiting/queueTime';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { VirtualClock } from '../support/virtualClock';
import { WatchedExtend } from '../support/watchedExtend';

const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 60_000;

interface Queued {
	pendingMs: number;
	takesMs: number;
}

/** Watches runs that begin now, and gives their ends with the time each took. */
async function watchAll(runs: Queued[], disturb: (extend: WatchedExtend) => void = () => undefined): Promise<Array<{ end: WatchEnd; tookMs: number }>> {
	const clock = new VirtualClock();
	const extend = new WatchedExtend(clock);
	disturb(extend);
	const watcher = new RunWatcher(clock);
	const begunMs = clock.nowMs();
	return await Promise.all(
		runs.map(async ({ pendingMs, takesMs }, index) => {
			const end = await watcher.watch(extend.toWatch(extend.begin(`clr_${index}`, pendingMs + takesMs, { pendingMs }), TIMEOUT_MS));
			return { end, tookMs: clock.nowMs() - begunMs };
		}),
	);
}

const kinds = (ends: Array<{ end: WatchEnd }>) => ends.map(({ end }) => end.kind);
/** Runs of a queue of which one is taken in every so often. */
const queue = (count: number, everyMs: number): Queued[] => Array.from({ length: count }, (_, index) => ({ pendingMs: index * everyMs, takesMs: 5_000 }));

describe('RunWatcher.watch, with a queue at Extend', () => {
	it.each([
		[100, 10_000],
		[20, 50_000],
	])('sees all of %i runs finish of which one is taken in every %i ms, though each may take a minute only', async (count, everyMs) => {
		expect(new Set(kinds(await watchAll(queue(count, everyMs))))).toEqual(new Set(['final']));
	});

	it('gives the runs up a timeout after the last one has finished', async () => {
		const stuck = { pendingMs: 10 * HOUR_MS, takesMs: 1_000 };
		const ends = await watchAll([...queue(20, 10_000), stuck, stuck]);
		expect(kinds(ends).slice(-3)).toEqual(['final', 'deadline', 'deadline']);
		const lastMs = 19 * 10_000 + 5_000;
		for (const { tookMs } of ends.slice(-2)) {
			expect(tookMs).toBeGreaterThanOrEqual(lastMs + TIMEOUT_MS);
			expect(tookMs).toBeLessThan(lastMs + TIMEOUT_MS + 20_000);
		}
	});

	it.each([1, 2, 5])('lets %i runs of a queue that does not move time out as ever', async (count) => {
		const ends = await watchAll(Array(count).fill({ pendingMs: HOUR_MS, takesMs: 1_000 }));
		expect(new Set(kinds(ends))).toEqual(new Set(['deadline']));
		for (const { tookMs } of ends) expect(tookMs).toBe(TIMEOUT_MS + 40);
	});

	it('counts the time from when a run leaves the queue', async () => {
		const slow = { pendingMs: 150_000, takesMs: HOUR_MS };
		const ends = await watchAll([...queue(60, 10_000), slow]);
		const { end, tookMs = 0 } = ends.at(-1) ?? {};
		expect(end).toMatchObject({ kind: 'deadline', run: { status: 'PROCESSING' } });
		expect(tookMs).toBeGreaterThan(150_000 + TIMEOUT_MS - 15_000);
		expect(tookMs).toBeLessThan(150_000 + TIMEOUT_MS + 15_000);
	});

	it('does not count it either while runs of other processes finish, as the list shows', async () => {
		const ends = await watchAll(Array(4).fill({ pendingMs: 300_000, takesMs: 1_000 }), (extend) => (extend.strangers = 5));
		expect(kinds(ends)).toEqual(Array(4).fill('final'));
	});
});

describe('putOffMs', () => {
	it.each([
		['counts from the last finish', 500_000, 560_000],
		['leaves a deadline alone that is later', 0, 60_000],
		['ends a day after the beginning', 30 * HOUR_MS, 24 * HOUR_MS],
	])('%s', (_, movedOnMs, deadlineMs) => {
		expect(putOffMs({ sinceMs: 0, timeoutMs: 60_000, deadlineMs: 60_000 }, movedOnMs)).toBe(deadlineMs);
	});

	it('keeps a timeout that is longer than a day', () => {
		expect(putOffMs({ sinceMs: 0, timeoutMs: 48 * HOUR_MS, deadlineMs: 48 * HOUR_MS }, 30 * HOUR_MS)).toBe(48 * HOUR_MS);
	});
});
