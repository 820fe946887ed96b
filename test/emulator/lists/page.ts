import { createHash } from 'node:crypto';
import { z } from 'zod';
import { omit } from '../omit';
import { invalid } from '../server/errors';
import type { PageOptions, PageQuery } from './query';

export interface ListEnvelope<Shape> {
	object: 'list';
	data: Shape[];
	nextPageToken?: string;
}

/** Place of an entry in its list: the time it is sorted by, then its ID. */
export interface Position {
	atMs: number;
	id: string;
}

export interface Listing<Entry, Shape> {
	/** Tells the lists apart, for their tokens. */
	name: string;
	entries: Entry[];
	positionOf: (entry: Entry) => Position;
	shape: (entry: Entry) => Shape;
}

const tokenSchema = z.tuple([z.string(), z.number(), z.string()]);

/**
 * One page of a list, in the order of the query. A token holds the last entry's position, so entries that come or go
 * between two pages shift nothing, and it is bound to the other parameters of its query.
 * @throws ApiProblem 400 for a page size out of range or a token of another query
 */
export function cutPage<Entry, Shape>(
	{ name, entries, positionOf, shape }: Listing<Entry, Shape>,
	query: PageQuery,
	options: PageOptions,
): ListEnvelope<Shape> {
	const size = pageSize(query, options);
	const binding = bindingOf(name, query);
	const sign = query.sortDir === 'asc' ? 1 : -1;
	const after = query.nextPageToken === undefined ? undefined : readToken(query.nextPageToken, binding);
	const ordered = entries
		.map((entry) => ({ entry, position: positionOf(entry) }))
		.filter(({ position }) => after === undefined || sign * compare(position, after) > 0)
		.sort((left, right) => sign * compare(left.position, right.position));
	const shown = ordered.slice(0, size);
	const last = shown.at(-1);
	const data = shown.map(({ entry }) => shape(entry));
	if (last === undefined || ordered.length <= size) return { object: 'list', data };
	return { object: 'list', data, nextPageToken: writeToken(last.position, binding) };
}

function pageSize({ maxPageSize }: PageQuery, options: PageOptions): number {
	const size = maxPageSize ?? options.defaultPageSize;
	if (size >= 1 && size <= options.maxPageSize) return size;
	throw invalid(`Number must be between 1 and ${options.maxPageSize}`, 'maxPageSize');
}

function compare(left: Position, right: Position): number {
	if (left.atMs !== right.atMs) return left.atMs - right.atMs;
	if (left.id === right.id) return 0;
	return left.id < right.id ? -1 : 1;
}

/** A fingerprint of the list, its filters and its order; the page size may change between pages. */
function bindingOf(name: string, query: PageQuery): string {
	const rest = omit(query, 'nextPageToken', 'maxPageSize');
	const text = JSON.stringify([name, Object.entries(rest).sort()]);
	return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function writeToken({ atMs, id }: Position, binding: string): string {
	return Buffer.from(JSON.stringify([binding, atMs, id])).toString('base64');
}

function readToken(token: string, binding: string): Position {
	const parsed = tokenSchema.safeParse(parseJson(Buffer.from(token, 'base64').toString('utf8')));
	if (!parsed.success) throw invalid('Invalid page token.', 'nextPageToken');
	const [bound, atMs, id] = parsed.data;
	if (bound !== binding) throw invalid('The page token belongs to another query.', 'nextPageToken');
	return { atMs, id };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
