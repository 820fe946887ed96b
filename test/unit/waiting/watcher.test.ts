import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { VirtualClock } from '../support/virtualClock';
import { WatchedExtend } from '../support/watchedExtend';

const HOUR_MS = 3_600_000;

function setUp(): { clock: VirtualClock; extend: WatchedExtend; watcher: RunWatcher } {
	const clock = new VirtualClock();
	return { clock, extend: new WatchedExtend(clock), watcher: new RunWatcher(clock) };
}

describe('RunWatcher.watch', () => {
	it.each(['PROCESSED', 'FAILED', 'CANCELLED', 'BRAND_NEW'])('ends at once when the run is %s already', async (status) => {
		const { clock, extend, watcher } = setUp();
		const run = { id: 'clr_1', status, json: {} };
		expect(await watcher.watch(extend.toWatch(run, HOUR_MS))).toEqual({ kind: 'final', run });
		expect([extend.lookCount, clock.pausesMs.length]).toEqual([0, 0]);
	});

	it.each(['PROCESSED', 'FAILED', 'CANCELLED', 'BRAND_NEW'])('ends when the run becomes %s', async (ending) => {
		const { extend, watcher } = setUp();
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000, { ending }), HOUR_MS));
		expect(end).toMatchObject({ kind: 'final', run: { id: 'clr_1', status: ending } });
	});

	it.each([500, 5_000, 60_000, 1_800_000])('is at most a bit late when a run takes %i ms', async (takesMs) => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		await watcher.watch(extend.toWatch(extend.begin('clr_1', takesMs), HOUR_MS));
		expect(clock.nowMs() - begunMs - takesMs).toBeLessThanOrEqual(1_200 + takesMs / 8);
		expect(extend.lookCount).toBeLessThan(90);
		expect(clock.pausesMs.length).toBeLessThan(4 * extend.lookCount + 5);
	});

	it('looks without delay when only the ID is known', async () => {
		const { clock, extend, watcher } = setUp();
		const { id } = extend.begin('clr_1', 0);
		const begunMs = clock.nowMs();
		await watcher.watch({ ...extend.toWatch({ id, status: '', json: {} }, HOUR_MS), run: undefined });
		expect(clock.nowMs() - begunMs).toBe(extend.latencyMs);
	});

	it.each([0, -HOUR_MS])('looks once when its time was over %i ms from now', async (timeoutMs) => {
		const { extend, watcher } = setUp();
		const run = extend.begin('clr_1', HOUR_MS);
		const end = await watcher.watch({ ...extend.toWatch(run, timeoutMs), run: undefined });
		expect(end).toMatchObject({ kind: 'deadline', run: { status: 'PROCESSING' } });
		expect(extend.lookCount).toBe(1);
	});

	it('waits a while for a first look that takes longer than the timeout', async () => {
		const { extend, watcher } = setUp();
		extend.latencyMs = 14_000;
		const { id } = extend.begin('clr_1', 0);
		const end = await watcher.watch({ ...extend.toWatch({ id, status: '', json: {} }, 1_000), run: undefined });
		expect(end.kind).toBe('final');
	});

	it('does not wait long for a first look that hangs', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		extend.latencyMs = HOUR_MS;
		const { id } = extend.begin('clr_1', 0);
		const end = await watcher.watch({ ...extend.toWatch({ id, status: '', json: {} }, 5_000), run: undefined });
		expect(end).toMatchObject({ kind: 'deadline', run: undefined, lastFault: { facts: { code: 'NO_CONNECTION', retryable: true } } });
		expect(clock.nowMs() - begunMs).toBe(20_000);
	});

	it('looks a last time at its deadline', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 29_990), 30_000));
		expect(end.kind).toBe('final');
		expect(clock.nowMs() - begunMs).toBe(30_040);
	});

	it('ends with the newest run when its time is over', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 30_000));
		expect(end).toMatchObject({ kind: 'deadline', run: { status: 'PROCESSING' }, lastFault: undefined });
		expect(clock.nowMs() - begunMs).toBe(30_040);
	});

	it('looks a last time also when the computer has slept over the deadline', async () => {
		const { clock, extend, watcher } = setUp();
		const run = extend.toWatch(extend.begin('clr_1', 5_000), 60_000);
		clock.after(1_500, () => clock.sleep(HOUR_MS));
		expect(await watcher.watch(run)).toMatchObject({ kind: 'final', run: { status: 'PROCESSED' } });
	});

	it('does not wait long for a last look that hangs', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		extend.latencyMs = HOUR_MS;
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 30_000));
		expect(end.kind).toBe('deadline');
		expect(clock.nowMs() - begunMs).toBe(35_000);
	});
});

describe('RunWatcher.watch, when a workflow is stopped', () => {
	it('ends at once', async () => {
		const { clock, extend, watcher } = setUp();
		const own = new VirtualClock();
		const begunMs = clock.nowMs();
		clock.after(7_777, () => own.stop());
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), HOUR_MS, extend.sourceOf(own)));
		expect(end).toMatchObject({ kind: 'stopped', run: { status: 'PROCESSING' } });
		expect(clock.nowMs() - begunMs).toBe(7_777);
	});

	it('ends at once also while a look is under way', async () => {
		const { clock, extend, watcher } = setUp();
		const own = new VirtualClock();
		extend.latencyMs = HOUR_MS;
		const begunMs = clock.nowMs();
		clock.after(2_000, () => own.stop());
		expect((await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), HOUR_MS, extend.sourceOf(own)))).kind).toBe('stopped');
		expect(clock.nowMs() - begunMs).toBe(2_000);
	});

	it('ends before any look when it was stopped before', async () => {
		const { extend, watcher } = setUp();
		const own = new VirtualClock();
		own.stop();
		expect((await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), HOUR_MS, extend.sourceOf(own)))).kind).toBe('stopped');
		expect(extend.lookCount).toBe(0);
	});

	it('goes on for the runs of other workflows', async () => {
		const { clock, extend, watcher } = setUp();
		const own = new VirtualClock();
		clock.after(2_000, () => own.stop());
		const stopped = ['clr_1', 'clr_2', 'clr_3'].map((id) => extend.toWatch(extend.begin(id, 9_000), HOUR_MS, extend.sourceOf(own)));
		const others = ['clr_4', 'clr_5'].map((id) => extend.toWatch(extend.begin(id, 9_000), HOUR_MS));
		const ends = await Promise.all([...stopped, ...others].map(async (run) => await watcher.watch(run)));
		expect(ends.map(({ kind }) => kind)).toEqual(['stopped', 'stopped', 'stopped', 'final', 'final']);
	});
});
