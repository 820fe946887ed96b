import type { JsonObject } from '../api/json';
import { objectAt, stringAt } from '../api/json';
import { hasFailed } from '../runs/status';
import { START_KEY } from './metadata';

/** A run that carries one of our start keys, as a list shows it. */
export interface FoundRun {
	id: string;
	status: string;
	startKey: string;
	/** All that the list says of it: everything but its result. */
	json: JsonObject;
}

/** The newest run that can stand for a new start: one that failed or was cancelled is started anew. */
export function findUsable(runs: readonly FoundRun[], startKey: string): FoundRun | undefined {
	return runs.find((run) => run.startKey === startKey && !hasFailed(run));
}

/** When a run was made, by Extend's clock; one that does not say counts as the newest. */
export function createdAtMs(run: JsonObject): number {
	const ms = Date.parse(stringAt(run, 'createdAt') ?? '');
	return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

/** Our start key on a run; undefined where it was not started by this package. */
export function startKeyOf(run: JsonObject): string | undefined {
	return stringAt(objectAt(run, 'metadata'), START_KEY);
}

/** The run, if it carries one of our start keys. */
export function readFound(run: JsonObject): FoundRun[] {
	const id = stringAt(run, 'id');
	const startKey = startKeyOf(run);
	return id === undefined || startKey === undefined ? [] : [{ id, status: stringAt(run, 'status') ?? '', startKey, json: run }];
}
