import type { JsonObject } from '../../../nodes/Extend/api/json';
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
