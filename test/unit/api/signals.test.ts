/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- waits for a timeout, and asks Node about it */
import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { firstToEnd, onAbort } from '../../../nodes/Extend/api/signals';

const after = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** A run of the garbage collector; Node keeps it from programs that are not started with the flag. */
function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	if (typeof collect !== 'function') throw new Error('Node has no garbage collector to call');
	collect();
}

describe('onAbort', () => {
	it('acts once for each who asked when the signal ends', () => {
		const [stop, acts] = [new AbortController(), [] as number[]];
		const act = (): void => void acts.push(1);
		onAbort(stop.signal, act);
		onAbort(stop.signal, act);
		stop.abort();
		stop.abort();
		expect(acts).toEqual([1, 1]);
	});

	it('acts at once when the signal has ended, and never without a signal', () => {
		const acts: string[] = [];
		onAbort(AbortSignal.abort(), () => acts.push('ended'))();
		onAbort(undefined, () => acts.push('none'))();
		expect(acts).toEqual(['ended']);
	});

	it('has one listener at the signal for a hundred, and none when they have all taken it back', () => {
		const stop = new AbortController();
		const releases = Array.from({ length: 100 }, () => onAbort(stop.signal, () => undefined));
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
		for (const release of releases) release();
		for (const release of releases) release();
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});

	it('does not act for one who has taken it back, also when others have not', () => {
		const [stop, acts] = [new AbortController(), [] as string[]];
		onAbort(stop.signal, () => acts.push('stays'));
		onAbort(stop.signal, () => acts.push('leaves'))();
		stop.abort();
		expect(acts).toEqual(['stays']);
	});

	it('acts for one who comes after all others have left', () => {
		const [stop, acts] = [new AbortController(), [] as string[]];
		onAbort(stop.signal, () => acts.push('first'))();
		onAbort(stop.signal, () => acts.push('second'));
		stop.abort();
		expect(acts).toEqual(['second']);
	});
});

describe('firstToEnd', () => {
	it('ends with whichever signal ends first', () => {
		const [first, second] = [new AbortController(), new AbortController()];
		const signal = firstToEnd([first.signal, undefined, second.signal]);
		expect(signal.aborted).toBe(false);
		second.abort();
		expect(signal.aborted).toBe(true);
	});

	it('has ended when one of them has', () => {
		expect(firstToEnd([new AbortController().signal, AbortSignal.abort()]).aborted).toBe(true);
	});

	it('ends with a timeout that nothing else holds, whatever the garbage collector does meanwhile', async () => {
		const signals = Array.from({ length: 20 }, () => firstToEnd([AbortSignal.timeout(200), new AbortController().signal]));
		await after(50);
		collectGarbage();
		await after(400);
		expect(signals.filter(({ aborted }) => aborted)).toHaveLength(20);
	});

	it('leaves nothing at the signals that go on', () => {
		const stop = new AbortController();
		const over = new AbortController();
		firstToEnd([over.signal, stop.signal]);
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
		over.abort();
		expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
	});
});
