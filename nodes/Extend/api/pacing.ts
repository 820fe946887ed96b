import type { Clock } from './clock';
import type { Slot } from './pace';
import { Pace } from './pace';

/** Extend counts reads, changes and submitted runs apart. @see https://docs.extend.ai/2026-02-09/general/rate-limits */
export type BudgetName = 'get' | 'write' | 'run';

/** One budget: its pace, and the line of those who wait for it, first come, first served. */
export class Budget {
	readonly pace: Pace;
	private lastInLine: Promise<void> = Promise.resolve();
	/** Wakes the first in line when a request comes back, which may make room sooner. */
	private wake = new AbortController();

	/** @param leastTravelMs see Pace */
	constructor(leastTravelMs = 0) {
		this.pace = new Pace(leastTravelMs);
	}

	/** Resolves when a request may go out, and counts it as sent; at once, uncounted, when the workflow is stopped. */
	async take(clock: Clock): Promise<Slot | undefined> {
		const ahead = this.lastInLine;
		let leave = (): void => undefined;
		this.lastInLine = new Promise((resolve) => {
			leave = resolve;
		});
		await Promise.race([ahead, clock.whenCancelled]);
		let waitMs = this.pace.waitMs(clock.nowMs());
		while (waitMs > 0 && !clock.isCancelled()) {
			this.wake = new AbortController();
			await clock.pause(waitMs, this.wake.signal);
			waitMs = this.pace.waitMs(clock.nowMs());
		}
		const slot = clock.isCancelled() ? undefined : this.pace.sent(clock.nowMs());
		void ahead.then(leave);
		return slot;
	}

	/** Notes that a request has come back, whatever with. */
	returned(slot: Slot, nowMs: number): void {
		this.pace.returned(slot, nowMs);
		this.wake.abort();
	}
}

export type Pacing = Record<BudgetName, Budget>;

/** Runs are started a little slower than they can be read: at the same pace, finished ones would wait ever longer. */
const START_SPARE_MS = 80;

const pacingByKey = new Map<string, Pacing>();

/**
 * The budgets of one credential, shared by all executions of this process: Extend's limits hold for an organization,
 * and mail or storage triggers make an execution per document.
 * @param key names base URL and API key without revealing the key
 */
export function pacingFor(key: string): Pacing {
	const known = pacingByKey.get(key);
	if (known !== undefined) return known;
	const pacing = { get: new Budget(), write: new Budget(), run: new Budget(START_SPARE_MS) };
	pacingByKey.set(key, pacing);
	return pacing;
}
