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

	it('looks again soon when a look at an old run did not succeed', async () => {
		const { clock, extend, watcher } = setUp();
		const run = extend.begin('clr_1', HOUR_MS);
		const endsMs = clock.nowMs() + HOUR_MS;
		let faultMs: number | undefined;
		extend.lookFault = () => {
			if (faultMs !== undefined || clock.nowMs() < endsMs) return undefined;
			faultMs = clock.nowMs();
			return readApiError(answer(503, {}));
		};
		await watcher.watch(extend.toWatch(run, 2 * HOUR_MS));
		expect(clock.nowMs() - (faultMs ?? 0)).toBeLessThan(2_000);
	});

	it.each([503, 429])('looks no sooner than Extend asks for with %i, and ends at once when that is after the deadline', async (status) => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		const looksMs: number[] = [];
		extend.lookFault = () => (looksMs.push(clock.nowMs() - begunMs), readApiError(answer(status, {})).withFacts({ retryAfterMs: 20_000 }));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 35_000));
		const [first = 0, second = 0, ...others] = looksMs;
		expect(first).toBeLessThan(2_000);
		expect(second - first).toBeGreaterThanOrEqual(20_000);
		expect(second - first).toBeLessThan(22_500);
		expect(others).toEqual([]);
		expect(clock.nowMs() - begunMs).toBeLessThan(second + 1_000);
		expect(end).toMatchObject({ kind: 'deadline', pause: { message: expect.stringMatching(/Extend asks to wait until \S+ \S+ UTC$/) } });
	});

	it('waits for the read of a run that a list shows as final, whatever pause Extend asks for', async () => {
		const { clock, extend, watcher } = setUp();
		const readableMs = clock.nowMs() + 60_000;
		extend.lookFault = () => (clock.nowMs() < readableMs ? readApiError(answer(429, {})).withFacts({ retryAfterMs: 40_000 }) : undefined);
		const runs = Array.from({ length: 4 }, (_, number) => extend.toWatch(extend.begin(`clr_${number}`, 1_500), 20_000));
		const ends = await Promise.all(runs.map(async (run) => await watcher.watch(run)));
		expect(new Set(ends.map(({ kind, run }) => `${kind} ${run?.status}`))).toEqual(new Set(['final PROCESSED']));
	});

	it('ends within seconds of the deadline when all polls are refused for coming too fast', async () => {
		const { clock, extend, watcher } = setUp();
		const begunMs = clock.nowMs();
		extend.lookFault = () => readApiError(answer(429, {}));
		extend.listFault = () => readApiError(answer(429, {}));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 5_000));
		expect(end).toMatchObject({ kind: 'deadline', lastFault: { facts: { status: 429 } } });
		expect(clock.nowMs() - begunMs).toBeLessThan(25_000);
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

	it.each([401, 402, 403])('ends at once when Extend answers %i', async (status) => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => readApiError(answer(status, { code: 'X' }));
		const end = await watcher.watch(extend.toWatch(extend.begin('clr_1', 5_000), HOUR_MS));
		expect(end).toMatchObject({ kind: 'unreadable', run: { id: 'clr_1' }, error: { facts: { status } } });
		expect(extend.lookCount).toBe(1);
	});

	it.each([302, 400, 410, 422])('ends after five looks in a row when Extend answers %i', async (status) => {
		const { extend, watcher } = setUp();
		extend.lookFault = () => readApiError(answer(status, { code: 'X' }));
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
		extend.lookFault = () => new ExtendError('x', 'y', { code: 'RUN_FAILED', runStatus: 'FAILED' });
		expect((await watcher.watch(extend.toWatch(extend.begin('clr_1', HOUR_MS), 10_000))).kind).toBe('deadline');
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
});
