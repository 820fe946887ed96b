import type { JsonObject, JsonValue } from '../../../nodes/Extend/api/json';
import type { Result } from '../../../nodes/Extend/runs/summary';
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

describe('summarize', () => {
	it('counts every kind, names reasons by how often they came, and adds up the credits', () => {
		const results: Result[] = [
			...times(7, () => charged({ credits: 1, totalCredits: 3 })),
			...times(2, () => run('PROCESSED', { usage: { credits: 2 } }, true)),
			run('FAILED', { failureReason: 'PARSING_ERROR' }),
			...times(2, () => run('FAILED', { failureReason: 'OUT_OF_CREDITS' })),
			run('FAILED'),
			run('CANCELLED'),
			run('BRAND_NEW'),
			...['PENDING', 'PROCESSING', 'CANCELLING'].map((status) => run(status)),
			{ kind: 'withoutDocument' },
			{ kind: 'failed', code: 'NOT_FOUND' },
		];
		expect(summarize(results)).toBe(
			'9 processed · 2 need review · 4 failed (OUT_OF_CREDITS 2, PARSING_ERROR 1, no reason given 1) · 1 cancelled · ' +
				'1 ended otherwise (BRAND_NEW) · 3 unfinished · 1 passed on without a document · 1 did not succeed (NOT_FOUND) · 25 credits used',
		);
	});

	it.each<[string, Result[], string | undefined]>([
		['nothing about no items', [], undefined],
		['nothing about a single run that went well', [run('PROCESSED', { usage: { credits: 3 } })], undefined],
		['of a single run that needs review', [run('PROCESSED', {}, true)], '1 processed · 1 needs review'],
		['of a single run that failed', [run('FAILED', { failureReason: 'ABORTED' })], '1 failed (ABORTED)'],
		['of a single item that did not succeed', [{ kind: 'failed', code: 'TIMEOUT' }], '1 did not succeed (TIMEOUT)'],
		['of one of two that went well', [run('PROCESSED'), run('CANCELLED')], '1 processed · 1 cancelled'],
		['of two that went well', [run('PROCESSED'), run('PROCESSED')], '2 processed'],
	])('says %s', (_, results, expected) => {
		expect(summarize(results)).toBe(expected);
	});

	it.each<[JsonValue[], string]>([
		[[{ credits: 0.1 }, { credits: 0.2 }], '0.3 credits used'],
		[[{ totalCredits: 1 }, null], '1 credit used'],
		[[{ totalCredits: 0 }, { credits: 'many' }], '0 credits used'],
	])('of usages %j says %s', (usages, expected) => {
		expect(summarize(usages.map(charged))).toBe(`2 processed · ${expected}`);
	});

	it('is silent about credits while Extend is', () => {
		expect(summarize([charged(null), charged({})])).toBe('2 processed');
	});

	it('counts the credits of a run once, however many items fetched it', () => {
		const one = charged({ credits: 5 });
		expect(summarize([one, one])).toBe('2 processed · 5 credits used');
	});

	it('avoids words that alarm', () => {
		const all = ['PROCESSED', 'FAILED', 'CANCELLED', 'PENDING', 'NEW'].map((status) => run(status, {}, true));
		expect(bannedIn(summarize([...all, { kind: 'withoutDocument' }, { kind: 'failed', code: 'TIMEOUT' }]) ?? 'none')).toBeUndefined();
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
