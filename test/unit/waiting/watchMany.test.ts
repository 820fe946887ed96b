import { connectionError, readApiError } from '../../../nodes/Extend/api/errors';
import type { WatchEnd } from '../../../nodes/Extend/waiting/openRun';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { answer } from '../support/answers';
import { randomFrom, SEED } from '../support/random';
import { VirtualClock } from '../support/virtualClock';
import { WatchedExtend } from '../support/watchedExtend';

const HOUR_MS = 3_600_000;

interface Watched {
	end: WatchEnd;
	/** How long after its run finished, or its deadline, whichever is first. */
	lateMs: number;
}

function setUp(chance?: () => number): { clock: VirtualClock; extend: WatchedExtend; watcher: RunWatcher } {
	const clock = new VirtualClock(undefined, chance);
	return { clock, extend: new WatchedExtend(clock), watcher: new RunWatcher(clock) };
}

/** Watches a run from now on. */
async function watch({ clock, extend, watcher }: ReturnType<typeof setUp>, id: string, takesMs: number, timeoutMs = HOUR_MS): Promise<Watched> {
	const begunMs = clock.nowMs();
	const end = await watcher.watch(extend.toWatch(extend.begin(id, takesMs), timeoutMs));
	return { end, lateMs: clock.nowMs() - begunMs - Math.min(takesMs, timeoutMs) };
}

async function watchAll(all: ReturnType<typeof setUp>, takeMs: number[]): Promise<Watched[]> {
	return await Promise.all(takeMs.map(async (ms, index) => await watch(all, `clr_${index}`, ms)));
}

const spread = (count: number, overMs: number): number[] => Array.from({ length: count }, (_, index) => 2_000 + (index * overMs) / count);

