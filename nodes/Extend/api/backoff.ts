export interface Backoff {
	firstMs: number;
	growth: number;
	capMs: number;
	/** Share of the pause by which it varies either way, so that clients do not come back all at once. */
	jitter: number;
}

export interface TimeLeft {
	/** 0 for the first repetition. */
	attempt: number;
	remainingMs: number;
	retryAfterMs?: number;
}

/**
 * Milliseconds to pause before the next attempt; undefined when no useful attempt is left.
 * No pause is shorter than `retryAfterMs`, since asking sooner only earns another refusal; past the deadline it ends the wait.
 * @param random in [0, 1)
 */
export function nextPauseMs(left: TimeLeft, schedule: Backoff, random: number): number | undefined {
	const { attempt, remainingMs, retryAfterMs = 0 } = left;
	if (remainingMs <= 0 || retryAfterMs > remainingMs) return undefined;
	const baseMs = Math.min(schedule.firstMs * schedule.growth ** attempt, schedule.capMs);
	const jitteredMs = baseMs * (1 + schedule.jitter * (2 * random - 1));
	return Math.round(Math.min(Math.max(jitteredMs, retryAfterMs), remainingMs));
}

/** Longest pause that headers can ask for; what is longer is no date that can be written. */
const MAX_RETRY_AFTER_MS = 365 * 24 * 3_600_000;

/**
 * Milliseconds that the headers of an answer ask to pause, a year at most; undefined where they do not say.
 * @see https://docs.extend.ai/2026-02-09/general/rate-limits names `Retry-After`; Extend's SDKs also read the other
 */
export function readAskedPauseMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
	return readRetryAfterMs(headers['retry-after'], nowMs) ?? readResetMs(headers['x-ratelimit-reset'], nowMs);
}

/** For a moment in seconds since 1970; one that is past says nothing. */
function readResetMs(header: string | undefined, nowMs: number): number | undefined {
	const ms = Number(header) * 1_000 - nowMs;
	return ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : undefined;
}

/**
 * Milliseconds that a `Retry-After` header asks for; undefined without one that can be read.
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after seconds or an HTTP date
 */
function readRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
	if (header === undefined || header.trim() === '') return undefined;
	const seconds = Number(header);
	const ms = Number.isFinite(seconds) ? seconds * 1_000 : parseHttpDateMs(header) - nowMs;
	return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/** Milliseconds since 1970, NaN where it is no HTTP date; Date.parse alone would read almost any text that ends in a number. */
export function parseHttpDateMs(text: string): number {
	return /^[A-Za-z]{3,9},? .{1,30}\d{2}:\d{2}:\d{2}/.test(text.trim()) ? Date.parse(text) : Number.NaN;
}
