import type { INodeProperties } from 'n8n-workflow';
import type { RunListQuery } from '../api/types';
import { KNOWN_STATUSES } from '../runs/status';
import type { Read } from '../n8n/read';
import { numberIn, textIn } from './values';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** How many entries of a list to return. */
export const pageParameters = [returnAll, limit];

/** The number of entries to return; infinite for all. @throws ExtendError for a limit that is no whole number above zero */
export function readLimit(read: Read): number {
	if (read.flag(returnAll)) return Number.POSITIVE_INFINITY;
	return numberIn({ limit: read.value(limit) }, limit) ?? 50;
}

/** @see https://docs.extend.ai/2026-02-09/api-reference the sources of runs, an open set */
const SOURCES = [
	{ name: 'API', value: 'API' },
	{ name: 'Batch', value: 'BATCH_PROCESSOR_RUN' },
	{ name: 'Dashboard', value: 'ADMIN' },
	{ name: 'Playground', value: 'PLAYGROUND' },
	{ name: 'Studio', value: 'STUDIO' },
	{ name: 'Workflow', value: 'WORKFLOW_RUN' },
	{ name: 'Workflow Configuration', value: 'WORKFLOW_CONFIGURATION' },
];

const STATUSES: Record<(typeof KNOWN_STATUSES)[number], { name: string; description: string }> = {
	PENDING: { name: 'Pending', description: 'Waiting to be classified' },
	PROCESSING: { name: 'Processing', description: 'Being classified' },
	CANCELLING: { name: 'Cancelling', description: 'Being cancelled' },
	PROCESSED: { name: 'Processed', description: 'Finished with a category' },
	FAILED: { name: 'Failed', description: 'Finished without a category. Extend gives the reason.' },
	CANCELLED: { name: 'Cancelled', description: 'Cancelled before it finished' },
};

const batchId: INodeProperties = {
	displayName: 'Batch ID',
	name: 'batchId',
	type: 'string',
	default: '',
	placeholder: 'e.g. bpr_1234567890',
	description: 'Only runs of this batch',
};

const classifierId: INodeProperties = {
	displayName: 'Classifier Name or ID',
	name: 'classifierId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getClassifiers' },
	default: '',
	description:
		'Only runs of this classifier. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const fileNameContains: INodeProperties = {
	displayName: 'File Name Contains',
	name: 'fileNameContains',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice',
	description: 'Only runs whose file name contains this text',
};

const source: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: SOURCES,
	default: 'API',
	description: 'Where the runs were started. Runs of this node are listed under API, runs of its batches under Batch.',
};

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	options: KNOWN_STATUSES.map((value) => ({ ...STATUSES[value], value })),
	default: 'PROCESSED',
	description: 'Only runs with this status',
};

export const runFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which runs to list. Without filters, all runs are listed.',
	options: [batchId, classifierId, fileNameContains, source, status],
};

const sortBy: INodeProperties = {
	displayName: 'Sort By',
	name: 'sortBy',
	type: 'options',
	options: [
		{ name: 'Created', value: 'createdAt', description: 'When the run was started' },
		{ name: 'Updated', value: 'updatedAt', description: 'When the run last changed' },
	],
	default: 'updatedAt',
	description: 'Which date to sort by',
};

const sortDir: INodeProperties = {
	displayName: 'Direction',
	name: 'sortDir',
	type: 'options',
	options: [
		{ name: 'Newest First', value: 'desc' },
		{ name: 'Oldest First', value: 'asc' },
	],
	default: 'desc',
	description: 'Which runs to list first',
};

export const runSort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'collection',
	placeholder: 'Add Sorting',
	default: {},
	description: 'The order of the list. By default, runs that changed last come first.',
	options: [sortBy, sortDir],
};

/** Filters and order of a list of runs. */
export function readRunQuery(read: Read): RunListQuery {
	const filters = read.group(runFilters);
	const sort = read.group(runSort);
	return {
		status: textIn(filters, status),
		classifierId: textIn(filters, classifierId),
		batchId: textIn(filters, batchId),
		source: textIn(filters, source),
		fileNameContains: textIn(filters, fileNameContains),
		sortBy: textIn(sort, sortBy),
		sortDir: textIn(sort, sortDir),
	};
}
