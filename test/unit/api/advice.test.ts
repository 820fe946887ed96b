import { adviceForAnswer, adviceForRun } from '../../../nodes/Extend/api/advice';
import { bannedIn } from '../support/words';

const REASONS: Array<[reason: string, retryable: boolean, hint: RegExp]> = [
	['ABORTED', true, /stopped/],
	['INTERNAL_ERROR', true, /again in a few minutes/],
	['UNABLE_TO_DOWNLOAD_FILE', false, /URL is public/],
	['FILE_TYPE_NOT_SUPPORTED', false, /Only File Types under File Options/],
	['FILE_SIZE_TOO_LARGE', false, /smaller/],
	['CORRUPT_FILE', false, /damaged/],
	['PASSWORD_PROTECTED_FILE', false, /File Password under File Options/],
	['INVALID_CONFIG_OPTIONS', false, /Model Options/],
	['FAILED_TO_PROCESS_FILE', false, /file opens/],
	['INVALID_PROCESSOR', false, /classifier/],
	['INVALID_CONFIGURATION', false, /base processor/],
	['PARSING_ERROR', true, /Start the run again/],
	['PRE_PROCESSING_FAILURE', false, /prepare the file/],
	['POST_PROCESSING_FAILURE', true, /Start it again/],
	['OUT_OF_CREDITS', false, /credits/],
];
const CODES: Array<[code: string, status: number, hint: RegExp]> = [
	['INVALID_REQUEST', 422, /parameters of this node/],
	['UNAUTHORIZED', 401, /API key and the region/],
	['USAGE_BLOCKED', 402, /credits/],
	['NOT_FOUND', 404, /Check the ID/],
	['RATE_LIMIT_EXCEEDED', 429, /too many requests/],
	['ENDPOINT_REMOVED', 410, /Update the package/],
	['INTERNAL_ERROR', 500, /request ID/],
	['OUT_OF_CREDITS', 400, /credits/],
	['UNABLE_TO_DOWNLOAD_FILE', 400, /URL is public/],
	['FILE_TYPE_NOT_SUPPORTED', 400, /Only File Types under File Options/],
	['FILE_SIZE_TOO_LARGE', 400, /smaller/],
	['CORRUPT_FILE', 400, /damaged/],
	['PASSWORD_PROTECTED_FILE', 400, /File Password under File Options/],
	['INVALID_CONFIG_OPTIONS', 400, /Model Options/],
];
const STATUSES: Array<[status: number, hint: RegExp]> = [
	[400, /Workspace ID/],
	[401, /API key/],
	[402, /credits/],
	[403, /Workspace ID/],
	[404, /Check the ID/],
	[408, /not available/],
	[413, /larger/],
	[415, /Only File Types under File Options/],
	[429, /too many requests/],
	[500, /not available/],
	[503, /not available/],
	[529, /not available/],
	[300, /Redirects/],
	[301, /Redirects/],
	[308, /Redirects/],
	[410, /too old/],
	[422, /parameters of this node/],
	[418, /request ID/],
];
/** Names that every object has, which a careless look-up would find. */
const INHERITED = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

describe('adviceForRun', () => {
	it.each(REASONS)('knows what to do when the reason is %s', (reason, retryable, hint) => {
		expect(adviceForRun('FAILED', reason)).toEqual({ advice: expect.stringMatching(hint), retryable });
	});

	it.each([...INHERITED, 'BRAND_NEW_REASON', undefined])('points to the dashboard when the reason is %s', (reason) => {
		expect(adviceForRun('FAILED', reason)).toEqual({ advice: expect.stringContaining('dashboard'), retryable: false });
	});

	it.each([undefined, 'BRAND_NEW_REASON', ...INHERITED])('says that the run was cancelled when it was, for the reason %s', (reason) => {
		expect(adviceForRun('CANCELLED', reason)).toEqual({ advice: expect.stringContaining('cancelled'), retryable: true });
	});

	it('prefers the reason when a cancelled run has one', () => {
		expect(adviceForRun('CANCELLED', 'OUT_OF_CREDITS').advice).toContain('credits');
	});

	it.each([...REASONS.map(([reason]) => reason), 'BRAND_NEW_REASON', undefined])(
		'is at most two plain sentences when the reason is %s',
		(reason) => {
			for (const status of ['FAILED', 'CANCELLED', 'NEW_STATUS']) {
				const { advice } = adviceForRun(status, reason);
				expect(bannedIn(advice)).toBeUndefined();
				expect(advice).toMatch(/^[A-Z][^.;]*\.( [A-Z][^.;]*\.)?$/);
			}
		},
	);
});

describe('adviceForAnswer', () => {
	it.each(CODES)('goes by the code when it is %s', (code, status, hint) => {
		expect(adviceForAnswer(code, status)).toMatch(hint);
	});

	it('prefers the code when the status says otherwise', () => {
		expect(adviceForAnswer('USAGE_BLOCKED', 500)).toContain('credits');
	});

	it.each(STATUSES)('goes by the status when there is no code with %i', (status, hint) => {
		expect(adviceForAnswer(undefined, status)).toMatch(hint);
	});

	it.each([...INHERITED, 'BRAND_NEW_CODE'])('goes by the status when the code is %s', (code) => {
		expect(adviceForAnswer(code, 403)).toBe(adviceForAnswer(undefined, 403));
	});

	it.each([undefined, 'INVALID_REQUEST', 'BRAND_NEW_CODE'])('is about the file when an upload gets a 400 with the code %s', (code) => {
		const advice = adviceForAnswer(code, 400, 'upload');
		expect(advice).toMatch(/Only File Types under File Options/);
		expect(advice).toMatch(/Workspace ID/);
		expect(bannedIn(advice)).toBeUndefined();
		expect(adviceForAnswer(code, 400, 'start')).toBe(adviceForAnswer(code, 400));
		expect(adviceForAnswer(code, 403, 'upload')).toBe(adviceForAnswer(code, 403));
	});

	it.each(CODES)('prefers the code %s to the upload it refuses', (code) => {
		if (code !== 'INVALID_REQUEST') expect(adviceForAnswer(code, 413, 'upload')).toBe(adviceForAnswer(code, 413));
	});

	it('has no banned word for any code and status', () => {
		const codes = [...CODES.map(([code]) => code), undefined];
		const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);
		const texts = codes.flatMap((code) => statuses.map((status) => adviceForAnswer(code, status)));
		expect(texts.filter((text) => bannedIn(text) !== undefined || text === '')).toEqual([]);
	});
});
