/**
 * Requests per second of one budget on Extend's pay-as-you-go plan; the pace begins here.
 * @see https://docs.extend.ai/2026-02-09/general/rate-limits
 */
const FIRST_RATE = 10;
const LOWEST_RATE = 0.5;
const WINDOW_MS = 1_000;
/** Spare time per window, since requests do not travel equally fast. */
const WINDOW_MARGIN_MS = 20;
/** Pause after a refusal that names none. */
const DEFAULT_HOLD_MS = 1_000;
/** Refusals this close together are one event: the requests were under way already. */
const SAME_REFUSAL_MS = 1_000;
const RECOVERY_STEP_MS = 1_000;
const RECOVERY_GROWTH = 1.25;
/** Time without a refusal after which a higher rate is tried, and by how much. */
const PROBE_AFTER_MS = 60_000;
const PROBE_GROWTH = 1.1;
const BACK_DOWN = 0.9;

/**
 * How fast requests of one budget may go out: starts at the plan's limit, halves on a refusal, comes back quickly to
 * the last rate that worked and tries more only now and then. Several processes find their share that way.
 * Pure bookkeeping: all times are handed in, in ms.
 */
export class Pace {
	private rate = FIRST_RATE;
	private provenRate = FIRST_RATE;
	private heldUntilMs = 0;
	private refusedAtMs = Number.NEGATIVE_INFINITY;
	private refusedSinceMs: number | undefined;
	private changedAtMs = Number.NEGATIVE_INFINITY;
	private sentAtMs: number[] = [];

	/** Milliseconds until the next request may go out; 0 for now. */
	waitMs(nowMs: number): number {
		const windowMs = Math.max(WINDOW_MS, WINDOW_MS / this.rate) + WINDOW_MARGIN_MS;
		const capacity = Math.max(1, Math.floor(this.rate));
		this.sentAtMs = this.sentAtMs.filter((sentMs) => sentMs > nowMs - windowMs);
		const blocking = this.sentAtMs[this.sentAtMs.length - capacity];
		const windowWaitMs = blocking === undefined ? 0 : blocking + windowMs - nowMs;
		return Math.max(0, windowWaitMs, this.heldUntilMs - nowMs);
	}

	sent(nowMs: number): void {
		this.sentAtMs.push(nowMs);
	}

	/** Notes a request that was not refused for coming too fast. */
	accepted(nowMs: number): void {
		this.refusedSinceMs = undefined;
		if (this.changedAtMs === Number.NEGATIVE_INFINITY) this.changedAtMs = nowMs;
		const quietMs = nowMs - this.changedAtMs;
		if (this.rate < this.provenRate && quietMs >= RECOVERY_STEP_MS) {
			this.change(Math.min(this.provenRate, this.rate * RECOVERY_GROWTH), nowMs);
		} else if (this.rate >= this.provenRate && quietMs >= PROBE_AFTER_MS && this.isBusy()) {
			this.change(this.rate * PROBE_GROWTH, nowMs);
		} else if (this.rate > this.provenRate && quietMs >= RECOVERY_STEP_MS && this.isBusy()) {
			this.provenRate = this.rate;
		}
	}

	/** Notes a 429. */
	refused(nowMs: number, retryAfterMs = DEFAULT_HOLD_MS): void {
		this.refusedSinceMs ??= nowMs;
		this.heldUntilMs = Math.max(this.heldUntilMs, nowMs + retryAfterMs);
		if (nowMs - this.refusedAtMs >= SAME_REFUSAL_MS) {
			if (this.rate <= this.provenRate) this.provenRate = Math.max(LOWEST_RATE, this.rate * BACK_DOWN);
			this.change(Math.max(LOWEST_RATE, this.rate / 2), nowMs);
		}
		this.refusedAtMs = nowMs;
	}

	/** How long nothing but refusals has come, in ms; 0 while requests are accepted. */
	refusedForMs(nowMs: number): number {
		return this.refusedSinceMs === undefined ? 0 : nowMs - this.refusedSinceMs;
	}

	private change(rate: number, nowMs: number): void {
		this.rate = rate;
		this.changedAtMs = nowMs;
	}

	private isBusy(): boolean {
		return this.sentAtMs.length >= Math.floor(this.rate);
	}
}
