import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isObject } from '../api/json';
import type { Read } from '../n8n/read';
import { parseUsageTags } from '../starting/metadata';
import { isBlank } from '../documents/blanks';
import { parsePageRanges } from '../documents/pageRanges';
import type { FileFilter } from '../documents/selection';
import { parseFileTypes } from '../documents/selection';
import { flagIn, numberIn, objectIn, textIn } from './values';

/** The options of starting a run, checked. */
export interface StartOptions {
	fileName?: string;
	filePassword?: string;
	metadata: JsonObject;
	usageTags: string[];
	priority?: number;
	idempotencyKey?: string;
	/** Settings of the classification; for a saved classifier they override its own. */
	config: JsonObject;
	filter: FileFilter;
	skipsWithoutDocument: boolean;
	deletesFileAfter: boolean;
}

type Group = Record<string, unknown>;

/** @see https://docs.extend.ai/classification/configuration */
function readConfig(group: Group): JsonObject {
	const pageRanges = textIn(group, 'pageRanges', 'Page Ranges');
	const advanced = withoutUnset({
		context: textIn(group, 'context', 'Context'),
		advancedMultimodalEnabled: flagIn(group, 'multimodal', 'Multimodal'),
		memoryEnabled: flagIn(group, 'memory', 'Memory'),
		pageRanges: pageRanges === undefined ? undefined : parsePageRanges(pageRanges).map(({ start, end }) => ({ start, end })),
	});
	const parseConfig = objectIn(group, 'parseConfig', 'Parse Config') ?? {};
	return withoutUnset({
		classificationRules: textIn(group, 'rules', 'Classification Rules'),
		baseProcessor: textIn(group, 'baseProcessor', 'Base Processor'),
		baseVersion: textIn(group, 'baseVersion', 'Base Version'),
		advancedOptions: isEmpty(advanced) ? undefined : advanced,
		parseConfig: isEmpty(parseConfig) ? undefined : parseConfig,
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

/**
 * The idempotency key; undefined where none is set.
 * @throws ExtendError for an expression that gives nothing: without the key the document could be paid twice
 */
function readKey(read: Read, group: Group): string | undefined {
	const key = textIn(group, 'idempotencyKey', 'Idempotency Key');
	if (key !== undefined && !isBlank(key)) return key;
	const isAbsent = !Object.hasOwn(group, 'idempotencyKey') && !isExpressionField(read.saved('options'), 'idempotencyKey');
	if (isAbsent || !read.isExpression('options', 'idempotencyKey')) return undefined;
	throw inputError(
		'The expression for Idempotency Key gives nothing',
		'Point it at a field that every item has, such as the ID of its email or file, or remove the option.',
	);
}

/** Whether the saved options have such a field; n8n may leave it out where its expression gives undefined. */
function isExpressionField(saved: unknown, field: string): boolean {
	return isObject(saved) && Object.hasOwn(saved, field);
}

/**
 * The options of starting a run.
 * @throws ExtendError naming the first that cannot be used
 * @see https://docs.extend.ai/2026-02-09/api-reference priority from 1 to 100, the lower the sooner
 */
export function readStartOptions(read: Read): StartOptions {
	const group = read.group('options');
	return {
		fileName: textIn(group, 'fileName', 'File Name'),
		filePassword: textIn(group, 'filePassword', 'File Password'),
		metadata: objectIn(group, 'metadata', 'Metadata') ?? {},
		usageTags: parseUsageTags(textIn(group, 'usageTags', 'Usage Tags') ?? ''),
		priority: numberIn(group, 'priority', { label: 'Priority', minimum: 1, maximum: 100, isWhole: true }),
		idempotencyKey: readKey(read, group),
		config: readConfig(group),
		filter: {
			onlyFileTypes: parseFileTypes(textIn(group, 'onlyFileTypes', 'Only File Types') ?? ''),
			minimumSizeBytes: numberIn(group, 'minimumFileSize', { label: 'Minimum File Size', minimum: 0 }) ?? 0,
		},
		skipsWithoutDocument: group.onNoDocument === 'skip',
		deletesFileAfter: flagIn(group, 'deleteFileAfter', 'Delete File After') ?? false,
	};
}
