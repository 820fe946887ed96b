import type { JsonObject } from '../api/json';
import { objectAt, stringAt } from '../api/json';
import { isNewestFirst, LARGEST_PAGE } from '../api/pagination';
import type { Page, Run, RunListQuery } from '../api/types';
import { isFinal } from '../runs/status';

/** Lists runs once, without repeating a failed request. */
export type ListRuns = (query: RunListQuery, pageSize: number, pageToken?: string) => Promise<Page<JsonObject>>;

export interface Sweep {
	/** Status by ID of the runs that were looked for and found. */
	statusById: Map<string, string>;
	/** Whether the list was read back to the last sweep, so that a run which is not in it has not changed. */
	isComplete: boolean;
	/** The newest `updatedAt` seen, by Extend's clock in ms; where the next sweep may end. */
	newestMs: number;
	/** Whether any run, looked for or not, has finished since the last sweep. */
	showsFinish: boolean;
}

export interface SweepRequest {
	ids: ReadonlySet<string>;
	/** Narrows the list where all runs are of one classifier. */
	classifierId?: string;
	/** `newestMs` of the last sweep; minus infinity for the first. */
	sinceMs: number;
}

/** Other people's runs can fill any number of pages; runs that are not found are asked for by ID instead. */
const MAX_PAGES = 3;
const SMALLEST_PAGE = 50;
/** How far entries of a list may come in late or out of order. */
const LIST_LAG_MS = 5_000;

/**
 * Finds out in few requests which runs have changed: the list is read from its newest change back to the last sweep.
 * Only Extend's own times are compared with each other, so that clocks may differ.
 */
export async function sweepRuns({ ids, classifierId, sinceMs }: SweepRequest, list: ListRuns): Promise<Sweep> {
	const query: RunListQuery = { classifierId, sortBy: 'updatedAt', sortDir: 'desc' };
	const pageSize = Math.min(Math.max(2 * ids.size, SMALLEST_PAGE), LARGEST_PAGE);
	const sweep: Sweep = { statusById: new Map(), isComplete: false, newestMs: sinceMs, showsFinish: false };
	let token: string | undefined;
	for (let page = 0; page < MAX_PAGES && !sweep.isComplete; page++) {
		const { entries, nextPageToken } = await list(query, pageSize, token);
		for (const run of entries) note(run, { ids, sinceMs }, sweep);
		const times = entries.map(updatedAtMs);
		const reachesBack = isNewestFirst(times) && times.some((ms) => ms < sinceMs - LIST_LAG_MS);
		sweep.isComplete = nextPageToken === undefined || reachesBack || sweep.statusById.size === ids.size;
		token = nextPageToken;
	}
	return sweep;
}

function note(run: JsonObject, { ids, sinceMs }: SweepRequest, sweep: Sweep): void {
	const ms = updatedAtMs(run);
	if (ms > sweep.newestMs) sweep.newestMs = ms;
	const id = stringAt(run, 'id');
	const status = stringAt(run, 'status');
	// The first sweep cannot tell what is new.
	if (status !== undefined && isFinal({ status }) && ms > sinceMs && Number.isFinite(sinceMs)) sweep.showsFinish = true;
	if (id !== undefined && status !== undefined && ids.has(id)) sweep.statusById.set(id, status);
}

/** NaN, which no comparison is true for, where the time cannot be read. */
function updatedAtMs(run: JsonObject): number {
	return Date.parse(stringAt(run, 'updatedAt') ?? '');
}

/** The classifier of all runs, if it is one and the same. */
export function commonClassifier(runs: Array<Run | undefined>): string | undefined {
	const ids = new Set(runs.map((run) => stringAt(objectAt(run?.json, 'classifier'), 'id')));
	return ids.size === 1 ? [...ids][0] : undefined;
}
