import {
	asExtendError,
	connectionError,
	ExtendError,
	inputError,
	isRetryableStatus,
	readApiError,
	stoppedError,
	otherAnswer,
	unreadableAnswer,
} from '../../../nodes/Extend/api/errors';
import { answer, textAnswer } from '../support/answers';
import { bannedIn } from '../support/words';

describe('ExtendError', () => {
	const error = new ExtendError('It happened', 'Do this.', { code: 'X', runId: 'clr_1' });

	it('adds facts without losing known ones when it is given more', () => {
		const more = error.withFacts({ runId: 'clr_2', requestId: 'req_1' });
		expect(more.facts).toEqual({ code: 'X', runId: 'clr_1', requestId: 'req_1' });
		expect([more.message, more.advice]).toEqual(['It happened', 'Do this.']);
	});

	it('stays as it was when facts are added to it', () => {
		error.withFacts({ requestId: 'req_1' });
		expect(error.facts).toEqual({ code: 'X', runId: 'clr_1' });
	});

	it.each(['requestId', 'runId', 'dashboardUrl'] as const)('takes %s when its own is set but unknown', (fact) => {
		const unknown = new ExtendError('It happened', 'Do this.', { code: 'X', [fact]: undefined });
		expect(unknown.withFacts({ [fact]: 'known' }).facts[fact]).toBe('known');
	});

	const cause = new RangeError('beneath');
	const caused = new ExtendError('Nothing', 'Do this.', { code: 'X', cause });

	it('keeps what it was caught from apart from its facts', () => {
		expect([caused.cause, caused.facts]).toEqual([cause, { code: 'X' }]);
		expect('cause' in new ExtendError('Nothing', 'Do this.', { code: 'X' })).toBe(false);
	});

	it('keeps cause and stack when it gets more facts', () => {
		const more = caused.withFacts({ runId: 'clr_1' });
		expect([more.cause, more.stack, more.facts]).toEqual([cause, caused.stack, { code: 'X', runId: 'clr_1' }]);
	});
});

describe('inputError', () => {
	it('is a matter of the parameters when something is refused', () => {
		const error = inputError('No ID', 'Enter one.');
		expect(error).toMatchObject({ message: 'No ID', advice: 'Enter one.', facts: { code: 'INVALID_INPUT', retryable: false } });
	});
});

describe('isRetryableStatus', () => {
	it.each([408, 429, 500, 502, 503, 504, 520, 599])('is true when the status is %i', (status) => {
		expect(isRetryableStatus(status)).toBe(true);
	});

	it.each([200, 301, 400, 401, 402, 403, 404, 409, 410, 413, 422])('is false when the status is %i', (status) => {
		expect(isRetryableStatus(status)).toBe(false);
	});
});

