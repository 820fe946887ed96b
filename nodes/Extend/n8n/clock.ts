import { sleep } from 'n8n-workflow';
import type { Clock } from '../api/clock';
import { onAbort } from '../api/signals';

/** n8n before 2.34 cannot end a sleep early, so pauses are cut into slices after which the signal is looked at. */
const SLICE_MS = 500;

/**
 * The real clock, whose pauses end with n8n's Stop.
 * @param released ends when nobody needs the clock any more, so that it does not hang on an execution that goes on
 * @param owner the execution, where it has more clocks than one
 */
export function createClock(stop: AbortSignal | undefined, { released, owner }: { released?: AbortSignal; owner?: object } = {}): Clock {
	return {
		owner,
		nowMs: () => Date.now(),
		random: () => Math.random(),
		isCancelled: () => stop?.aborted ?? false,
		whenCancelled: new Promise((resolve) => onAbort(released, onAbort(stop, resolve))),
		pause: async (ms, wake) => await pauseUntil(Date.now() + ms, [stop, wake]),
	};
}

async function pauseUntil(endMs: number, signals: Array<AbortSignal | undefined>): Promise<void> {
	const ending = new AbortController();
	const releases = signals.map((signal) => onAbort(signal, () => ending.abort()));
	do {
		await sleep(Math.max(0, Math.min(SLICE_MS, endMs - Date.now())), ending.signal).catch(() => undefined);
	} while (!ending.signal.aborted && Date.now() < endMs);
	for (const release of releases) release();
}
