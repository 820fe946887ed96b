import type { JsonObject } from '../../nodes/Extend/api/json';

const REASONING = { type: 'reasoning', content: 'It names an amount due.' };

/** A run in which every field has a value, and a review changed the result. */
const REVIEWED: JsonObject = {
	object: 'classify_run',
	id: 'clr_1',
	status: 'PROCESSED',
	output: { id: 'contract', type: 'agreement', confidence: 0.9, insights: [REASONING] },
	classifier: { object: 'classifier', id: 'cl_1', name: 'Inbound mail', createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-02T00:00:00Z' },
	classifierVersion: { object: 'classifier_version', id: 'clv_1', version: '2.0', classifierId: 'cl_1', description: 'Second', createdBy: null },
	initialOutput: { id: 'invoice', type: 'invoice', confidence: 0.6, insights: [REASONING] },
	reviewedOutput: { id: 'letter', type: 'letter', confidence: 1, insights: [REASONING] },
	failureReason: null,
	failureMessage: null,
	metadata: { mailItem: 'A-1' },
	reviewed: true,
	edited: true,
	config: { baseProcessor: 'classification_performance' },
	file: {
		object: 'file',
		id: 'file_1',
		name: 'scan.pdf',
		type: 'PDF',
		parentFileId: 'file_0',
		metadata: { pageCount: 3, parentSplit: { id: 'split_1' } },
		createdAt: '2026-01-03T00:00:00Z',
		updatedAt: '2026-01-04T00:00:00Z',
	},
	parseRunId: 'pr_1',
	dashboardUrl: 'https://dashboard.extend.ai/runs/clr_1',
	usage: { credits: 3, totalCredits: 9, breakdown: [] },
	createdAt: '2026-01-05T00:00:00Z',
	updatedAt: '2026-01-06T00:00:00Z',
};

const FAILED: JsonObject = {
	...REVIEWED,
	status: 'FAILED',
	failureReason: 'INTERNAL_ERROR',
	failureMessage: 'Out of luck.',
	usage: { credits: 3 },
};

/** Runs that between them show what any field is used for. */
export const SAMPLE_RUNS = [REVIEWED, FAILED];

/** A refusal in which every field has a value. */
export const SAMPLE_REFUSAL: JsonObject = {
	code: 'NOT_FOUND',
	message: 'Classifier not found.',
	retryable: true,
	requestId: 'req_1',
	docUrl: 'https://docs.extend.ai',
};

/** Every option of starting a run that changes its configuration. */
export const ALL_OPTIONS: JsonObject = {
	baseProcessor: 'classification_light',
	baseVersion: '3.2.0',
	context: 'max',
	memory: true,
	multimodal: true,
	pageRanges: '1-2',
	parseConfig: { target: 'markdown' },
	rules: 'Receipts are invoices',
};
