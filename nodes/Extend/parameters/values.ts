import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isObject, parseJson } from '../api/json';
import { trimBlanks } from '../documents/blanks';
import type { Field } from '../n8n/read';
import { parseFlag } from '../n8n/read';

type Group = Record<string, unknown>;

/** A number has its bounds in `typeOptions`; with `numberPrecision: 0` it is whole. */
export type NumberField = Field & Pick<INodeProperties, 'typeOptions'>;

/** The trimmed text of a field in a collection; undefined where it is empty. @throws ExtendError for data */
export function textIn(group: Group, { name, displayName }: Field): string | undefined {
	const value = group[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'object') throw inputError(`${displayName} holds data where text is needed`, 'Point the expression at one field.');
	const text = trimBlanks(String(value));
	return text === '' ? undefined : text;
}

/** The number of a field in a collection; undefined where it is empty. @throws ExtendError for anything else, or out of bounds */
export function numberIn(group: Group, field: NumberField): number | undefined {
	const { minValue: minimum = 0, maxValue: maximum = Number.POSITIVE_INFINITY, numberPrecision } = field.typeOptions ?? {};
	const isWhole = numberPrecision === 0;
	const text = textIn(group, field);
	if (text === undefined) return undefined;
	const number = Number(text);
	const isUsable = number >= minimum && number <= maximum && Number.isFinite(number);
	if (isUsable && (!isWhole || Number.isInteger(number))) return number;
	const range = maximum === Number.POSITIVE_INFINITY ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
	throw inputError(`${field.displayName} is ${text}`, `Enter a ${isWhole ? 'whole ' : ''}number ${range}.`);
}

/**
 * A confidence, from 0 to 1.
 * @throws ExtendError for anything else; who enters 80 means 80 %
 */
export function parseConfidence(text: string, { displayName }: Field): number {
	const confidence = text === '' ? Number.NaN : Number(text);
	if (confidence >= 0 && confidence <= 1) return confidence;
	const suggested = confidence > 1 && confidence <= 100 ? `: write ${confidence / 100} for ${confidence} %` : ', such as 0.8';
	throw inputError(`${displayName} is ${text === '' ? 'empty' : text}`, `Enter a number from 0 to 1${suggested}.`);
}

/** The confidence of a field in a collection; undefined where it is empty. @throws ExtendError for anything not from 0 to 1 */
export function confidenceIn(group: Group, field: Field): number | undefined {
	const text = textIn(group, field);
	return text === undefined ? undefined : parseConfidence(text, field);
}

/** The switch of a field in a collection; undefined where it is not set. @throws ExtendError for anything but true and false */
export function flagIn(group: Group, field: Field): boolean | undefined {
	return parseFlag(textIn(group, field) ?? '', field.displayName);
}

/** The JSON object of a field in a collection, given as text or as data; undefined where it is empty. @throws ExtendError for anything else */
export function objectIn(group: Group, { name, displayName }: Field): JsonObject | undefined {
	const value = group[name];
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (isObject(parsed)) return parsed;
	throw inputError(`${displayName} is not a JSON object`, 'Enter an object such as { "key": "value" }, in braces and with double quotes.');
}
