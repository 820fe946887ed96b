import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { JsonObject } from '../api/json';
import { parsePageRanges } from '../documents/pageRanges';
import type { Read } from '../n8n/read';
import { flagIn, objectIn, textIn } from './values';

/**
 * Extend adds base processors now and then, so any other name can be given by expression.
 * @see https://docs.extend.ai/changelog for prices, and https://docs.extend.ai/model-versioning
 */
const BASE_PROCESSORS: INodePropertyOptions[] = [
	{
		name: 'Instant',
		value: 'classification_instant',
		description: 'The cheapest: 0.1 credits a page, plus the reading of a new file',
	},
	{
		name: 'Standard',
		value: 'classification_standard',
		description: 'Newer than Performance. Versions before 1.2.0 may give no confidence: Route By then sends the result to Review.',
	},
	{
		name: 'Performance',
		value: 'classification_performance',
		description: 'The default of Extend: 1 credit a page, plus the reading of a new file',
	},
	{ name: 'Light', value: 'classification_light', description: 'Older: 0.3 credits a page, plus the reading of a new file' },
];

const baseProcessor: INodeProperties = {
	displayName: 'Base Processor',
	name: 'baseProcessor',
	type: 'options',
	options: BASE_PROCESSORS,
	default: 'classification_performance',
	description: 'The model that classifies. Use an expression for one that is not in the list.',
};

const baseVersion: INodeProperties = {
	displayName: 'Base Version',
	name: 'baseVersion',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3.2.0',
	description: 'Version of the base processor. Leave empty to use the newest stable version.',
};

const rules: INodeProperties = {
	displayName: 'Classification Rules',
	name: 'rules',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. A pro-forma invoice counts as other',
	description: 'Instructions for choosing a category, in plain English',
};

const context: INodeProperties = {
	displayName: 'Context',
	name: 'context',
	type: 'options',
	options: [
		{ name: 'Default', value: 'default', description: 'As much of the document as is usually needed' },
		{ name: 'Maximum', value: 'max', description: 'As much of the document as possible, for long documents' },
	],
	default: 'default',
	description: 'How much of the document the model considers',
};

const memory: INodeProperties = {
	displayName: 'Memory',
	name: 'memory',
	type: 'boolean',
	default: false,
	description: 'Whether Extend learns from earlier runs of this classifier',
};

const multimodal: INodeProperties = {
	displayName: 'Multimodal',
	name: 'multimodal',
	type: 'boolean',
	default: false,
	description: 'Whether the model also analyzes images, stamps and layout',
};

const pageRanges: INodeProperties = {
	displayName: 'Page Ranges',
	name: 'pageRanges',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1-3,8',
	description: 'Pages to classify by, starting at 1. Leave empty to use all pages.',
};

const parseConfig: INodeProperties = {
	displayName: 'Parse Config',
	name: 'parseConfig',
	type: 'json',
	default: '{}',
	description:
		'How Extend reads the file before classifying it, as a JSON object. See <a href="https://docs.extend.ai/classification/configuration">Extend\'s documentation</a>.',
};

/** How the model classifies. */
export const modelOptions: INodeProperties = {
	displayName: 'Model Options',
	name: 'modelOptions',
	type: 'collection',
	placeholder: 'Add Model Option',
	default: {},
	description: 'How the model classifies. With a saved classifier, these override its own settings.',
	options: [baseProcessor, baseVersion, rules, context, memory, multimodal, pageRanges, parseConfig],
};

const overrideNotice: INodeProperties = {
	displayName: 'Model Options override the settings of the saved classifier',
	name: 'modelOptionsNotice',
	type: 'notice',
	default: '',
};

/** The model options of operations that classify with a saved classifier only. */
export const modelParameters = [modelOptions, overrideNotice];
/** The same where Classify With offers other ways, too. */
export const modelParametersOfTarget: INodeProperties[] = [
	modelOptions,
	{ ...overrideNotice, displayOptions: { show: { classifyWith: ['classifier'] } } },
];

/**
 * The settings of a classification; for a saved classifier they override its own.
 * @throws ExtendError naming the first that cannot be used
 * @see https://docs.extend.ai/classification/configuration
 */
export function readModelOptions(read: Read): JsonObject {
	const group = read.group(modelOptions);
	const pages = textIn(group, pageRanges);
	const advanced = withoutUnset({
		context: textIn(group, context),
		advancedMultimodalEnabled: flagIn(group, multimodal),
		memoryEnabled: flagIn(group, memory),
		pageRanges: pages === undefined ? undefined : parsePageRanges(pages).map(({ start, end }) => ({ start, end })),
	});
	const parsing = objectIn(group, parseConfig) ?? {};
	return withoutUnset({
		classificationRules: textIn(group, rules),
		baseProcessor: textIn(group, baseProcessor),
		baseVersion: textIn(group, baseVersion),
		advancedOptions: isEmpty(advanced) ? undefined : advanced,
		parseConfig: isEmpty(parsing) ? undefined : parsing,
	});
}

function isEmpty(object: JsonObject): boolean {
	return Object.keys(object).length === 0;
}

function withoutUnset(fields: Record<string, JsonObject[string] | undefined>): JsonObject {
	const set: JsonObject = {};
	for (const [key, value] of Object.entries(fields)) {
		if (value !== undefined) set[key] = value;
	}
	return set;
}
