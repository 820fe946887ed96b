import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { Read } from '../n8n/read';
import type { EventFilter } from '../webhook/filter';
import type { TriggerSettings } from '../webhook/settings';
import { readClassifierId, savedClassifier } from './classifier';
import { simplify } from './run';
import { confidenceIn, flagIn, textIn } from './values';

const events: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Run Processed', value: 'classify_run.processed', description: 'A document was classified' },
		{ name: 'Run Failed', value: 'classify_run.failed', description: 'A document could not be classified' },
		{ name: 'Batch Processed', value: 'batch_processor_run.processed', description: 'All runs of a batch have finished' },
		{ name: 'Batch Failed', value: 'batch_processor_run.failed', description: 'A whole batch has failed' },
	],
	default: ['classify_run.processed', 'classify_run.failed'],
	required: true,
	description: 'The events that start this workflow. Extend sends no event for cancelled runs.',
};

const scope: INodeProperties = {
	displayName: 'Watch',
	name: 'scope',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'All Runs in the Workspace',
			value: 'workspace',
			description: 'Runs of every classifier, and runs whose categories were defined in a node',
		},
		{ name: 'Runs of One Classifier', value: 'classifier', description: 'Only runs of the saved classifier that you choose' },
	],
	default: 'workspace',
	description: 'Which runs start this workflow, no matter whether n8n, a person in the Extend dashboard or another program started them',
};

const scopeClassifier: INodeProperties = {
	...savedClassifier,
	description: 'The classifier whose runs start this workflow',
	displayOptions: { show: { scope: ['classifier'] } },
};

const IGNORE_OWN_RUNS = 'Ignore Runs Started by This Workflow';

const loopNotice: INodeProperties = {
	displayName:
		'If the nodes after this trigger start runs, each of those runs starts the workflow again: a loop that uses credits without end. ' +
		`To prevent it, add the filter "${IGNORE_OWN_RUNS}".`,
	name: 'loopNotice',
	type: 'notice',
	default: '',
};

const confidence = { type: 'number' as const, typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 } };

const categories: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice, credit_note',
	description: 'IDs of the categories that start this workflow, separated by commas. Leave empty for all categories.',
};

const minimumConfidence: INodeProperties = {
	displayName: 'Minimum Confidence',
	name: 'minimumConfidence',
	...confidence,
	default: 0,
	description: 'From 0 to 1. Only results with at least this confidence start this workflow.',
};

const maximumConfidence: INodeProperties = {
	displayName: 'Maximum Confidence',
	name: 'maximumConfidence',
	...confidence,
	default: 1,
	description: 'From 0 to 1. Only results with at most this confidence start this workflow, for example to have them reviewed.',
};

const ignoreOwnRuns: INodeProperties = {
	displayName: IGNORE_OWN_RUNS,
	name: 'ignoreOwnRuns',
	type: 'boolean',
	default: false,
	description: 'Whether to ignore runs that this workflow has started itself, so that they do not start it again. Batch events always pass.',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which runs start this workflow. Categories and confidence apply to processed runs: failed runs and batches always pass.',
	options: [categories, minimumConfidence, maximumConfidence, ignoreOwnRuns],
};

/** All parameters of the trigger, in the order in which they are shown. */
export const triggerParameters: INodeProperties[] = [events, scope, scopeClassifier, loopNotice, filters, simplify];

/** Shown below the node: an expression, which n8n evaluates. */
export const triggerSubtitle = '={{ $parameter["scope"] === "classifier" ? "Runs of one classifier" : "All runs in the workspace" }}';

/** @throws ExtendError when no event or classifier is chosen, or a filter cannot be used */
export function readTriggerSettings(read: Read): TriggerSettings {
	return {
		events: readEvents(read.value('events')),
		classifierId: read.text('scope') === 'classifier' ? readClassifierId(read) : undefined,
		isSimplified: read.flag('simplify'),
		filter: readFilter(read.group('filters')),
	};
}

function readEvents(value: unknown): string[] {
	const chosen = Array.isArray(value) ? value.filter((event) => typeof event === 'string') : [];
	if (chosen.length > 0) return chosen;
	throw inputError('No event is chosen', 'Choose at least one event under Events.');
}

function readFilter(group: Record<string, unknown>): EventFilter {
	const chosen = textIn(group, categories) ?? '';
	const minimum = confidenceIn(group, minimumConfidence);
	const maximum = confidenceIn(group, maximumConfidence);
	if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
		throw inputError('Minimum Confidence is above Maximum Confidence, so no run can pass', 'Change one of them under Filters.');
	}
	return {
		categories: chosen.split(',').map((category) => category.trim()).filter((category) => category !== ''),
		minimumConfidence: minimum,
		maximumConfidence: maximum,
		ignoreOwnRuns: flagIn(group, ignoreOwnRuns) ?? false,
	};
}
