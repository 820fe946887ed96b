import type { JsonObject, JsonValue } from '../../../nodes/Extend/api/json';
import { simplifyRun } from '../../../nodes/Extend/runs/output';

const A = { id: 'a' };
const B = { id: 'b' };

interface Expected {
	reviewed?: boolean | null;
	initialCategory: string | null;
	reviewedCategory: string | null;
	changedByReview: boolean;
}

const CASES: Array<[what: string, run: JsonObject, expected: Expected]> = [
	['nobody reviewed it', { reviewed: false, output: A }, { initialCategory: 'a', reviewedCategory: null, changedByReview: false }],
	[
		'nobody reviewed it and Extend fills the outputs anyway',
		{ reviewed: false, output: A, initialOutput: A, reviewedOutput: B },
		{ initialCategory: 'a', reviewedCategory: null, changedByReview: false },
	],
	[
		'a person agreed',
		{ reviewed: true, edited: false, output: A, initialOutput: A, reviewedOutput: A },
		{ initialCategory: 'a', reviewedCategory: 'a', changedByReview: false },
	],
	[
		'a person changed it',
		{ reviewed: true, edited: true, output: B, initialOutput: A, reviewedOutput: B },
		{ initialCategory: 'a', reviewedCategory: 'b', changedByReview: true },
	],
	[
		'a person changed it and the reviewed output is missing',
		{ reviewed: true, edited: true, output: B, initialOutput: A, reviewedOutput: null },
		{ initialCategory: 'a', reviewedCategory: 'b', changedByReview: true },
	],
	[
		'it was edited, but not the category',
		{ reviewed: true, edited: true, output: A, initialOutput: A, reviewedOutput: A },
		{ initialCategory: 'a', reviewedCategory: 'a', changedByReview: false },
	],
	[
		'reviewed is no boolean',
		{ reviewed: 'yes', output: B, initialOutput: A, reviewedOutput: B },
		{ initialCategory: 'a', reviewedCategory: null, changedByReview: false },
	],
	['it has no output', { reviewed: true }, { initialCategory: null, reviewedCategory: null, changedByReview: false }],
	[
		'a person changed it and the first result is missing',
		{ reviewed: true, edited: true, output: B, initialOutput: null, reviewedOutput: B },
		{ initialCategory: null, reviewedCategory: 'b', changedByReview: true },
	],
	[
		'a person agreed and the first result is missing',
		{ reviewed: true, edited: false, output: A, initialOutput: null, reviewedOutput: A },
		{ initialCategory: null, reviewedCategory: 'a', changedByReview: false },
	],
	['Extend does not say whether it was reviewed', { output: A }, { reviewed: null, initialCategory: 'a', reviewedCategory: null, changedByReview: false }],
];

describe('simplifyRun, what a review made of a run', () => {
	it.each(CASES)('tells it when %s', (_, run, expected) => {
		expect(simplifyRun({ status: 'PROCESSED', ...run })).toMatchObject({ ...expected });
	});
});

/** Categories of output, initialOutput and reviewedOutput, then what a review of them comes to; "-" is null. */
const REVIEWED = `
	output initial reviewed | initialCategory reviewedCategory changedByReview
	- - - | - - as-marked
	- - a | - a as-marked
	- a - | a - as-marked
	- a a | a a no
	- a b | a b yes
	a - - | - a as-marked
	a - a | - a as-marked
	a - b | - b as-marked
	a a - | a a no
	a a a | a a no
	a a b | a b yes
	a b - | b a yes
	a b a | b a yes
	a b b | b b no
`
	.trim()
	.split('\n')
	.slice(1)
	.map((line) => line.trim().split(/[ |]+/));

const outputOf = (letter: string | undefined): JsonValue => (letter === '-' || letter === undefined ? null : { id: letter });
const categoryOf = (letter: string | undefined): string | null => (letter === '-' || letter === undefined ? null : letter);
const MARKS: JsonValue[] = [true, false, null];

describe('the public interface, initialCategory, reviewedCategory and changedByReview for every combination of reviewed, edited and outputs that are null', () => {
	it.each(REVIEWED)('makes of output %s, first %s and reviewed %s: %s, %s, changed %s', (out, initial, reviewed, first, second, changed) => {
		const outputs = { output: outputOf(out), initialOutput: outputOf(initial), reviewedOutput: outputOf(reviewed) };
		for (const edited of MARKS) {
			expect(simplifyRun({ status: 'PROCESSED', reviewed: true, edited, ...outputs })).toMatchObject({
				reviewed: true,
				edited,
				initialCategory: categoryOf(first),
				reviewedCategory: categoryOf(second),
				changedByReview: changed === 'yes' || (changed === 'as-marked' && edited === true),
			});
			for (const notReviewed of [false, null]) {
				expect(simplifyRun({ status: 'PROCESSED', reviewed: notReviewed, edited, ...outputs })).toMatchObject({
					reviewed: notReviewed,
					initialCategory: categoryOf(initial) ?? categoryOf(out),
					reviewedCategory: null,
					changedByReview: false,
				});
			}
		}
	});

	it('has every combination in its table, but for those with the two categories the other way round', () => {
		const values = ['-', 'a', 'b'];
		const all = values.flatMap((out) => values.flatMap((initial) => values.map((reviewed) => `${out}${initial}${reviewed}`)));
		expect(REVIEWED.map((row) => row.slice(0, 3).join(''))).toEqual(all.filter((outputs) => !/^-*b/.test(outputs)));
	});
});
