import { parseHttpDateMs } from './backoff';
import type { Call } from './call';
import { inputError } from './errors';
import type { HttpRequest } from './http';
import type { JsonObject, JsonValue } from './json';
import { idAt, isObject, objectAt, objectsAt, stringAt } from './json';
import type { Page, Run } from './types';

/** A read that takes longer is lost: Extend answers these at once. */
const READ_TIMEOUT_MS = 30_000;
const CHANGE_TIMEOUT_MS = 60_000;

type Query = HttpRequest['query'];

/** What the body of a good answer holds: how it is read, and how messages name it. */
export type Expected<T> = Pick<Call<T>, 'parse' | 'what'>;

/** A request that only reads, repeated as often as it takes. */
export function readCall<T>(path: string, expected: Expected<T>, query?: Query): Call<T> {
	return { request: { method: 'GET', path, query, timeoutMs: READ_TIMEOUT_MS }, bucket: 'get', repeat: 'freely', ...expected };
}

/** A request that comes to the same however often it acts. */
export function changeCall<T>(method: 'POST' | 'DELETE', path: string, expected: Expected<T>): Call<T> {
	return { request: { method, path, timeoutMs: CHANGE_TIMEOUT_MS }, bucket: 'write', repeat: 'freely', ...expected };
}

/** A request that must not act twice, since what it starts is paid for. */
export function startCall(path: string, body: JsonObject, how: { what: string; graceMs: number; timeoutMs?: number }): Call<JsonObject> {
	const { what, ...timing } = how;
	const request = { method: 'POST' as const, path, body, timeoutMs: CHANGE_TIMEOUT_MS, ...timing };
	return { request, bucket: 'run', repeat: 'once', parse: readStarted, what, asks: 'start' };
}

/** A path with an ID as its part. @throws ExtendError for texts that would lead elsewhere or cannot be sent */
export function pathTo(collection: string, id: string): string {
	const isUsable = !/^\.{1,2}$/.test(id) && !/\p{Surrogate}/u.test(id);
	if (isUsable) return `${collection}/${encodeURIComponent(id)}`;
	throw inputError(`"${id}" is not an ID of Extend`, 'Enter an ID such as clr_1234567890.');
}

/** The query of a page; fields that are not set or empty are left out. */
export function pageQuery(fields: Record<string, string | undefined>, pageSize: number, pageToken?: string): Query {
	const set = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
	return {
		...Object.fromEntries(set),
		maxPageSize: pageSize,
		...(pageToken === undefined ? {} : { nextPageToken: pageToken }),
	};
}

/** Where the version before put what it wrapped, and what others would call it. */
const WRAPPERS = ['processorRun', 'classifyRun', 'batchRun', 'run', 'data'];

/** The run or batch in a body; undefined where ID or status is missing, since nothing can be decided without them. */
export function readRun(body: JsonValue | undefined): Run | undefined {
	const json = readStarted(body);
	const [id, status] = [stringAt(json, 'id'), stringAt(json, 'status')];
	return json !== undefined && id !== undefined && status !== undefined ? { id, status, json } : undefined;
}

/**
 * What a start has made, also wrapped as in the version before: once it has an ID it is not lost.
 * @see https://docs.extend.ai/2025-04-21/developers/api-reference
 */
export function readStarted(body: JsonValue | undefined): JsonObject | undefined {
	return readIdentified(body) ?? WRAPPERS.map((wrapper) => readIdentified(objectAt(body, wrapper))).find((found) => found !== undefined);
}

/**
 * A page with Extend's clock, if the answer names it, so that nothing depends on the one of n8n.
 * @see https://docs.extend.ai/2026-02-09/api-reference/pagination the token is absent, null or empty on the last page
 */
export function readPage(body: JsonValue | undefined, headers: Readonly<Record<string, string>> = {}): Page<JsonObject> | undefined {
	if (!isObject(body) || !Array.isArray(body.data)) return undefined;
	const entries = objectsAt(body, 'data').map((entry) => readIdentified(entry) ?? entry);
	const page = { entries, nextPageToken: stringAt(body, 'nextPageToken') };
	const answeredAtMs = parseHttpDateMs(headers.date ?? '');
	return Number.isNaN(answeredAtMs) ? page : { ...page, answeredAtMs };
}

/** Anything with an ID, which is text then: a number is written as one. */
export function readIdentified(body: JsonValue | undefined): JsonObject | undefined {
	const id = idAt(body);
	if (!isObject(body) || id === undefined) return undefined;
	return body.id === id ? body : { ...body, id };
}

/** The file of an upload. @see https://docs.extend.ai/2025-04-21/developers/api-reference the version before wrapped it */
export function readUploaded(body: JsonValue | undefined): JsonObject | undefined {
	return readIdentified(body) ?? readIdentified(objectAt(body, 'file'));
}

/** The body that confirms what was asked for: an empty one does, a page of something in between does not. */
export function readConfirmation(body: JsonValue | undefined): { body: JsonObject | null } | undefined {
	return body === null || isObject(body) ? { body } : undefined;
}

/** A yes, for what leaves nothing to tell of. */
export const CONFIRMATION: Expected<{ body: JsonObject | null }> = { parse: readConfirmation, what: 'a confirmation' };
