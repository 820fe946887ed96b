import type { RunSource } from '../../../nodes/Extend/waiting/openRun';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { VirtualClock } from '../support/virtualClock';
import { WatchedExtend } from '../support/watchedExtend';

const HOUR_MS = 3_600_000;

/** Watches so many runs of one execution, and counts how often the watcher asks its clocks: it does so for all that it does. */
async function workFor(count: number, pollMs = 40): Promise<{ callsEach: number; polls: number; lists: number }> {
	const clock = new VirtualClock();
	const own = new VirtualClock();
	const extend = new WatchedExtend(clock);
	extend.latencyMs = pollMs;
	let calls = 0;
	const counting = <T>(ask: () => T): T => {
		calls += 1;
		return ask();
	};
	const counted = (of: VirtualClock) => {
		const [nowMs, isCancelled] = [of.nowMs.bind(of), of.isCancelled.bind(of)];
		return Object.assign(Object.create(of) as VirtualClock, {
			nowMs: () => counting(nowMs),
			isCancelled: () => counting(isCancelled),
			pause: of.pause.bind(of),
		});
	};
	const watcher = new RunWatcher(counted(clock));
	const source: RunSource = { ...extend.sourceOf(own), clock: counted(own) };
	const runs = Array.from({ length: count }, (_, index) => extend.begin(`clr_${index}`, 2_000 + index * 40));
	const ends = await Promise.all(runs.map(async (run) => await watcher.watch(extend.toWatch(run, HOUR_MS, source))));
	expect(new Set(ends.map(({ kind }) => kind))).toEqual(new Set(['final']));
	return { callsEach: calls / count, polls: extend.lookCount, lists: extend.listCount };
}

describe('RunWatcher, in the work for each run', () => {
	it('does about as much for each of 2,500 runs as for each of 250', async () => {
		const [few, many] = [await workFor(250), await workFor(2_500)];
		expect(many.callsEach).toBeLessThan(2 * few.callsEach);
	});

	it('asks no more often when every answer takes thirty times as long', async () => {
		const [fast, slow] = [await workFor(1_000), await workFor(1_000, 6_000)];
		expect(slow.polls + slow.lists).toBeLessThan(1.5 * (fast.polls + fast.lists));
	});
});
