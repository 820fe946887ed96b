import type { Clock } from './clock';
import type { ExtendError } from './errors';
import type { Slot } from './rateLimiter';
import { RateLimiter } from './rateLimiter';
import type { Waiting } from './turns';
import { Turns } from './turns';

/** Extend counts reads, changes and submitted runs apart. @see https://docs.extend.ai/2026-02-09/general/rate-limits */
export type BucketName = 'get' | 'write' | 'run';

interface WaitingRequest extends Waiting {
	clock: Clock;
	/** Lets the request go out. */
	admit: () => void;
}

/** One bucket: its rate limiter, and those who wait for it, whose executions take turns. */
export class Bucket {
	readonly limiter: RateLimiter;
	/** The last refusal that has asked for a long pause, and when that ends, in ms. */
	longRefusal: { error: ExtendError; untilMs: number } | undefined;
	private readonly turns = new Turns<WaitingRequest>();
	/** Whether somebody is being let through; there is one loop for all. */
	private isServing = false;
	/** Ends the pause when a request comes back, which may free a slot sooner. */
	private wake = new AbortController();

	/** @param leastTravelMs see RateLimiter */
	constructor(leastTravelMs = 0) {
		this.limiter = new RateLimiter(leastTravelMs);
	}

	/** Resolves when a request may go out, and counts it as sent; at once, uncounted, when the workflow is stopped. */
	async take(clock: Clock): Promise<Slot | undefined> {
		return await new Promise((resolve) => {
			const admit = (): void => resolve(this.limiter.sent(clock.nowMs()));
			this.turns.add({ clock, admit, cancel: () => resolve(undefined) });
			if (!this.isServing) void this.serve();
		});
	}

	/** Notes that a request has come back, whatever with. */
	returned(slot: Slot, nowMs: number): void {
		this.limiter.returned(slot, nowMs);
		this.wake.abort();
	}

	/** Notes a 429. @param longestPauseMs those who wait in line are told of a longer one at once, and nothing is sent meanwhile */
	refused(error: ExtendError, nowMs: number, longestPauseMs: number): void {
		const { retryAfterMs } = error.facts;
		const isLong = retryAfterMs !== undefined && retryAfterMs > longestPauseMs;
		if (isLong) this.longRefusal = { error, untilMs: nowMs + retryAfterMs };
		this.limiter.refused(nowMs, isLong ? undefined : retryAfterMs);
	}

	private async serve(): Promise<void> {
		this.isServing = true;
		for (let first = this.turns.first(); first !== undefined; first = this.turns.first()) {
			const { clock } = first;
			const waitMs = this.limiter.waitMs(clock.nowMs());
			if (clock.isCancelled()) this.turns.takeFirst()?.cancel();
			else if (waitMs === 0) this.turns.takeFirst()?.admit();
			else await this.pause(clock, waitMs);
		}
		this.isServing = false;
	}

	/** Ends at once for an execution that is cancelled. */
	private async pause(clock: Clock, ms: number): Promise<void> {
		this.wake = new AbortController();
		await clock.pause(ms, this.wake.signal);
	}
}

export type Buckets = Record<BucketName, Bucket>;

/** Runs are started a little slower than they can be read: at the same rate, finished ones would wait ever longer. */
const START_SPARE_MS = 80;

/**
 * The buckets of one credential, to be shared by all executions of a process: Extend's limits hold for an organization,
 * and mail or storage triggers make an execution per document.
 */
export function createBuckets(): Buckets {
	return { get: new Bucket(), write: new Bucket(), run: new Bucket(START_SPARE_MS) };
}
