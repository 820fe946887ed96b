import { groupIntoBatches, MAX_INPUTS } from '../../../nodes/Extend/starting/batches';
import type { BatchPlan } from '../../../nodes/Extend/starting/plan';
import { randomFrom, SEED } from '../support/random';

const documentOf = (number: number, more: Partial<BatchPlan> = {}) => ({
	number,
	plan: { target: { classifier: { id: 'cl_1' } }, source: { kind: 'input' as const, file: { id: 'file_1' } }, metadata: {}, startKey: `run:${number}`, looksFirst: false, ...more },
});

describe('groupIntoBatches', () => {
	it.each([
		[0, []],
		[1, [1]],
		[1_000, [1_000]],
		[1_001, [1_000, 1]],
		[2_500, [1_000, 1_000, 500]],
	])('makes as few batches as possible when there are %i documents', (count, sizes) => {
		const groups = groupIntoBatches(Array.from({ length: count }, (_, number) => documentOf(number)));
		expect(groups.map(({ documents }) => documents.length)).toEqual(sizes);
		expect(groups.flatMap(({ documents }) => documents.map(({ number }) => number))).toEqual(Array.from({ length: count }, (_, number) => number));
	});

	it.each<[string, Partial<BatchPlan>]>([
		['classifier', { target: { classifier: { id: 'cl_2' } } }],
		['version', { target: { classifier: { id: 'cl_1', version: '1.0' } } }],
		['override', { target: { classifier: { id: 'cl_1', overrideConfig: { classificationRules: 'Be strict' } } } }],
		['priority', { priority: 7 }],
	])('keeps documents apart when they have another %s', (_, more) => {
		const groups = groupIntoBatches([documentOf(0), documentOf(1, more), documentOf(2), documentOf(3, more)]);
		expect(groups.map(({ documents }) => documents.map(({ number }) => number))).toEqual([[0, 2], [1, 3]]);
		expect(groups[1]).toMatchObject(more);
	});

	it(`loses none, doubles none and mixes none, whatever comes (seed ${SEED})`, () => {
		const random = randomFrom(SEED);
		const documents = Array.from({ length: 3_000 }, (_, number) => documentOf(number, { priority: Math.floor(random() * 4) || undefined }));
		const groups = groupIntoBatches(documents);
		const numbers = groups.flatMap(({ documents: own }) => own.map(({ number }) => number));
		const isWrong = groups.filter(({ priority, documents: own }) => own.length > MAX_INPUTS || own.some(({ plan }) => plan.priority !== priority));
		expect([isWrong, numbers.sort((one, other) => one - other)]).toEqual([[], documents.map(({ number }) => number)]);
	});
});
