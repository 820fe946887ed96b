import type { JsonObject, JsonValue } from '../../../nodes/Extend/api/json';
import { rawRun, simplifyRun } from '../../../nodes/Extend/runs/output';
import { LIST_ITEM } from '../support/listItemExample';
import { FAILED_RUN, PENDING_RUN, PROCESSED_RUN, REVIEWED_RUN } from '../support/runExamples';
import { randomFrom, SEED } from '../support/random';

/** Every field of a simplified run, in its order. */
const KEYS = [
	'fileName', 'category', 'confidence', 'status', 'reasoning', 'failureReason', 'failureMessage',
	'failureAdvice', 'retryable', 'id', 'dashboardUrl', 'categoryType', 'reviewed', 'edited',
	'initialCategory', 'reviewedCategory', 'changedByReview', 'classifierId', 'classifierName', 'classifierVersion', 'fileId',
	'fileType', 'pageCount', 'metadata', 'credits', 'parseRunId', 'createdAt', 'updatedAt',
];

const HOSTILE: JsonValue[] = ['', 'text', 0, -1, true, false, null, [], [[]], [{}], [null, 'x', { content: 5 }], {}, { id: {}, content: [] }];

describe('simplifyRun', () => {
	it.each([
		['pending', PENDING_RUN],
		['processed', PROCESSED_RUN],
		['failed', FAILED_RUN],
		['reviewed', REVIEWED_RUN],
		['a list item', LIST_ITEM],
		['empty', {}],
	])('gives all keys of the contract in their order when the run is %s', (_, run) => {
		const simple = simplifyRun(run);
		expect(Object.keys(simple)).toEqual(KEYS);
		expect(Object.values(simple)).not.toContain(undefined);
	});

	it('gives the result when the run is processed', () => {
		expect(simplifyRun(PROCESSED_RUN)).toEqual({
			id: 'clr_N3kd82LmQpXz7VbTyR4sC',
			status: 'PROCESSED',
			category: 'invoice',
			categoryType: 'invoice',
			confidence: 0.97,
			reasoning: 'The document names an invoice number, a due date and an amount payable to the supplier.',
			failureReason: null,
			failureMessage: null,
			failureAdvice: null,
			retryable: null,
			reviewed: false,
			edited: false,
			initialCategory: 'invoice',
			reviewedCategory: null,
			changedByReview: false,
			classifierId: 'cl_4hT9sVb2QxLm7RzKdW1nE',
			classifierName: 'Inbound mail',
			classifierVersion: '2.0',
			fileId: 'file_Z8xPq1WvUtS6rNmLkJ4hG',
			fileName: 'INV-2026-00417.pdf',
			fileType: 'PDF',
			pageCount: 3,
			metadata: { mailItem: 'AP-20417', 'extend:usage_tags': ['ap-inbox', 'n8n'] },
			credits: 9,
			parseRunId: 'pr_B7nMcX2zLkJ9hGfDsA5qW',
			dashboardUrl: 'https://dashboard.extend.ai/runs/clr_N3kd82LmQpXz7VbTyR4sC',
			createdAt: '2026-10-05T09:12:41Z',
			updatedAt: '2026-10-05T09:12:55Z',
		});
	});

	it('has neither result nor reason when the run is pending', () => {
		expect(simplifyRun(PENDING_RUN)).toMatchObject({
			...{ status: 'PENDING', category: null, categoryType: null, confidence: null, reasoning: null, credits: null, parseRunId: null },
			...{ failureReason: null, failureAdvice: null, retryable: null, initialCategory: null, reviewedCategory: null, changedByReview: false },
		});
	});

	it('says why and what to do when the run failed', () => {
		expect(simplifyRun(FAILED_RUN)).toMatchObject({
			failureReason: 'FAILED_TO_PROCESS_FILE',
			failureMessage: 'The file could not be downloaded from the given URL.',
			failureAdvice: expect.stringContaining('file opens'),
			...{ retryable: false, category: null, classifierId: null, fileId: null, metadata: null },
		});
	});

	it.each([
		['CANCELLED', null, true],
		['FAILED', null, false],
		['FAILED', 'BRAND_NEW', false],
		['FAILED', 'constructor', false],
		['FAILED', 'ABORTED', true],
	])('advises when the status is %s and the reason %j', (status, failureReason, retryable) => {
		const simple = simplifyRun({ status, failureReason });
		expect(simple).toMatchObject({ failureReason, failureAdvice: expect.stringMatching(/\w+\.$/), retryable });
	});

	it.each(['PROCESSED', 'PROCESSING', 'BRAND_NEW'])('keeps quiet about a reason when the status is %s', (status) => {
		expect(simplifyRun({ status, failureReason: 'ABORTED', failureMessage: 'x' })).toMatchObject({
			...{ failureReason: null, failureMessage: null, failureAdvice: null, retryable: null },
		});
	});

	it('joins the insights line by line when there are several', () => {
		const insights: JsonValue = [{ content: 'One' }, 'x', { content: '' }, { type: 'reasoning' }, { content: 'Two' }];
		expect(simplifyRun({ output: { insights } }).reasoning).toBe('One\nTwo');
	});

	it('falls back to the own credits when there is no total', () => {
		expect(simplifyRun({ usage: { credits: 3 } }).credits).toBe(3);
	});

	it('keeps zero credits and zero confidence when Extend says so', () => {
		expect(simplifyRun({ usage: { credits: 3, totalCredits: 0 }, output: { confidence: 0 } })).toMatchObject({ credits: 0, confidence: 0 });
	});

	it.each<[string, JsonObject, JsonObject]>([
		['a confidence that is text', { output: { id: 'a', confidence: '0.9' } }, { category: 'a', confidence: null }],
		['a category that is a number', { output: { id: 7, type: true } }, { category: null, categoryType: null }],
		['an output that is a list', { output: [{ id: 'a' }] }, { category: null, confidence: null, reasoning: null }],
		['insights that are no list', { output: { insights: 'because' } }, { reasoning: null }],
		['insights without contents', { output: { insights: [{ type: 'reasoning' }, {}] } }, { reasoning: null }],
		['a total that is text, and credits', { usage: { totalCredits: '9', credits: 3 } }, { credits: 3 }],
		['no usage', { usage: null }, { credits: null }],
		['metadata that is a list', { metadata: [1] }, { metadata: null }],
		['metadata that is empty', { metadata: {} }, { metadata: {} }],
		['a review that is text', { reviewed: 'true', edited: 1 }, { reviewed: null, edited: null, changedByReview: false }],
		['a classifier that is an ID', { classifier: 'cl_1', classifierVersion: '2.0' }, { classifierId: null, classifierName: null, classifierVersion: null }],
		['a file without pages', { file: { id: 'file_1', metadata: {} } }, { fileId: 'file_1', fileName: null, pageCount: null }],
	])('reads %s', (_, run, fields) => {
		expect(simplifyRun(run)).toMatchObject(fields);
	});

	it('shows what the review made of it when a person changed the category', () => {
		expect(simplifyRun(REVIEWED_RUN)).toMatchObject({
			...{ category: 'bill_of_lading', reviewed: true, edited: true, initialCategory: 'invoice' },
			...{ reviewedCategory: 'bill_of_lading', changedByReview: true, reasoning: null, pageCount: null },
		});
	});

	it(`gives all keys and never throws when fields have other types (seed ${SEED})`, () => {
		const random = randomFrom(SEED);
		const pick = (): JsonValue => HOSTILE[Math.floor(random() * HOSTILE.length)] ?? null;
		for (let round = 0; round < 3_000; round++) {
			const run: JsonObject = { status: random() < 0.5 ? 'FAILED' : pick() };
			for (const key of [...Object.keys(PROCESSED_RUN), 'constructor', 'error']) {
				const nested = { id: pick(), type: pick(), confidence: pick(), insights: pick(), metadata: pick(), version: pick(), credits: pick() };
				if (random() < 0.7) run[key] = random() < 0.5 ? nested : pick();
			}
			const simple = simplifyRun(run);
			expect(Object.keys(simple)).toEqual(KEYS);
			expect(Object.entries(simple).filter(([key, value]) => !isOfItsType(key, value))).toEqual([]);
		}
	});
});

const NUMBERS = ['confidence', 'pageCount', 'credits'];
const FLAGS = ['retryable', 'reviewed', 'edited', 'changedByReview'];

function isOfItsType(key: string, value: JsonValue): boolean {
	if (value === null) return true;
	if (NUMBERS.includes(key)) return Number.isFinite(value);
	if (FLAGS.includes(key)) return typeof value === 'boolean';
	if (key === 'metadata') return typeof value === 'object' && !Array.isArray(value);
	return typeof value === 'string' && value !== '';
}

describe('rawRun', () => {
	it('gives the run untouched when it has no key error', () => {
		expect(rawRun(PROCESSED_RUN)).toBe(PROCESSED_RUN);
	});

	it.each([['it broke'], [{ code: 'X' }], [true], [null], [''], [0], [false]])('renames the key error when it holds %j', (error) => {
		expect(rawRun({ id: 'clr_1', error })).toEqual({ id: 'clr_1', extendError: error });
	});
});
