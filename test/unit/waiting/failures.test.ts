import type { ExtendError } from '../../../nodes/Extend/api/errors';
import { connectionError, inputError, readApiError } from '../../../nodes/Extend/api/errors';
import { Failures } from '../../../nodes/Extend/waiting/failures';
import { answer } from '../support/answers';

const MIDDLE = 0.5;
const lost = connectionError('no answer came');
const plain = readApiError(answer(400, {}));

function failed(...errors: ExtendError[]): Failures {
	const failures = new Failures();
	for (const error of errors) failures.note(error);
	return failures;
}

describe('Failures', () => {
	it('takes a run that was seen before and is not there for gone when that comes again over some seconds', () => {
		const gone = readApiError(answer(404, { code: 'NOT_FOUND' }));
		expect([1, 2, 3, 4].map((times) => failed(...Array<ExtendError>(times).fill(gone)).arePermanent({ wasSeen: true }))).toEqual([false, false, false, true]);
		expect(failed(readApiError(answer(401, { code: 'UNAUTHORIZED' }))).arePermanent({ wasSeen: true })).toBe(true);
	});

	it.each([
		[401, 1, true],
		[402, 1, true],
		[403, 1, true],
		[404, 1, true],
		[400, 4, false],
		[400, 5, true],
		[503, 9, false],
	])('takes the status %i after %i times in a row for permanent: %s', (status, times, isPermanent) => {
		expect(failed(...Array<ExtendError>(times).fill(readApiError(answer(status, { code: 'X' })))).arePermanent({ wasSeen: false })).toBe(isPermanent);
	});

	it('takes an ID that cannot be sent for permanent at once, and neither a distrusted certificate nor an answer with the same code', () => {
		const certificate = connectionError('its certificate is not trusted', { retryable: false });
		const answered = readApiError(answer(400, { code: 'INVALID_INPUT', retryable: false }));
		expect([inputError('No ID', 'Enter one.'), certificate, answered].map((error) => failed(error).arePermanent({ wasSeen: false }))).toEqual([true, false, false]);
		expect(failed(...Array<ExtendError>(5).fill(certificate)).arePermanent({ wasSeen: false })).toBe(true);
	});

	it('counts refusals in a row, which anything else interrupts', () => {
		expect(failed(plain, plain, plain, plain, lost, plain).arePermanent({ wasSeen: false })).toBe(false);
	});

	it('polls after one second, then two, then by the age again once a poll has succeeded', () => {
		const failures = failed(lost);
		expect(failures.nextPollInMs(600_000, MIDDLE)).toBe(1_000);
		failures.note(lost);
		expect(failures.nextPollInMs(600_000, MIDDLE)).toBe(2_000);
		failures.clear();
		expect([failures.areNone, failures.last, failures.nextPollInMs(600_000, MIDDLE)]).toEqual([true, undefined, 60_000]);
	});

	it('asks four times over seven seconds for what is not there, also for a young run', () => {
		const failures = failed();
		const pauses = [1, 2, 3].map(() => (failures.note(readApiError(answer(404, { code: 'NOT_FOUND' }))), failures.nextPollInMs(500, MIDDLE)));
		expect(pauses).toEqual([1_000, 2_000, 4_000]);
	});

	it('polls no sooner than Extend asks for', () => {
		expect(failed(lost.withFacts({ retryAfterMs: 40_000 })).nextPollInMs(1_000, MIDDLE)).toBe(40_000);
	});

	it('knows of none at first', () => {
		const failures = new Failures();
		expect([failures.areNone, failures.arePermanent({ wasSeen: false })]).toEqual([true, false]);
	});
});