describe('readApiError', () => {
	it.each<[number, 'upload' | 'start', object]>([
		[400, 'upload', { refusedAt: 'upload' }],
		[413, 'start', { refusedAt: 'start' }],
		[499, 'upload', { refusedAt: 'upload' }],
	])('tells where a document was refused when the status is %i', (status, asked, fact) => {
		expect(readApiError(answer(status, {}), asked).facts).toMatchObject(fact);
		expect(readApiError(answer(status, {})).facts).not.toHaveProperty('refusedAt');
	});

	it.each([302, 500, 503])('refuses no document when the status is %i', (status) => {
		expect(readApiError(answer(status, {}), 'upload').facts).not.toHaveProperty('refusedAt');
	});

	const standard = { code: 'INVALID_REQUEST', message: 'No other.; Path: config', retryable: false, requestId: 'req_1', docUrl: 'https://docs' };
	const page = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';

	it.each([
		['A, standard', answer(422, standard), 'No other.; Path: config (INVALID_REQUEST, request req_1)', 'INVALID_REQUEST'],
		['A, without request ID', answer(429, { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many.', retryable: true }), 'Too many (RATE_LIMIT_EXCEEDED)', 'RATE_LIMIT_EXCEEDED'],
		['B, wrapped', answer(404, { error: { code: 'NOT_FOUND', message: 'Not here.', requestId: 'req_2', retryable: false } }), 'Not here (NOT_FOUND, request req_2)', 'NOT_FOUND'],
		['C, plain text in error', answer(429, { error: 'Too many requests' }), 'Too many requests (HTTP status 429)', 'HTTP_429'],
		['D, legacy', answer(404, { success: false, error: 'Processor not found' }), 'Processor not found (HTTP status 404)', 'HTTP_404'],
		['D, legacy and empty', answer(400, { success: false }), '{"success":false} (HTTP status 400)', 'HTTP_400'],
		['of another shape', answer(400, { message: ['a must be b'] }), '{"message":["a must be b"]} (HTTP status 400)', 'HTTP_400'],
		['E, HTML', textAnswer(502, page), '502 Bad Gateway 502 Bad Gateway (HTTP status 502)', 'HTTP_502'],
		['E, text', textAnswer(503, 'upstream connect timeout\n'), 'upstream connect timeout (HTTP status 503)', 'HTTP_503'],
		['empty', textAnswer(500, ''), 'no text (HTTP status 500)', 'HTTP_500'],
		['an empty object', answer(500, {}), 'no text (HTTP status 500)', 'HTTP_500'],
		['null', answer(500, null), 'no text (HTTP status 500)', 'HTTP_500'],
		['an array', answer(500, ['x']), '["x"] (HTTP status 500)', 'HTTP_500'],
	])('reads the body when it is %s', (_, answered, message, code) => {
		const error = readApiError(answered);
		expect(error.message).toBe(`Extend answered: ${message}`);
		expect(error.facts).toMatchObject({ code, status: answered.status });
	});

	it.each([
		[{ code: 5, message: ['x'], retryable: 'yes', requestId: {} }],
		[{ error: { code: null, message: null, retryable: null, requestId: null } }],
		[{ error: null }],
		[{ error: [] }],
		[null],
		[false],
		['constructor'],
	])('still gives an error when the body is %j', (body) => {
		const error = readApiError(answer(500, body));
		expect(error.facts).toEqual({ code: 'HTTP_500', status: 500, retryable: true, requestId: undefined });
	});

	it('takes the request ID from the header when the body has none', () => {
		const error = readApiError(answer(500, { message: 'x' }, { 'x-extend-request-id': 'req_9' }));
		expect(error.facts.requestId).toBe('req_9');
		expect(error.message).toContain('request req_9');
	});

	it('prefers the request ID of the body when the header has one too', () => {
		const error = readApiError(answer(422, standard, { 'x-extend-request-id': 'req_9' }));
		expect(error.facts.requestId).toBe('req_1');
	});

	it.each([
		[500, undefined, true],
		[500, false, false],
		[400, undefined, false],
		[400, true, true],
		[408, undefined, true],
		[429, undefined, true],
	])('says of %i whether to try again when the body says %j', (status, said, retryable) => {
		expect(readApiError(answer(status, { code: 'X', ...(said === undefined ? {} : { retryable: said }) })).facts.retryable).toBe(retryable);
	});

	it('leaves out scripts, styles and tags when a proxy sends a page', () => {
		const html = '<!DOCTYPE html><style type="a">p { color: red }</style><script>track("x<y")</script><p\nclass="b">Be right\n  back</p>';
		expect(readApiError(textAnswer(503, html)).message).toBe('Extend answered: Be right back (HTTP status 503)');
	});

	it('cuts the text when it is long', () => {
		const { message } = readApiError(textAnswer(503, 'word '.repeat(10_000)));
		expect(message).toMatch(/^Extend answered: (word ){100}… \(HTTP status 503\)$/);
	});

	it.each(['<', '<style ', '<script>', '<p '])('is done at once when a long text repeats %j', (piece) => {
		const begunMs = Date.now();
		readApiError(textAnswer(503, piece.repeat(200_000)));
		expect(Date.now() - begunMs).toBeLessThan(2_000);
	});

	it('keeps the text when it is just short enough', () => {
		expect(readApiError(textAnswer(503, 'x'.repeat(500))).message).toBe(`Extend answered: ${'x'.repeat(500)} (HTTP status 503)`);
	});

	it('brings advice along when the code is known', () => {
		expect(readApiError(answer(402, { code: 'USAGE_BLOCKED' })).advice).toContain('credits');
	});
});

describe('asExtendError', () => {
	it('keeps a defect as its cause, whose stack says where it is', () => {
		const defect = new TypeError('x is undefined');
		expect(asExtendError(defect).cause).toBe(defect);
		expect(asExtendError(defect).withFacts({ runId: 'clr_1' }).cause).toBe(defect);
	});

	it('gives our own back when it is one', () => {
		const error = stoppedError();
		expect(asExtendError(error)).toBe(error);
	});

	it.each([
		[new TypeError('x is undefined'), 'x is undefined'],
		['text', 'text'],
		[null, 'null'],
		[undefined, 'undefined'],
		[{ a: 1 }, '[object Object]'],
	])('says that it is unforeseen when %p was thrown', (caught, text) => {
		const { message, facts } = asExtendError(caught);
		expect([message, facts]).toEqual([`Something unforeseen happened: ${text}`, { code: 'UNEXPECTED' }]);
	});
});

describe('texts of all errors', () => {
	const errors = [
		stoppedError(),
		connectionError('the connection was refused'),
		unreadableAnswer(textAnswer(200, ''), 'a run'),
		otherAnswer(answer(200, {}), 'a run'),
		readApiError(textAnswer(502, '')),
		asExtendError(new Error('x')),
	];

	it.each(errors)('have no banned word when it is $facts.code', ({ message, advice }) => {
		expect([bannedIn(message), bannedIn(advice)]).toEqual([undefined, undefined]);
	});
});