describe('RunWatcher, watching many runs', () => {
	it.each([2, 3, 50, 500])('sees each of %i end soon after it has', async (count) => {
		const all = setUp();
		const watched = await watchAll(all, spread(count, 30_000));
		expect(watched.filter(({ end }) => end.kind !== 'final')).toEqual([]);
		expect(Math.max(...watched.map(({ lateMs }) => lateMs))).toBeLessThan(5_000);
	});

	it('asks little more than once for each when there are many', async () => {
		const all = setUp();
		await watchAll(all, spread(500, 30_000));
		expect(all.extend.lookCount).toBeLessThan(600);
		expect(all.extend.listCount).toBeLessThan(120);
	});

	it('pauses no more often than it has reason to', async () => {
		const all = setUp();
		await watchAll(all, spread(500, 30_000));
		expect(all.clock.pausesMs.length).toBeLessThan(4 * (all.extend.lookCount + all.extend.listCount));
	});

	it('makes few requests when nothing happens for an hour', async () => {
		const all = setUp();
		const watched = await Promise.all(Array.from({ length: 20 }, async (_, index) => await watch(all, `clr_${index}`, 2 * HOUR_MS)));
		expect(watched.filter(({ end }) => end.kind !== 'deadline')).toEqual([]);
		expect(all.extend.lookCount + all.extend.listCount).toBeLessThan(1_500);
		expect(all.clock.pausesMs.length).toBeLessThan(5_000);
	});

	it('asks no list sooner than Extend asks for', async () => {
		const all = setUp();
		const listsMs: number[] = [];
		all.extend.listFault = () => (listsMs.push(all.clock.nowMs()) < 3 ? readApiError(answer(503, {})).withFacts({ retryAfterMs: 15_000 }) : undefined);
		await watchAll(all, spread(50, 60_000));
		const [first = 0, second = 0, third = 0] = listsMs;
		expect([second - first, third - second].every((ms) => ms >= 15_000 && ms < 20_000)).toBe(true);
	});

	it('ends each at its own deadline', async () => {
		const all = setUp();
		const timeoutsMs = [5_000, 12_345, 30_000, 60_000, 61_000, 300_000];
		const watched = await Promise.all(timeoutsMs.map(async (ms, index) => await watch(all, `clr_${index}`, HOUR_MS, ms)));
		expect(watched.map(({ end }) => end.kind)).toEqual(timeoutsMs.map(() => 'deadline'));
		expect(Math.max(...watched.map(({ lateMs }) => lateMs))).toBeLessThanOrEqual(100);
		expect(Math.min(...watched.map(({ lateMs }) => lateMs))).toBeGreaterThanOrEqual(0);
	});

	it('takes in runs that come while others are watched', async () => {
		const all = setUp();
		const early = Array.from({ length: 10 }, async (_, index) => await watch(all, `clr_a${index}`, 60_000));
		await all.clock.elapse(40_000);
		const late = Array.from({ length: 10 }, async (_, index) => await watch(all, `clr_b${index}`, 3_000));
		const watched = await Promise.all(late);
		expect(Math.max(...watched.map(({ lateMs }) => lateMs))).toBeLessThan(3_000);
		expect((await Promise.all(early)).every(({ end }) => end.kind === 'final')).toBe(true);
	});

	it('looks at a new run at once when the others are old and rarely looked at', async () => {
		const all = setUp();
		const { clock, extend, watcher } = all;
		const old = watch(all, 'clr_old', HOUR_MS, 2 * HOUR_MS);
		await clock.elapse(HOUR_MS / 2);
		const { id } = extend.begin('clr_new', 0);
		const begunMs = clock.nowMs();
		await watcher.watch({ ...extend.toWatch({ id, status: '', json: {} }, HOUR_MS), run: undefined });
		expect(clock.nowMs() - begunMs).toBe(extend.latencyMs);
		expect((await old).end.kind).toBe('final');
	});

	it('begins anew when all had ended before', async () => {
		const all = setUp();
		await watchAll(all, spread(5, 10_000));
		await all.clock.elapse(HOUR_MS);
		const { end, lateMs } = await watch(all, 'clr_late', 3_000);
		expect([end.kind, lateMs < 2_000]).toEqual(['final', true]);
	});

	it('ends only the one that Extend does not show', async () => {
		const all = setUp();
		all.extend.lookFault = (id) => (id === 'clr_3' ? readApiError(answer(404, { code: 'NOT_FOUND' })) : undefined);
		const watched = await watchAll(all, spread(10, 5_000));
		expect(watched.map(({ end }) => end.kind)).toEqual(Array.from({ length: 10 }, (_, index) => (index === 3 ? 'unreadable' : 'final')));
	});

	it.each<[string, (extend: WatchedExtend) => void]>([
		['cannot be read', (extend) => (extend.listFault = () => connectionError('no answer came'))],
		['is full of the runs of others', (extend) => (extend.strangers = 5_000)],
		['lags by a minute', (extend) => (extend.lagMs = 60_000)],
	])('still sees all end when the list %s', async (_, disturb) => {
		const all = setUp();
		disturb(all.extend);
		const watched = await watchAll(all, spread(20, 30_000));
		expect(watched.filter(({ end }) => end.kind !== 'final')).toEqual([]);
		expect(Math.max(...watched.map(({ lateMs }) => lateMs))).toBeLessThan(30_000);
	});

	it(`loses no run when times, faults and lags are random (seed ${SEED})`, async () => {
		const random = randomFrom(SEED);
		for (let round = 0; round < 10; round++) {
			const all = setUp(random);
			all.extend.lagMs = random() * 5_000;
			all.extend.strangers = Math.floor(random() * 400);
			all.extend.lookFault = () => (random() < 0.2 ? connectionError('no answer came') : undefined);
			all.extend.listFault = () => (random() < 0.2 ? connectionError('no answer came') : undefined);
			const watched = await Promise.all(
				Array.from({ length: 1 + Math.floor(random() * 60) }, async (_, index) => {
					await all.clock.elapse(random() * 20_000);
					return await watch(all, `clr_${index}`, random() * 120_000, 1_000 + random() * 120_000);
				}),
			);
			expect(watched.filter(({ end, lateMs }) => lateMs < 0 || (end.kind !== 'final' && end.kind !== 'deadline'))).toEqual([]);
			expect(Math.max(...watched.map(({ lateMs }) => lateMs))).toBeLessThan(60_000);
			expect(all.clock.pausesMs.length).toBeLessThan(6 * (all.extend.lookCount + all.extend.listCount) + 100);
		}
	});
});
