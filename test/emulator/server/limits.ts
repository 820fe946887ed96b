import type { EmulatorOptions } from '../options';
import { ApiProblem } from './errors';
import type { Bucket } from './records';

const WINDOW_MS = 1_000;

/** Extend's requests per second, one sliding second for each bucket; the limits are read anew on every request. */
export class RateLimiter {
	private readonly accepted: Record<Bucket, number[]> = { get: [], write: [], run: [] };

	constructor(private readonly options: EmulatorOptions) {}

	/**
	 * Counts a request; a refused one does not count.
	 * @throws ApiProblem 429
	 */
	take(bucket: Bucket, nowMs: number): void {
		const limit = this.options.rateLimits?.[bucket];
		if (limit === undefined) return;
		const recent = this.accepted[bucket].filter((atMs) => atMs > nowMs - WINDOW_MS);
		this.accepted[bucket] = recent;
		if (recent.length >= limit) {
			throw tooMany('Too many requests.', (recent[0] ?? nowMs) + WINDOW_MS, this.options);
		}
		recent.push(nowMs);
	}
}

/** 429 with `Retry-After` as the options want it. */
export function tooMany(message: string, freeAtMs: number, options: EmulatorOptions): ApiProblem {
	return new ApiProblem(429, message, retryAfter(freeAtMs, options));
}

function retryAfter(freeAtMs: number, { retryAfter: form, nowMs }: EmulatorOptions): Record<string, string> {
	if (form === 'none') return {};
	if (form === 'seconds') return { 'retry-after': String(Math.max(1, Math.ceil((freeAtMs - nowMs()) / 1_000))) };
	// HTTP dates have whole seconds; rounding down would name a moment that is too early.
	return { 'retry-after': new Date(Math.ceil(freeAtMs / 1_000) * 1_000).toUTCString() };
}
