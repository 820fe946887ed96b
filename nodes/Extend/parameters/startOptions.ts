import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isBlank } from '../documents/blanks';
import type { Read } from '../n8n/read';
import { parseUsageTags } from '../starting/metadata';
import type { FileOptions } from './fileOptions';
import { fileOptions, readFileOptions } from './fileOptions';
import { modelParameters, modelParametersOfTarget, readModelOptions } from './modelOptions';
import { flagIn, numberIn, objectIn, textIn } from './values';

const idempotencyKey: INodeProperties = {
	displayName: 'Idempotency Key',
	name: 'idempotencyKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. {{ $json.messageId }}',
	description:
		'A value that identifies the document, such as the ID of an email. For 24 hours, a run with the same key that has not failed is used again, so the document is not paid for twice.',
};

const includeInput: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInput',
	type: 'boolean',
	default: false,
	description: 'Whether to return the fields of the input item too, under "input"',
};

const metadata: INodeProperties = {
	displayName: 'Metadata',
	name: 'metadata',
	type: 'json',
	default: '{}',
	description: 'A JSON object to store with the run and return with it, such as { "source": "mailroom" }. At most 10 KB.',
};

const priority: INodeProperties = {
	displayName: 'Priority',
	name: 'priority',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100, numberPrecision: 0 },
	default: 50,
	description: 'From 1 to 100. Lower numbers run first when many documents are waiting.',
};

const reuse: INodeProperties = {
	displayName: 'Reuse Earlier Result',
	name: 'reuse',
	type: 'options',
	options: [
		{ name: 'Never', value: 'never', description: 'Classify every document' },
		{
			name: 'Same Document',
			value: 'sameDocument',
			description: 'Use the run of a document with the same content that was classified in the same way in the last 24 hours',
		},
	],
	default: 'never',
	description: 'Whether to use the result of an earlier run instead of paying for the same document again',
};

const usageTags: INodeProperties = {
	displayName: 'Usage Tags',
	name: 'usageTags',
	type: 'string',
	default: '',
	placeholder: 'e.g. ap-inbox, n8n',
	description: 'Tags for the cost breakdown in Extend, separated by commas. Use letters, digits, - and _.',
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	description: 'Costs, order, and what to store and return with each run',
	options: [idempotencyKey, includeInput, metadata, priority, reuse, usageTags],
};

/** The options of starting runs with a saved classifier. */
export const startParameters = [fileOptions, ...modelParameters, options];
/** The same where Classify With offers other ways, too. */
export const startParametersOfTarget = [fileOptions, ...modelParametersOfTarget, options];

/** The options of starting a run, checked. */
export interface StartOptions extends FileOptions {
	/** Settings of the classification; for a saved classifier they override its own. */
	config: JsonObject;
	metadata: JsonObject;
	usageTags: string[];
	priority?: number;
	idempotencyKey?: string;
	/** Whether a document classified in the same way in the last 24 hours is not started again. */
	reusesSameDocument: boolean;
	/** Whether the output items have the json of their input. */
	includesInput: boolean;
}

/**
 * The options of starting a run.
 * @throws ExtendError naming the first that cannot be used
 * @see https://docs.extend.ai/2026-02-09/api-reference priority from 1 to 100, the lower the sooner
 */
export function readStartOptions(read: Read): StartOptions {
	const group = read.group(options);
	const key = readIdempotencyKey(read, group);
	const reusesSameDocument = readReuse(group);
	if (reusesSameDocument && key !== undefined) {
		throw inputError(
			'Reuse Earlier Result and Idempotency Key cannot be used together',
			'Remove one of them under Options: each decides in its own way which earlier run to use.',
		);
	}
	return {
		...readFileOptions(read),
		config: readModelOptions(read),
		metadata: objectIn(group, metadata) ?? {},
		usageTags: parseUsageTags(textIn(group, usageTags) ?? ''),
		priority: numberIn(group, priority),
		idempotencyKey: key,
		reusesSameDocument,
		includesInput: flagIn(group, includeInput) ?? false,
	};
}

/** The key; without one, a document whose expression gives nothing would be paid for twice without a word. */
function readIdempotencyKey(read: Read, group: Record<string, unknown>): string | undefined {
	const key = textIn(group, idempotencyKey);
	if (key !== undefined && !isBlank(key)) return key;
	const isSet = idempotencyKey.name in group || hasField(read.saved(options), idempotencyKey.name);
	if (!isSet || !read.isExpression(options, idempotencyKey.name)) return undefined;
	throw inputError(
		'The expression for Idempotency Key gives no value',
		'Point it at a field that every item has, such as the ID of its email or file, or remove the option.',
	);
}

/** Whether the saved options have the field; n8n may leave it out where its expression gives undefined. */
function hasField(saved: unknown, name: string): boolean {
	return typeof saved === 'object' && saved !== null && name in saved;
}

function readReuse(group: Record<string, unknown>): boolean {
	const value = textIn(group, reuse) ?? 'never';
	if (value === 'never' || value === 'sameDocument') return value === 'sameDocument';
	throw inputError(`Reuse Earlier Result is ${value}`, 'Choose a value from the list, or have the expression give never or sameDocument.');
}
