import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { Read } from '../n8n/read';
import type { EventFilter } from '../webhook/filter';
import type { TriggerSettings } from '../webhook/settings';
import { readClassifierId, savedClassifier } from './classifier';
import { simplify } from './run';
import { confidenceIn, textIn } from './values';

const events: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: [
		{ name: 'Run Processed', value: 'classify_run.processed', description: 'A document was classified' },
		{ name: 'Run Failed', value: 'classify_run.failed', description: 'A document could not be classified' },
		{ name: 'Batch Processed', value: 'batch_processor_run.processed', description: 'All runs of a batch have ended' },
		{ name: 'Batch Failed', value: 'batch_processor_run.failed', description: 'Extend ended a batch as failed' },
	],
	default: ['classify_run.processed', 'classify_run.failed'],
	required: true,
	description: 'What starts this workflow. Extend sends no event for cancelled runs.',
};

const scope: INodeProperties = {
	displayName: 'Runs Of',
	name: 'scope',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'The Whole Workspace', value: 'workspace', description: 'Whatever they were classified with' },
		{ name: 'One Classifier', value: 'classifier', description: 'Only those classified with the saved classifier you choose' },
	],
	default: 'workspace',
	description: 'Whose runs start this workflow, wherever they were started: here, in the Extend dashboard or by another program',
};

const scopeClassifier: INodeProperties = {
	...savedClassifier,
	description: 'The classifier whose runs start this workflow',
	displayOptions: { show: { scope: ['classifier'] } },
};

const confidence = { type: 'number' as const, typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 } };

const categories: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice, credit_note',
	description: 'IDs of the categories to start with, separated by commas; all when left empty',
};

const minimumConfidence: INodeProperties = {
	displayName: 'Minimum Confidence',
	name: 'minimumConfidence',
	...confidence,
	default: 0,
	description: 'From 0 to 1. Starts with results that are at least as certain as this.',
};

const maximumConfidence: INodeProperties = {
	displayName: 'Maximum Confidence',
	name: 'maximumConfidence',
	...confidence,
	default: 1,
	description: 'From 0 to 1. Starts with results that are no more certain than this, say to have them checked.',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Which processed runs start this workflow. Failed runs and batches always do, if their event is chosen.',
	options: [categories, minimumConfidence, maximumConfidence],
};

/** All parameters of the trigger, in the order in which they are shown. */
export const triggerParameters: INodeProperties[] = [events, scope, scopeClassifier, filters, simplify];

/** Names below the node whose runs it waits for: an expression, which n8n evaluates. */
export const triggerSubtitle = '={{ $parameter["scope"] === "classifier" ? "Runs of one classifier" : "Runs of the workspace" }}';

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
	throw inputError('No event is chosen', 'Choose under Events what is to start the workflow.');
}

function readFilter(group: Record<string, unknown>): EventFilter {
	const chosen = textIn(group, categories) ?? '';
	const minimum = confidenceIn(group, minimumConfidence);
	const maximum = confidenceIn(group, maximumConfidence);
	if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
		throw inputError('Minimum Confidence is above Maximum Confidence, so no run fits both', 'Lower the one or raise the other under Filters.');
	}
	return {
		categories: chosen.split(',').map((category) => category.trim()).filter((category) => category !== ''),
		minimumConfidence: minimum,
		maximumConfidence: maximum,
	};
}
