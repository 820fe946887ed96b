import type { ErrorFacts } from '../../../nodes/Extend/api/errors';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { RouteBy } from '../../../nodes/Extend/routing/route';
import { routeFailed } from '../../../nodes/Extend/routing/route';

const to = (output: string) => ({ kind: 'fixed', output });

function failedWith(facts: Partial<ErrorFacts>): ExtendError {
	return new ExtendError('It happened', 'Do this.', { code: 'INVALID_INPUT', ...facts });
}

const outputOf = (facts: Partial<ErrorFacts>) => routeFailed('failureReason', failedWith(facts));

describe('routeFailed', () => {
	it.each<[RouteBy, object]>([
		['none', { kind: 'whole' }],
		['status', to('Failed')],
		['failureReason', to('Other Error')],
		['confidence', to('No Result')],
		['category', to('No Result')],
	])('names one output for all failed items when routing is by %s', (by, route) => {
		expect(routeFailed(by, failedWith({}))).toEqual(route);
	});

	it.each(['status', 'confidence', 'category', 'none'] as const)('does not look at the refusal when routing is by %s', (by) => {
		const refused = failedWith({ refusedAt: 'upload', code: 'CORRUPT_FILE', status: 400 });
		expect(routeFailed(by, refused)).toEqual(routeFailed(by, failedWith({})));
	});

	it.each<[code: string, status: number, output: string]>([
		['UNABLE_TO_DOWNLOAD_FILE', 400, 'Bad File'],
		['FILE_TYPE_NOT_SUPPORTED', 400, 'Bad File'],
		['FILE_SIZE_TOO_LARGE', 413, 'Bad File'],
		['CORRUPT_FILE', 422, 'Bad File'],
		['PASSWORD_PROTECTED_FILE', 400, 'Bad File'],
		['HTTP_413', 413, 'Bad File'],
		['HTTP_415', 415, 'Bad File'],
		['INVALID_PROCESSOR', 400, 'Bad Config'],
		['INVALID_CONFIGURATION', 400, 'Bad Config'],
		['INVALID_CONFIG_OPTIONS', 400, 'Bad Config'],
		['USAGE_BLOCKED', 402, 'No Credits'],
		['OUT_OF_CREDITS', 400, 'No Credits'],
		['HTTP_402', 402, 'No Credits'],
		['BRAND_NEW', 402, 'No Credits'],
		['UNAUTHORIZED', 401, 'Other Error'],
		['NOT_FOUND', 404, 'Other Error'],
		['INTERNAL_ERROR', 400, 'Other Error'],
		['ABORTED', 400, 'Other Error'],
		['constructor', 403, 'Other Error'],
	])('goes by the refusal when the upload or the start got %s with status %i', (code, status, output) => {
		expect(outputOf({ refusedAt: 'upload', code, status })).toEqual(to(output));
		expect(outputOf({ refusedAt: 'start', code, status })).toEqual(to(output));
		expect(outputOf({ code, status })).toEqual(to('Other Error'));
	});

	it.each(['INVALID_REQUEST', 'HTTP_400', 'BRAND_NEW'])('takes a 400 with the code %s for a bad file when the upload got it', (code) => {
		expect(outputOf({ refusedAt: 'upload', code, status: 400 })).toEqual(to('Bad File'));
		expect(outputOf({ refusedAt: 'start', code, status: 400 })).toEqual(to('Other Error'));
	});

	it('does not go by the reason of a run that failed', () => {
		expect(outputOf({ code: 'RUN_FAILED', runStatus: 'FAILED', failureReason: 'CORRUPT_FILE' })).toEqual(to('Other Error'));
	});
});
