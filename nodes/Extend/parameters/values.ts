import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isObject, parseJson } from '../api/json';
import { parseFlag } from '../n8n/read';

type Group = Record<string, unknown>;

/** The trimmed text of a field in a collection; undefined where it is empty. @throws ExtendError for data */
export function textIn(group: Group, name: string, label: string): string | undefined {
	const value = group[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'object') throw inputError(`${label} holds data where a text is needed`, 'Point the expression at one field.');
	const text = String(value).trim();
	return text === '' ? undefined : text;
}

export interface NumberField {
	/** As the editor shows it, for messages. */
	label: string;
	minimum: number;
	maximum?: number;
	isWhole?: boolean;
}

/** The number of a field in a collection; undefined where it is empty. @throws ExtendError for anything else, or out of bounds */
export function numberIn(group: Group, name: string, field: NumberField): number | undefined {
	const { label, minimum, maximum = Number.POSITIVE_INFINITY, isWhole = false } = field;
	const text = textIn(group, name, label);
	if (text === undefined) return undefined;
	const number = Number(text);
	const isUsable = number >= minimum && number <= maximum && Number.isFinite(number);
	if (isUsable && (!isWhole || Number.isInteger(number))) return number;
	const range = maximum === Number.POSITIVE_INFINITY ? `of at least ${minimum}` : `from ${minimum} to ${maximum}`;
	throw inputError(`${label} is ${text}`, `Enter a ${isWhole ? 'whole ' : ''}number ${range}.`);
}

/**
 * A confidence, from 0 to 1.
 * @throws ExtendError for anything else; who enters 80 means 80 %
 */
export function parseConfidence(text: string, label: string): number {
	const confidence = text === '' ? Number.NaN : Number(text);
	if (confidence >= 0 && confidence <= 1) return confidence;
	const suggested = confidence > 1 && confidence <= 100 ? `: write ${confidence / 100} for ${confidence} %` : ', such as 0.8';
	throw inputError(`${label} is ${text === '' ? 'empty' : text}`, `Enter a number from 0 to 1${suggested}.`);
}

/** The confidence of a field in a collection; undefined where it is empty. @throws ExtendError for anything not from 0 to 1 */
export function confidenceIn(group: Group, name: string, label: string): number | undefined {
	const text = textIn(group, name, label);
	return text === undefined ? undefined : parseConfidence(text, label);
}

/** The switch of a field in a collection; undefined where it is not set. @throws ExtendError for anything but true and false */
export function flagIn(group: Group, name: string, label: string): boolean | undefined {
	return parseFlag(textIn(group, name, label) ?? '', label);
}

/** The JSON object of a field in a collection, given as text or as data; undefined where it is empty. @throws ExtendError for anything else */
export function objectIn(group: Group, name: string, label: string): JsonObject | undefined {
	const value = group[name];
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (isObject(parsed)) return parsed;
	throw inputError(`${label} is not a JSON object`, 'Enter an object such as { "key": "value" }, in braces and with double quotes.');
}
