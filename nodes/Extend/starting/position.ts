import type { JsonObject } from '../api/json';
import { objectAt, stringAt } from '../api/json';
import { createdAtMs } from './foundRun';
import { POSITION_KEY } from './metadata';

/** Item and document that a run was started for; undefined where its metadata does not say. */
function positionOf(run: JsonObject): [item: number, document: number] | undefined {
	const [, item, document] = /^(\d+)\.(\d+)$/.exec(stringAt(objectAt(run, 'metadata'), POSITION_KEY) ?? '') ?? [];
	return item === undefined || document === undefined ? undefined : [Number(item), Number(document)];
}

/**
 * The order of two runs of a batch: that in which this package has started them, else the older one first.
 * @returns negative, 0 or positive, as sort wants it
 */
export function compareRuns(one: JsonObject, other: JsonObject): number {
	const [left, right] = [positionOf(one), positionOf(other)];
	if (left !== undefined && right !== undefined) return left[0] - right[0] || left[1] - right[1];
	if (left !== undefined || right !== undefined) return left === undefined ? 1 : -1;
	const [leftMs, rightMs] = [createdAtMs(one), createdAtMs(other)];
	return leftMs === rightMs ? 0 : leftMs - rightMs;
}
