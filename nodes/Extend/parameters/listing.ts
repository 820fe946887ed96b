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
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** How many entries of a list to return. */
export const pageParameters = [returnAll, limit];

/** The number of entries to return; infinite for all. @throws ExtendError for a limit that is no whole number above zero */
export function readLimit(read: Read): number {
	if (read.flag('returnAll')) return Number.POSITIVE_INFINITY;
	return numberIn({ limit: read.value('limit') }, 'limit', { label: 'Limit', minimum: 1, isWhole: true }) ?? 50;
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
	PENDING: { name: 'Pending', description: 'Waits for its turn' },
	PROCESSING: { name: 'Processing', description: 'Is being classified' },
	CANCELLING: { name: 'Cancelling', description: 'Is being stopped' },
	PROCESSED: { name: 'Processed', description: 'Ended with a category' },
	FAILED: { name: 'Failed', description: 'Ended without a category, for a reason that Extend names' },
	CANCELLED: { name: 'Cancelled', description: 'Was stopped before its end' },
};

export const runFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which runs to list; all of them when nothing is added',
	options: [
		{
			displayName: 'Batch ID',
			name: 'batchId',
			type: 'string',
			default: '',
			placeholder: 'e.g. bpr_1234567890',
			description: 'Runs of one batch only',
		},
		{
			displayName: 'Classifier Name or ID',
			name: 'classifierId',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getClassifiers' },
			default: '',
			description:
				'Runs of one classifier only. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		{
			displayName: 'File Name Contains',
			name: 'fileNameContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. invoice',
			description: 'Runs whose file has this text in its name',
		},
		{
			displayName: 'Source',
			name: 'source',
			type: 'options',
			options: SOURCES,
			default: 'API',
			description: 'Where the runs were started; those of this node are under API, those of its batches under Batch',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: KNOWN_STATUSES.map((value) => ({ ...STATUSES[value], value })),
			default: 'PROCESSED',
			description: 'Runs in this status only',
		},
	],
};

export const runSort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'collection',
	placeholder: 'Add Sorting',
	default: {},
	description: 'In which order; the last changed first when nothing is added',
	options: [
		{
			displayName: 'Sort By',
			name: 'sortBy',
			type: 'options',
			options: [
				{ name: 'Created', value: 'createdAt', description: 'When the run was started' },
				{ name: 'Updated', value: 'updatedAt', description: 'When the run last changed' },
			],
			default: 'updatedAt',
			description: 'Which date orders the list',
		},
		{
			displayName: 'Direction',
			name: 'sortDir',
			type: 'options',
			options: [
				{ name: 'Newest First', value: 'desc' },
				{ name: 'Oldest First', value: 'asc' },
			],
			default: 'desc',
			description: 'Which end of the list comes first',
		},
	],
};

/** Filters and order of a list of runs. */
export function readRunQuery(read: Read): RunListQuery {
	const filters = read.group('filters');
	const sort = read.group('sort');
	return {
		status: textIn(filters, 'status', 'Status'),
		classifierId: textIn(filters, 'classifierId', 'Classifier'),
		batchId: textIn(filters, 'batchId', 'Batch ID'),
		source: textIn(filters, 'source', 'Source'),
		fileNameContains: textIn(filters, 'fileNameContains', 'File Name Contains'),
		sortBy: textIn(sort, 'sortBy', 'Sort By'),
		sortDir: textIn(sort, 'sortDir', 'Direction'),
	};
}
