import { RateLimiter } from '../../nodes/Extend/api/rateLimiter';

/**
 * Lets time run faster for the pace of requests in all tests of a file, since thousands of requests last minutes at ten
 * a second.
 */
export function hurryPace(factor = 30): void {
	const { waitMs, sent, returned, accepted } = RateLimiter.prototype;
	jest.spyOn(RateLimiter.prototype, 'waitMs').mockImplementation(function (this: RateLimiter, nowMs: number) {
		return waitMs.call(this, nowMs * factor) / factor;
	});
	jest.spyOn(RateLimiter.prototype, 'sent').mockImplementation(function (this: RateLimiter, nowMs: number) {
		return sent.call(this, nowMs * factor);
	});
	jest.spyOn(RateLimiter.prototype, 'returned').mockImplementation(function (this: RateLimiter, slot, nowMs: number) {
		returned.call(this, slot, nowMs * factor);
	});
	jest.spyOn(RateLimiter.prototype, 'accepted').mockImplementation(function (this: RateLimiter, nowMs: number) {
		accepted.call(this, nowMs * factor);
	});
}
