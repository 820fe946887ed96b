import type { IExecuteFunctions, IHookFunctions, ILoadOptionsFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { inputError } from '../api/errors';
import { isObject, parseJson } from '../api/json';
import { trimBlanks } from '../documents/blanks';
import { messageOf } from './errors';

/** What a reader needs of a parameter: its name in the workflow, and the label that messages show. */
export type Field = Pick<INodeProperties, 'name' | 'displayName'>;
/** A name alone is for parameters whose description is out of reach; messages then show the name. */
export type Parameter = Field | string;

/** The parameters of a node for one item; each method throws ExtendError where an expression cannot be resolved. */
export interface Read {
	/** Trimmed; empty where nothing is set. */
	text(parameter: Parameter): string;
	/** As it is, for texts in which blanks count. */
	rawText(parameter: Parameter): string;
	flag(parameter: Parameter): boolean;
	/** The fields of a collection. */
	group(parameter: Parameter): Record<string, unknown>;
	/** The ID a resource locator stands for; empty where nothing is chosen. */
	locator(parameter: Parameter): string;
	/** Anything, for parameters that can be text or data. */
	value(parameter: Parameter): unknown;
	/** As it stands in the workflow, expressions unresolved. */
	saved(parameter: Parameter): unknown;
	/** Whether an expression sets the parameter, or the field of a collection. */
	isExpression(parameter: Parameter, field?: string): boolean;
}

type Get = (name: string, options: { extractValue?: boolean; rawExpressions?: boolean }) => unknown;

/** The parameters for an item that runs. */
export function createRead(context: IExecuteFunctions, itemIndex: number): Read {
	// A parameter that is not shown has no value; without a default n8n would throw.
	return readWith((name, options) => context.getNodeParameter(name, itemIndex, '', options));
}

/** The parameters as they stand in the editor, where expressions may have no value yet. */
export function createEditorRead(context: ILoadOptionsFunctions): Read {
	return readWith((name, options) => context.getCurrentNodeParameter(name, options));
}

/** The parameters of a trigger, which has no items yet. */
export function createTriggerRead(context: IHookFunctions | IWebhookFunctions): Read {
	return readWith((name, options) => context.getNodeParameter(name, '', options));
}

function readWith(get: Get): Read {
	const value = (parameter: Parameter): unknown => {
		try {
			return get(nameOf(parameter), {});
		} catch (caught) {
			throw inputError(`${labelOf(parameter)} could not be read: ${messageOf(caught)}`, 'Check the value or expression of this parameter.');
		}
	};
	const idAt = (parameter: Parameter): unknown => {
		// An expression without a value says so by itself, and n8n finds no ID in a link that is not there.
		if (isEmptyLocator(value(parameter))) return '';
		try {
			return get(nameOf(parameter), { extractValue: true });
		} catch {
			throw inputError(`The link does not lead to a ${nameOf(parameter)}`, 'Copy its address from the Extend dashboard, or choose From List.');
		}
	};
	const rawText = (parameter: Parameter): string => textOf(value(parameter), parameter);
	const saved = (parameter: Parameter): unknown => get(nameOf(parameter), { rawExpressions: true });
	const isExpression = (parameter: Parameter, field?: string): boolean => isSetByExpression(saved(parameter), field);
	return {
		value,
		saved,
		isExpression,
		rawText,
		text: (parameter) => trimBlanks(rawText(parameter)),
		flag: (parameter) => parseFlag(rawText(parameter), labelOf(parameter)) ?? false,
		group: (parameter) => groupOf(value(parameter)) ?? noGroup(parameter, isExpression(parameter)),
		locator: (parameter) => trimBlanks(textOf(idAt(parameter), parameter)),
	};
}

/** The name of a parameter in the workflow. */
export function nameOf(parameter: Parameter): string {
	return typeof parameter === 'string' ? parameter : parameter.name;
}

function labelOf(parameter: Parameter): string {
	return typeof parameter === 'string' ? `The parameter "${parameter}"` : parameter.displayName;
}

/**
 * The switch that a text means, as tables and forms write it; undefined for none.
 * @throws ExtendError for anything else, since a switch that is taken for off by mistake is noticed too late
 */
export function parseFlag(text: string, label: string): boolean | undefined {
	const word = text.trim().toLowerCase();
	if (word === '') return undefined;
	if (word === 'true' || word === '1') return true;
	if (word === 'false' || word === '0') return false;
	throw inputError(`${label} is ${text.trim()}`, 'Enter true or false.');
}

function isEmptyLocator(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'value' in value && (value.value ?? '') === '';
}

function textOf(value: unknown, parameter: Parameter): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'object') {
		throw inputError(`${labelOf(parameter)} holds data where text is needed`, 'Point the expression at one field, such as {{ $json.id }}.');
	}
	return String(value);
}

/** The fields of a collection; undefined for what has none. */
function groupOf(value: unknown): Record<string, unknown> | undefined {
	// n8n keeps collections as plain objects; an expression can make them anything.
	const group = typeof value === 'string' ? parseJson(value) : value;
	return isObject(group) ? { ...group } : undefined;
}

/** A collection without anything set has no fields. @throws ExtendError where an expression gives none: they would be missing without a word */
function noGroup(parameter: Parameter, isExpression: boolean): Record<string, unknown> {
	if (!isExpression) return {};
	const label = labelOf(parameter).replace(/^The /, 'the ');
	throw inputError(
		`The expression for ${label} gives no options`,
		'It has to give an object such as {{ { "priority": 10 } }}. Check the expression, or choose the options one by one.',
	);
}

function isSetByExpression(whole: unknown, field: string | undefined): boolean {
	return isExpressionText(whole) || (field !== undefined && isExpressionText(fieldOf(whole, field)));
}

/** n8n marks an expression by its first character. */
function isExpressionText(value: unknown): boolean {
	return typeof value === 'string' && value.startsWith('=');
}

function fieldOf(value: unknown, field: string): unknown {
	return isObject(value) ? value[field] : undefined;
}
