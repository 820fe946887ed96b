import { ExtendError, isLikelyPermanent, isNotFound, isPermanent, otherAnswer, readApiError, unreadableAnswer } from '../../../nodes/Extend/api/errors';
import { answer, textAnswer } from '../support/answers';

describe('unreadableAnswer', () => {
	it('names what was missing and the request when it is known', () => {
		const error = unreadableAnswer(textAnswer(200, '{', { 'x-extend-request-id': 'req_1' }), 'a run');
		expect(error.message).toBe('Extend sent an answer that could not be read: it should hold a run (request req_1)');
		expect(error.facts).toEqual({ code: 'UNREADABLE_ANSWER', status: 200, retryable: true, requestId: 'req_1' });
	});

	it('does without the request when it is not known', () => {
		expect(unreadableAnswer(textAnswer(200, ''), 'x').message).toMatch(/hold x$/);
	});
});

describe('unreadableAnswer of a web page', () => {
	const page = '<!DOCTYPE html><title>Sign in</title><p>Welcome</p>';

	it.each([
		['begins with a tag', textAnswer(200, page)],
		['begins with a tag after blanks', textAnswer(200, `\n\t${page}`)],
		['says so in its type', textAnswer(200, 'Welcome', { 'content-type': 'text/html; charset=utf-8' })],
	])('is named as one when it %s', (_, answered) => {
		const error = unreadableAnswer(answered, 'a run');
		expect(error.message).toMatch(/^A web page came instead of Extend's answer, which should hold a run: .*Welcome$/);
		expect(error.advice).toMatch(/proxy or firewall.*Base URL/);
		expect(error.facts).toMatchObject({ code: 'UNREADABLE_ANSWER', retryable: true });
	});

	it.each([['{"id":', 'text/html'], ['', 'application/json'], ['[1', 'text/html'], ['OK', 'text/plain']])('is not what %j of type %s is', (text, type) => {
		expect(unreadableAnswer(textAnswer(200, text, { 'content-type': type }), 'a run').message).toMatch(/^Extend sent an answer that could not be read/);
	});
});

describe('readApiError of an answer on the way to Extend', () => {
	const page = '<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';
	const proxy = expect.stringMatching(/^Check the proxy or firewall/);

	it.each([
		[407, '', expect.stringMatching(/proxy wants a user name/)],
		[400, page, proxy],
		[401, page, proxy],
		[403, page, proxy],
		[404, page, proxy],
		[302, page, proxy],
		[413, page, expect.stringMatching(/larger than Extend accepts/)],
		[429, page, expect.stringMatching(/too many requests/)],
		[502, page, expect.stringMatching(/not available at the moment/)],
	])('names the proxy, firewall or gateway, and what to do, when the status is %i', (status, text, advice) => {
		const error = readApiError(textAnswer(status, text), 'start');
		expect(error.message).toMatch(/^A proxy, firewall or gateway answered instead of Extend: /);
		expect(error.advice).toEqual(advice);
		expect(error.facts).toMatchObject({ code: `HTTP_${status}`, status, isExtendsOwn: false });
		expect(error.facts.refusedAt).toBe([413, 429].includes(status) ? 'start' : undefined);
	});

	it.each([
		[true, { code: 'NOT_FOUND', message: 'Not here.' }],
		[true, { error: { code: 'NOT_FOUND' } }],
		[true, { success: false, error: 'Not here.' }],
		[true, { success: false, error: { message: 'Not here.' } }],
		[false, {}],
		[false, { message: 'Not here.' }],
		[false, { success: false }],
		[false, null],
		[false, '404'],
	])('is permanent: %s, for a 404 with the body %j', (expected, body) => {
		const error = readApiError(answer(404, body));
		expect([isPermanent(error), isNotFound(error)]).toEqual([expected, expected]);
	});

	it.each(['default backend - 404', page, ''])('takes a 404 that is no JSON for transient: %j', (text) => {
		const error = readApiError(textAnswer(404, text));
		expect([isPermanent(error), isNotFound(error), isLikelyPermanent(error), error.facts.retryable]).toEqual([false, false, false, true]);
	});

	it('takes a 404 of which no more is known for one of Extend', () => {
		expect(isNotFound(new ExtendError('x', 'y', { code: 'HTTP_404', status: 404 }))).toBe(true);
	});

	it.each([
		['https://login.example.com/signin?token=s3cret#top', 'https://login.example.com/signin'],
		['https://user:pass@example.com/', 'https://example.com/'],
		['//user@example.com/x', '//example.com/x'],
		['/v2/runs', '/v2/runs'],
	])('says where a redirect leads, without what may be secret: %s', (location, place) => {
		expect(readApiError(textAnswer(302, '', { location })).message).toBe(`Extend answered: it redirects to ${place} (HTTP status 302)`);
	});

	it.each<Record<string, string>>([{}, { location: '' }, { location: '?token=1' }])('says nothing of a place when the headers are %j', (headers) => {
		expect(readApiError(textAnswer(302, '', headers)).message).toBe('Extend answered: no text (HTTP status 302)');
	});
});

describe('otherAnswer', () => {
	const advised = 'Give Extend support the request ID if the message does not say what to change.';

	it.each([
		[{ success: false, error: { message: 'Your plan does not include this.' } }, 'Your plan does not include this', advised],
		[{ success: false, error: 'Not today.' }, 'Not today', advised],
		[{ code: 'USAGE_BLOCKED', message: 'No credits' }, 'No credits', 'Add credits in the Extend dashboard, then run the item again.'],
		[{ success: true, job: { key: 7 } }, '{"success":true,"job":{"key":7}}', expect.stringContaining('Base URL')],
		[[], '[]', expect.stringContaining('Base URL')],
		['', '""', expect.stringContaining('Base URL')],
		[null, 'no text', expect.stringContaining('Base URL')],
		[{ signingSecret: 'wss_1' }, 'no text', expect.stringContaining('Base URL')],
	])('says what was answered when it is %j', (body, said, advice) => {
		const error = otherAnswer(answer(200, body, { 'x-extend-request-id': 'req_1' }), 'the started run');
		expect(error.message).toBe(`Extend sent an answer that does not hold the started run: ${said} (request req_1)`);
		expect(error.advice).toEqual(advice);
		expect(error.facts).toEqual({ code: 'UNREADABLE_ANSWER', status: 200, retryable: false, requestId: 'req_1' });
	});

	it('shows a piece of what was answered when it is long', () => {
		expect(otherAnswer(answer(200, { rows: 'x'.repeat(5_000) }), 'a run').message.length).toBeLessThan(700);
	});
});
