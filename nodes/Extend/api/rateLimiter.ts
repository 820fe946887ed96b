/**
 * Requests per second of one bucket on Extend's pay-as-you-go plan, with which the rate limiter begins.
 * @see https://docs.extend.ai/2026-02-09/general/rate-limits
 */
const FIRST_RATE = 10;
const LOWEST_RATE = 0.5;
const WINDOW_MS = 1_000;
/** A request reaches Extend somewhere between its sending and its answer, but hardly later than this after it was sent. */
const LONGEST_TRAVEL_MS = 100;
/** Pause after a refusal that names none. */
const DEFAULT_HOLD_MS = 1_000;
/** Refusals this close together are one event: the requests were under way already. */
const SAME_REFUSAL_MS = 1_000;
const RECOVERY_STEP_MS = 1_000;
const RECOVERY_GROWTH = 1.25;
/** Time at full use after which a higher rate is tried; twice as long after each try that was refused. */
const FIRST_PROBE_AFTER_MS = 60_000;
/** The same where less works than every plan allows: others share the limit, or a bad spell is over. */
const EAGER_PROBE_AFTER_MS = 5_000;
const EAGER_BELOW_RATE = 0.9 * FIRST_RATE;
const LAST_PROBE_AFTER_MS = 480_000;
const PROBE_GROWTH = 1.1;
const BACK_DOWN = 0.95;

/** A request within the window that Extend counts. */
export interface Slot {
	sentMs: number;
	/** How much later it has reached Extend at most. */
	travelMs: number;
}

/**
 * How fast requests of one bucket may go out: starts at the plan's limit, halves on a refusal, comes back quickly to
 * the last rate that worked and tries more only now and then. Several processes find their share that way.
 * Pure bookkeeping: all times are handed in, in ms.
 */
export class RateLimiter {
	private requestsPerSecond = FIRST_RATE;
	private provenPerSecond = FIRST_RATE;
	private heldUntilMs = 0;
	private refusedAtMs = Number.NEGATIVE_INFINITY;
	private refusedSinceMs: number | undefined;
	private probeAfterMs = FIRST_PROBE_AFTER_MS;
	private changedAtMs = Number.NEGATIVE_INFINITY;
	private slots: Slot[] = [];

	/** @param leastTravelMs what every request is counted longer at least, which makes it a little slower */
	constructor(private readonly leastTravelMs = 0) {}

	/** Milliseconds until the next request may go out; 0 for now. */
	waitMs(nowMs: number): number {
		// A whole number of requests in a window that is stretched to fit the rate.
		const windowMs = (WINDOW_MS * this.capacity()) / this.requestsPerSecond;
		const freeMs = ({ sentMs, travelMs }: Slot): number => sentMs + travelMs + windowMs;
		// A clock that was set back must not hold everything up until it is where it was.
		this.slots = this.slots.filter((slot) => freeMs(slot) > nowMs && slot.sentMs <= nowMs);
		if (this.refusedAtMs > nowMs) this.heldUntilMs = nowMs;
		const ends = this.slots.map(freeMs).sort((one, other) => one - other);
		const nextFreeMs = ends[ends.length - this.capacity()] ?? nowMs;
		return Math.max(0, nextFreeMs - nowMs, this.heldUntilMs - nowMs);
	}

	/** Takes a slot for a request that goes out now. */
	sent(nowMs: number): Slot {
		const slot = { sentMs: nowMs, travelMs: LONGEST_TRAVEL_MS };
		this.slots.push(slot);
		return slot;
	}

	/** Notes that the request has come back, whatever with. */
	returned(slot: Slot, nowMs: number): void {
		slot.travelMs = Math.max(this.leastTravelMs, Math.min(nowMs - slot.sentMs, LONGEST_TRAVEL_MS));
	}

	/** Notes an answer that did not refuse the request for coming too fast. */
	accepted(nowMs: number): void {
		this.refusedSinceMs = undefined;
		if (this.changedAtMs === Number.NEGATIVE_INFINITY) this.changedAtMs = nowMs;
		const quietMs = nowMs - this.changedAtMs;
		if (this.requestsPerSecond < this.provenPerSecond && quietMs >= RECOVERY_STEP_MS) {
			this.change(Math.min(this.provenPerSecond, this.requestsPerSecond * RECOVERY_GROWTH), nowMs);
		} else if (this.requestsPerSecond >= this.provenPerSecond && quietMs >= this.probeAfterMs && this.isBusy()) {
			this.change(this.requestsPerSecond * PROBE_GROWTH, nowMs);
		} else if (this.requestsPerSecond > this.provenPerSecond && quietMs >= RECOVERY_STEP_MS && this.isBusy()) {
			this.provenPerSecond = this.requestsPerSecond;
			this.probeAfterMs = this.firstProbeAfterMs();
		}
	}

	/** Notes a 429. */
	refused(nowMs: number, retryAfterMs = DEFAULT_HOLD_MS): void {
		// While nothing is accepted at all, as in an outage, refusals do not tell which rate would work.
		const tellsRate = this.refusedSinceMs === undefined;
		this.refusedSinceMs ??= nowMs;
		this.heldUntilMs = Math.max(this.heldUntilMs, nowMs + retryAfterMs);
		if (nowMs - this.refusedAtMs >= SAME_REFUSAL_MS) {
			if (this.requestsPerSecond > this.provenPerSecond) this.endProbe(nowMs);
			else this.halve(nowMs, tellsRate ? this.requestsPerSecond * BACK_DOWN : this.provenPerSecond);
		}
		this.refusedAtMs = nowMs;
	}

	/** How long nothing but refusals has come, in ms; 0 while requests are accepted. */
	refusedForMs(nowMs: number): number {
		return this.refusedSinceMs === undefined ? 0 : nowMs - this.refusedSinceMs;
	}

	/** The higher rate was only a try: the one before it holds. */
	private endProbe(nowMs: number): void {
		this.probeAfterMs = Math.min(2 * this.probeAfterMs, LAST_PROBE_AFTER_MS);
		this.change(this.provenPerSecond, nowMs);
	}

	private halve(nowMs: number, provenPerSecond: number): void {
		this.provenPerSecond = Math.max(LOWEST_RATE, provenPerSecond);
		this.probeAfterMs = Math.min(this.probeAfterMs, this.firstProbeAfterMs());
		this.change(Math.max(LOWEST_RATE, this.requestsPerSecond / 2), nowMs);
	}

	private firstProbeAfterMs(): number {
		return this.provenPerSecond < EAGER_BELOW_RATE ? EAGER_PROBE_AFTER_MS : FIRST_PROBE_AFTER_MS;
	}

	private change(requestsPerSecond: number, nowMs: number): void {
		this.requestsPerSecond = requestsPerSecond;
		this.changedAtMs = nowMs;
	}

	private isBusy(): boolean {
		return this.slots.length >= this.capacity();
	}

	private capacity(): number {
		return Math.ceil(this.requestsPerSecond);
	}
}
