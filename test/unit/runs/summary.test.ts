import type { JsonObject, JsonValue } from '../../../nodes/Extend/api/json';
import type { ErrorFacts } from '../../../nodes/Extend/api/errors';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { Result, Subject, Summary } from '../../../nodes/Extend/runs/summary';
import { describeCounts, summarize } from '../../../nodes/Extend/runs/summary';
import { bannedIn } from '../support/words';

let lastId = 0;
function run(status: string, json: JsonObject = {}, needsReview = false): Result {
	const id = `clr_${++lastId}`;
	return { kind: 'run', run: { id, status, json: { id, status, ...json } }, needsReview };
}

function times(count: number, result: () => Result): Result[] {
	return Array.from({ length: count }, result);
}

const charged = (usage: JsonValue) => run('PROCESSED', { usage });
const categorized = (category: string, json: JsonObject = {}) => run('PROCESSED', { output: { id: category }, ...json });
const failed = (message: string, facts: Partial<ErrorFacts> = {}): Result => ({
	...{ kind: 'failed', error: new ExtendError(message, 'Do this.', { code: 'INVALID_INPUT', ...facts }) },
});
const said = (results: Result[], subject: Subject = 'document') => summarize(results, subject)?.message;

describe('summarize', () => {
	it('names categories and reasons by how often they came, and adds up the credits', () => {
		const results: Result[] = [
			...times(7, () => categorized('invoice', { usage: { credits: 1, totalCredits: 3 } })),
			...times(2, () => run('PROCESSED', { output: { id: 'contract' }, usage: { credits: 2 } }, true)),
			run('FAILED', { failureReason: 'PARSING_ERROR' }),
			...times(2, () => run('FAILED', { failureReason: 'OUT_OF_CREDITS' })),
			run('FAILED'),
			run('CANCELLED'),
			run('BRAND_NEW'),
			...['PENDING', 'PROCESSING', 'CANCELLING'].map((status) => run(status)),
			{ kind: 'withoutDocument' },
			failed('The Text is empty'),
		];
		expect(said(results)).toBe(
			'9 processed: 7 invoice, 2 contract · 2 need review · 4 runs failed (OUT_OF_CREDITS 2, PARSING_ERROR 1, no reason given 1) · ' +
				'1 run with an unknown status (BRAND_NEW) · 1 run cancelled · 3 runs unfinished · 1 item without a document · ' +
				'1 document was not sent (The Text is empty) · 25 credits used',
		);
	});

	it.each<[string, Result[], string | undefined]>([
		['nothing about no items', [], undefined],
		['the category of a single run', [categorized('invoice', { usage: { credits: 3 } })], '1 processed: invoice · 3 credits used'],
		['of a single run that needs review', [run('PROCESSED', {}, true)], '1 processed · 1 needs review'],
		['of a single run that failed', [run('FAILED', { failureReason: 'ABORTED' })], '1 run failed (ABORTED)'],
		['of one of two that went well', [run('PROCESSED'), run('CANCELLED')], '1 processed · 1 run cancelled'],
		['of two of one category', [categorized('a'), categorized('a')], '2 processed: 2 a'],
		['how many are in categories beyond five', [...'aabcdefg'].map((category) => categorized(category)), '8 processed: 2 a, 1 b, 1 c, 1 d, 1 e, 2 in other categories'],
	])('says %s', (_, results, expected) => {
		expect(said(results)).toBe(expected);
	});

	it.each<[string, Result[], string]>([
		['runs that fail their item', [failed('x', { code: 'RUN_FAILED', runStatus: 'FAILED', failureReason: 'OUT_OF_CREDITS', runId: 'clr_1' })], '1 run failed (OUT_OF_CREDITS)'],
		['runs that were cancelled and fail their item', [failed('x', { code: 'RUN_FAILED', runStatus: 'CANCELLED', runId: 'clr_1' })], '1 run cancelled'],
		['runs that did not finish in time', [failed('x', { code: 'TIMEOUT', runStatus: 'PENDING', runId: 'clr_1' })], '1 run without a result (TIMEOUT)'],
		['starts with an unknown outcome', [failed('x', { code: 'OUTCOME_UNKNOWN' })], '1 document may have been started (OUTCOME_UNKNOWN)'],
		['documents that Extend refused', [failed('x', { code: 'INVALID_REQUEST', status: 422 }), failed('y', { code: 'HTTP_413', status: 413 })], '2 documents were refused by Extend (INVALID_REQUEST 1, HTTP_413 1)'],
		['documents that were not sent', [failed('A is empty'), failed('A is empty'), failed('B'), failed('C')], '4 documents were not sent (A is empty; B and 1 more)'],
	])('tells apart %s', (_, results, expected) => {
		expect(said([...results, categorized('invoice')])).toBe(`1 processed: invoice · ${expected}`);
	});

	it('speaks of runs where the items stand for runs', () => {
		expect(said([failed('x', { code: 'NOT_FOUND', status: 404 }), failed('y')], 'run')).toBe('2 runs without a result (NOT_FOUND 1, INVALID_INPUT 1)');
	});

	it.each([1, 2, 9])('says a cause that fails all of %i items once, and what to do', (count) => {
		expect(summarize(times(count, () => failed('Priority is 101')), 'document')).toEqual({ message: 'Priority is 101. Do this.', type: 'warning' });
	});

	it.each<[Summary['type'], string, Result[]]>([
		['info', 'all went well', [categorized('a'), run('CANCELLED'), run('PENDING'), { kind: 'withoutDocument' }]],
		['warning', 'a run failed', [categorized('a'), run('FAILED')]],
		['warning', 'an item failed', [categorized('a'), failed('x')]],
	])('is of type %s when %s', (type, _, results) => {
		expect(summarize(results, 'document')?.type).toBe(type);
	});

	it.each<[JsonValue[], string]>([
		[[{ credits: 0.1 }, { credits: 0.2 }], '0.3 credits used'],
		[[{ totalCredits: 1 }, null], '1 credit used'],
		[[{ totalCredits: 0 }, { credits: 'many' }], '0 credits used'],
	])('of usages %j says %s', (usages, expected) => {
		expect(said(usages.map(charged))).toBe(`2 processed · ${expected}`);
	});

	it('is silent about credits while Extend is', () => {
		expect(said([charged(null), charged({})])).toBe('2 processed');
	});

	it('counts the credits of a run once, however many items fetched it', () => {
		const one = charged({ credits: 5 });
		expect(said([one, one])).toBe('2 processed · 5 credits used');
	});

	it('avoids words that alarm', () => {
		const all = ['PROCESSED', 'FAILED', 'CANCELLED', 'PENDING', 'NEW'].map((status) => run(status, {}, true));
		const codes = ['TIMEOUT', 'OUTCOME_UNKNOWN', 'RUN_FAILED'].map((code) => failed(code, { code }));
		expect(bannedIn(said([...all, ...codes, { kind: 'withoutDocument' }, failed('x')]) ?? 'none')).toBeUndefined();
	});
});

describe('describeCounts', () => {
	it.each([
		[[], ''],
		[['a', 'a'], 'a'],
		[['a', 'b', 'b'], 'b 2, a 1'],
		[['a', 'b', 'c', 'd'], 'a 1, b 1, 2 more'],
	])('makes of %j "%s"', (names, expected) => {
		expect(describeCounts(names, 2)).toBe(expected);
	});
});
