import { inputError } from '../../../nodes/Extend/api/errors';
import type { JsonObject, JsonValue } from '../../../nodes/Extend/api/json';
import type { Run } from '../../../nodes/Extend/api/types';
import { configuredOutputs } from '../../../nodes/Extend/routing/outputs';
import type { RouteBy, Routing } from '../../../nodes/Extend/routing/route';
import { outputIndex, routeFailed, routeRun } from '../../../nodes/Extend/routing/route';
import { randomFrom, SEED } from '../support/random';

const CATEGORIES = ['invoice', 'contract'];
const ALL: RouteBy[] = ['status', 'failureReason', 'confidence', 'category'];

function routingBy(by: RouteBy, categories = CATEGORIES): Routing {
	return { by, categories: new Set(by === 'category' ? categories : []) };
}

function namesOf(by: RouteBy, categories = CATEGORIES): string[] {
	const routeCategories = { route: categories.map((category) => ({ category })) };
	return configuredOutputs({ routeBy: by, routeCategories }).map(({ displayName }) => displayName ?? '');
}

/** The name of the output by which a run leaves. */
function exitOf(run: Run | undefined, by: RouteBy, minimumConfidence = 0.8, categories = CATEGORIES): string | undefined {
	const names = namesOf(by, categories);
	return names[outputIndex(routeRun(run, routingBy(by, categories), minimumConfidence), names)];
}

function runOf(status: string, json: JsonObject = {}): Run {
	return { id: 'clr_1', status, json: { id: 'clr_1', status, ...json } };
}

function processed(output: JsonValue, more: JsonObject = {}): Run {
	return runOf('PROCESSED', { output, ...more });
}

const GOOD = { id: 'invoice', type: 'invoice', confidence: 0.97 };

describe('routeRun by status', () => {
	it.each([
		['PROCESSED', 'Processed'],
		['FAILED', 'Failed'],
		['CANCELLED', 'Cancelled'],
		['PENDING', 'Unfinished'],
		['PROCESSING', 'Unfinished'],
		['CANCELLING', 'Unfinished'],
		['BRAND_NEW', 'Failed'],
		['constructor', 'Failed'],
		['processed', 'Failed'],
	])('sends %s to %s, whatever else the run says', (status, output) => {
		expect(exitOf(runOf(status), 'status')).toBe(output);
		expect(exitOf(runOf(status, { output: GOOD, failureReason: 'OUT_OF_CREDITS' }), 'status')).toBe(output);
	});
});

describe('routeRun by reason', () => {
	it.each([
		['FAILED_TO_PROCESS_FILE', 'Bad File'],
		['PRE_PROCESSING_FAILURE', 'Bad File'],
		['UNABLE_TO_DOWNLOAD_FILE', 'Bad File'],
		['FILE_TYPE_NOT_SUPPORTED', 'Bad File'],
		['FILE_SIZE_TOO_LARGE', 'Bad File'],
		['CORRUPT_FILE', 'Bad File'],
		['PASSWORD_PROTECTED_FILE', 'Bad File'],
		['INVALID_CONFIG_OPTIONS', 'Bad Config'],
		['INVALID_PROCESSOR', 'Bad Config'],
		['INVALID_CONFIGURATION', 'Bad Config'],
		['OUT_OF_CREDITS', 'No Credits'],
		['INTERNAL_ERROR', 'Extend Error'],
		['PARSING_ERROR', 'Extend Error'],
		['POST_PROCESSING_FAILURE', 'Extend Error'],
		['ABORTED', 'Cancelled'],
		['BRAND_NEW', 'Other Error'],
		['constructor', 'Other Error'],
		[null, 'Other Error'],
		[7, 'Other Error'],
	])('sends a run that failed with %j to %s', (failureReason, output) => {
		expect(exitOf(runOf('FAILED', { failureReason }), 'failureReason')).toBe(output);
	});

	it.each([
		['PROCESSED', 'Processed'],
		['CANCELLED', 'Cancelled'],
		['PENDING', 'Unfinished'],
		['PROCESSING', 'Unfinished'],
		['CANCELLING', 'Unfinished'],
		['BRAND_NEW', 'Other Error'],
	])('sends %s to %s, with and without a reason', (status, output) => {
		for (const failureReason of [null, 'OUT_OF_CREDITS', 'ABORTED']) {
			expect(exitOf(runOf(status, { failureReason }), 'failureReason')).toBe(output);
		}
	});
});

const WITHOUT_RESULT: Array<[string, Run | undefined]> = [
	...['PENDING', 'PROCESSING', 'CANCELLING', 'FAILED', 'CANCELLED', 'BRAND_NEW'].map((status): [string, Run] => [status, runOf(status, { output: null })]),
	['FAILED, with an output all the same', runOf('FAILED', { output: GOOD })],
	['PROCESSED without an output', processed(null)],
	['PROCESSED with an output without a category', processed({ type: 'invoice', confidence: 1 })],
	['PROCESSED with an output that is a text', processed('invoice')],
	['not there, since the item had no document', undefined],
];

