/** Total readers of JSON: whatever arrives, they answer with a typed value or undefined and never throw. */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
	[key: string]: JsonValue;
}

/** The value of JSON text, or undefined where the text is no JSON. */
export function parseJson(text: string): JsonValue | undefined {
	try {
		// JSON enters the program here; everything JSON.parse returns is a JsonValue.
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueAt(value: unknown, key: string): JsonValue | undefined {
	return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The text at `key`; undefined for anything else, the empty text included. */
export function stringAt(value: unknown, key: string): string | undefined {
	const found = valueAt(value, key);
	return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The ID of an object as text, which it is or, in a whole number, comes to; undefined for anything else. */
export function idAt(value: unknown): string | undefined {
	const found = valueAt(value, 'id');
	return Number.isSafeInteger(found) ? String(found) : stringAt(value, 'id');
}

/** The finite number at `key`, else undefined. */
export function numberAt(value: unknown, key: string): number | undefined {
	const found = valueAt(value, key);
	return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

export function booleanAt(value: unknown, key: string): boolean | undefined {
	const found = valueAt(value, key);
	return typeof found === 'boolean' ? found : undefined;
}

export function objectAt(value: unknown, key: string): JsonObject | undefined {
	const found = valueAt(value, key);
	return isObject(found) ? found : undefined;
}

/** The objects in the array at `key`; an empty array where there is none. Other entries are left out. */
export function objectsAt(value: unknown, key: string): JsonObject[] {
	const found = valueAt(value, key);
	return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The texts in the array at `key`; an empty array where there is none. Other entries are left out. */
export function stringsAt(value: unknown, key: string): string[] {
	const found = valueAt(value, key);
	return Array.isArray(found) ? found.filter((entry) => typeof entry === 'string') : [];
}

/** The entry of a table under a key that came from outside, which may be any text, such as `constructor`. */
export function lookUp<T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
	return key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
