import { connectionError, ExtendError, inputError, readApiError } from '../../../nodes/Extend/api/errors';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { answer } from '../support/answers';
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

	it('waits for a first look however long it takes', async () => {
		const { extend, watcher } = setUp();
		extend.latencyMs = 90_000;
		const { id } = extend.begin('clr_1', 0);
		const end = await watcher.watch({ ...extend.toWatch({ id, status: '', json: {} }, 1_000), run: undefined });
		expect(end.kind).toBe('final');
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

	it('ends after five looks in a row when Extend says a plain no', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		extend.lookFault = () => readApiError(answer(410, { code: 'ENDPOINT_REMOVED', retryable: false }));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), HOUR_MS));
		expect(end).toMatchObject({ kind: 'unreadable', error: { facts: { status: 410 } } });
		expect(extend.lookCount).toBe(5);
		expect(clock.nowMs() - begunMs).toBeLessThan(10_000);
	});

	it('goes on when a no passes within five looks, however often', async () => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => (extend.lookCount % 5 === 0 ? undefined : readApiError(answer(400, {})));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 60_000), HOUR_MS));
		expect(end.kind).toBe('final');
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

describe('RunWatcher.watch, when looks do not succeed', () => {
	it.each([
		['the connection is lost', connectionError('no answer came')],
		['Extend refuses for now', readApiError(answer(429, {}))],
		['Extend is down', readApiError(answer(503, {}))],
		['something unforeseen happens', new TypeError('x is undefined')],
	])('looks again when %s', async (_, fault) => {
		const { clock, extend, watcher } = setUp();
		const recoversMs = clock.nowMs() + 20_000;
		extend.lookFault = () => (clock.nowMs() < recoversMs ? fault : undefined);
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), HOUR_MS));
		expect(end.kind).toBe('final');
		expect(extend.lookCount).toBeGreaterThan(3);
	});

	it('looks no sooner than Extend asks for, but once at the deadline', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		const looksMs: number[] = [];
		extend.lookFault = () => (looksMs.push(clock.nowMs() - begunMs), looksMs.length < 3 ? readApiError(answer(503, {})).withFacts({ retryAfterMs: 20_000 }) : undefined);
		await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 35_000));
		const [first = 0, second = 0, third = 0] = looksMs;
		expect(first).toBeLessThan(2_000);
		expect(second - first).toBeGreaterThanOrEqual(20_000);
		expect(second - first).toBeLessThan(22_500);
		expect(third).toBe(35_000 + extend.latencyMs);
	});

	it('tells the last fault when its time is over', async () => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => connectionError('no answer came');
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), 30_000));
		expect(end).toMatchObject({ kind: 'deadline', run: { status: 'PROCESSING' }, lastFault: { facts: { code: 'NO_CONNECTION' } } });
	});

	it('forgets the fault when a later look succeeds', async () => {
		const { clock, extend, watcher } = setUp();
		const recoversMs = clock.nowMs() + 5_000;
		extend.lookFault = () => (clock.nowMs() < recoversMs ? connectionError('no answer came') : undefined);
		expect(await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 30_000))).toMatchObject({ lastFault: undefined });
	});

	it.each([401, 402, 403, 404])('ends at once when Extend answers %i', async (status) => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => readApiError(answer(status, {}));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), HOUR_MS));
		expect(end).toMatchObject({ kind: 'unreadable', run: { id: 'clr_1' }, error: { facts: { status } } });
		expect(extend.lookCount).toBe(1);
	});

	it.each([302, 400, 410, 422])('ends after five looks in a row when Extend answers %i', async (status) => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => readApiError(answer(status, {}));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), HOUR_MS));
		expect(end).toMatchObject({ kind: 'unreadable', run: { id: 'clr_1' }, error: { facts: { status } } });
		expect(extend.lookCount).toBe(5);
	});

	it('ends at once when the ID cannot be sent', async () => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => inputError('"." is not an ID of Extend', 'Enter an ID.');
		expect((await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), HOUR_MS))).kind).toBe('unreadable');
		expect(extend.lookCount).toBe(1);
	});

	it.each([500, 503])('looks again when Extend answers %i, even where it says that this is of no use', async (status) => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => (extend.lookCount < 3 ? readApiError(answer(status, { retryable: false })) : undefined);
		expect((await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), HOUR_MS))).kind).toBe('final');
	});

	it('does not take the status of a run for that of an answer', async () => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => new ExtendError('x', 'y', { code: 'RUN_FAILED', status: 'FAILED' });
		expect((await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 10_000))).kind).toBe('deadline');
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
