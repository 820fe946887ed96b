import { otherAnswer, unreadableAnswer } from '../../../nodes/Extend/api/errors';
import { answer, textAnswer } from '../support/answers';

describe('unreadableAnswer', () => {
	it('names what was missing and the request when it is known', () => {
		const error = unreadableAnswer(textAnswer(200, '<', { 'x-extend-request-id': 'req_1' }), 'a run');
		expect(error.message).toBe('Extend sent an answer that could not be read: it should hold a run (request req_1)');
		expect(error.facts).toEqual({ code: 'UNREADABLE_ANSWER', status: 200, retryable: true, requestId: 'req_1' });
	});

	it('does without the request when it is not known', () => {
		expect(unreadableAnswer(textAnswer(200, ''), 'x').message).toMatch(/hold x$/);
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
