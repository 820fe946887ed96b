import { Pace } from '../../nodes/Extend/api/pace';

/**
 * Lets time run faster for the pace of requests in all tests of a file, since thousands of requests last minutes at ten
 * a second.
 */
export function hurryPace(factor = 30): void {
	const { waitMs, sent, returned, accepted } = Pace.prototype;
	jest.spyOn(Pace.prototype, 'waitMs').mockImplementation(function (this: Pace, nowMs: number) {
		return waitMs.call(this, nowMs * factor) / factor;
	});
	jest.spyOn(Pace.prototype, 'sent').mockImplementation(function (this: Pace, nowMs: number) {
		return sent.call(this, nowMs * factor);
	});
	jest.spyOn(Pace.prototype, 'returned').mockImplementation(function (this: Pace, slot, nowMs: number) {
		returned.call(this, slot, nowMs * factor);
	});
	jest.spyOn(Pace.prototype, 'accepted').mockImplementation(function (this: Pace, nowMs: number) {
		accepted.call(this, nowMs * factor);
	});
}