describe('routeRun by confidence or category', () => {
	it.each(WITHOUT_RESULT)('sends a run to No Result that is %s', (_, run) => {
		for (const minimum of [0, 0.8, 1]) {
			expect(exitOf(run, 'confidence', minimum)).toBe('No Result');
			expect(exitOf(run, 'category', minimum)).toBe('No Result');
		}
	});

	it.each<[JsonValue, number, string]>([
		[0.8, 0.8, 'passes'],
		[0.79999, 0.8, 'is to be reviewed'],
		[0.1 + 0.2, 0.3, 'passes'],
		[1, 1, 'passes'],
		[0.99, 1, 'is to be reviewed'],
		[0, 0.8, 'is to be reviewed'],
		[-1, 0.8, 'is to be reviewed'],
		[null, 0.8, 'is to be reviewed'],
		['0.97', 0.8, 'is to be reviewed'],
		[{}, 0.8, 'is to be reviewed'],
		[0, 0, 'passes'],
	])('a confidence of %j with at least %j %s', (confidence, minimum, verdict) => {
		const run = processed({ ...GOOD, confidence });
		const passes = verdict === 'passes';
		expect(exitOf(run, 'confidence', minimum)).toBe(passes ? 'Classified' : 'Review');
		expect(exitOf(run, 'category', minimum)).toBe(passes ? 'invoice' : 'Review');
	});

	it('holds a missing confidence back when the minimum is 0, but by category looks at none', () => {
		const run = processed({ id: 'invoice', type: 'invoice' });
		expect(exitOf(run, 'confidence', 0)).toBe('Review');
		expect(exitOf(run, 'category', 0)).toBe('invoice');
		expect(exitOf(processed({ ...GOOD, confidence: -1 }), 'category', 0)).toBe('invoice');
	});

	it('never asks for a second review', () => {
		const output = { ...GOOD, confidence: 0.1 };
		expect(exitOf(processed(output, { reviewed: true }), 'confidence')).toBe('Classified');
		expect(exitOf(processed({ ...output, confidence: null }, { reviewed: true }), 'category')).toBe('invoice');
		for (const reviewed of [false, null, 'true', 1]) {
			expect(exitOf(processed(output, { reviewed }), 'confidence')).toBe('Review');
		}
	});

	it('takes a result of type other for classified, and for Other unless it has an output of its own', () => {
		const run = processed({ id: 'misc', type: 'other', confidence: 0.9 });
		expect(exitOf(run, 'confidence')).toBe('Classified');
		expect(exitOf(run, 'category')).toBe('Other');
		expect(exitOf(run, 'category', 0.8, ['invoice', 'misc'])).toBe('misc');
	});

	it('goes by the ID of the category and no other text', () => {
		for (const id of ['Invoice', 'invoices', 'constructor', 'receipt']) {
			expect(exitOf(processed({ id, type: 'invoice', confidence: 1 }), 'category')).toBe('Other');
		}
	});

	it.each(['Other', 'Review', 'No Result'])('tells a category called %s from the output of that name', (id) => {
		const run = processed({ id, type: id, confidence: 1 });
		expect(exitOf(run, 'category')).toBe('Other');
		const names = namesOf('category', ['invoice', id]);
		expect(outputIndex(routeRun(run, routingBy('category', ['invoice', id]), 0.8), names)).toBe(4);
	});
});

describe('outputIndex', () => {
	it.each([[[]], [['']], [['Success']]])('is the first output when the outputs are %j', (names) => {
		for (const by of ALL) {
			expect(outputIndex(routeRun(processed(GOOD), routingBy(by), 0.8), names)).toBe(0);
			expect(outputIndex(routeFailed(by, inputError('The Text is empty', 'Enter a text.')), names)).toBe(0);
		}
		expect(outputIndex(routeRun(processed(GOOD), routingBy('none'), 0.8), names)).toBe(0);
	});

	it(`finds an output for whatever a run looks like (seed ${SEED})`, () => {
		const random = randomFrom(SEED);
		const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
		const values: JsonValue[] = [null, true, 'invoice', 'x', 0.9, -1, [], {}, { id: 'invoice', confidence: 0.9 }, { id: 5 }];
		const used = new Set<string>();
		for (let round = 0; round < 3_000; round++) {
			const by = pick(ALL);
			const status = pick(['PROCESSED', 'FAILED', 'CANCELLED', 'PENDING', 'NEW', '__proto__']);
			const run = runOf(status, { output: pick(values), reviewed: pick(values), failureReason: pick(['ABORTED', '__proto__', null, 4]) });
			const names = namesOf(by);
			const route = routeRun(random() < 0.9 ? run : undefined, routingBy(by), random());
			if (route.kind === 'whole') throw new Error(`${by} gave no output`);
			expect(names).toContain(route.kind === 'fixed' ? route.output : route.category);
			used.add(`${by} ${names[outputIndex(route, names)]}`);
		}
		// These come with every seed; a doubtful result is rare.
		expect(used.size).toBeGreaterThanOrEqual(12);
	});
});
