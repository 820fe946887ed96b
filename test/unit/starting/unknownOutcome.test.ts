import { UnknownOutcome } from '../../../nodes/Extend/api/unknownOutcome';
import {
	afterUnknownOutcome,
	CancelledStart,
	cancelledWhileStarting,
	notListedInBatch,
	outcomeStillUnknown,
	outcomeUnknown,
} from '../../../nodes/Extend/starting/unknownOutcome';
import { refusal } from '../support/startSetUp';
import { bannedIn } from '../support/words';

const lost = new UnknownOutcome('No answer came', 'Wait.', { code: 'NO_CONNECTION', requestId: 'req_1' });
const answered = new UnknownOutcome('Your plan is over', 'Change it.', { code: 'UNREADABLE_ANSWER', status: 200, retryable: false, wasAnswered: true });

describe('texts about starts with an unknown outcome', () => {
	it.each([
		['outcomeUnknown', outcomeUnknown('run:1', lost)],
		['outcomeUnknown, when the list could not be read', outcomeUnknown('run:1', lost, refusal)],
		['outcomeUnknown, when Extend has answered', outcomeUnknown('run:1', answered)],
		['outcomeStillUnknown', outcomeStillUnknown('run:1', 'the batch')],
		['afterUnknownOutcome', afterUnknownOutcome('run:1', refusal)],
		['cancelledWhileStarting', cancelledWhileStarting(['run:1'])],
		['CancelledStart', new CancelledStart('run:1', new Set())],
	])('%s names the metadata to look for, and what to do', (_, { message, advice }) => {
		expect(message).toContain('n8n:start = run:1');
		expect(advice).toMatch(/Check the runs in the Extend dashboard.*\.$/);
		expect([bannedIn(message), bannedIn(advice)]).toEqual([undefined, undefined]);
	});

	it('are found by their code, and say that a later try may help', () => {
		const errors = [outcomeUnknown('run:1', lost), outcomeUnknown('run:1', answered, refusal), outcomeStillUnknown('run:1', 'the start'), notListedInBatch('bpr_1')];
		for (const { facts } of errors) expect(facts).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
	});

	it('keep the request ID and the cause', () => {
		expect(outcomeUnknown('run:1', lost)).toMatchObject({ facts: { requestId: 'req_1' }, cause: lost });
		expect(outcomeUnknown('run:1', answered).cause).toBe(answered);
		expect(afterUnknownOutcome('run:1', refusal)).toMatchObject({ facts: refusal.facts, cause: refusal });
	});

	it('say what was answered where something was, and that another try gives the same', () => {
		const { message, facts } = outcomeUnknown('run:1', answered);
		expect(message).toBe('Your plan is over. No run with the metadata n8n:start = run:1 was found');
		expect(facts).toMatchObject({ code: 'UNREADABLE_ANSWER', retryable: false });
	});

	it('say why the runs could not be looked through, also where Extend has answered', () => {
		for (const start of [lost, answered]) expect(outcomeUnknown('run:1', start, refusal).message).toContain(`could not be read (${refusal.message}). The last start: ${start.message}`);
	});

	it('name the batch that holds a document', () => {
		const { message, advice, facts } = notListedInBatch('bpr_1');
		expect([message, facts.batchId, bannedIn(message), bannedIn(advice)]).toEqual([expect.stringMatching(/^Batch bpr_1 /), 'bpr_1', undefined, undefined]);
	});

	it('name ten start keys of many', () => {
		const { message } = cancelledWhileStarting(Array.from({ length: 1_000 }, (_, index) => `run:${index}`));
		expect(message).toContain('run:9 and 990 more,');
	});

	it('tell which runs are not the one to look for', () => {
		expect(new CancelledStart('run:1', new Set(['clr_old']))).toMatchObject({ known: new Set(['clr_old']), facts: { code: 'STOPPED' } });
	});
});
