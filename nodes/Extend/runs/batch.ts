import type { JsonObject } from '../api/json';
import { numberAt, stringAt } from '../api/json';

/** The fields of a batch that workflows use. Every key is always there; what Extend left out is null. */
export function describeBatch(batch: JsonObject): JsonObject {
	return {
		batchId: stringAt(batch, 'id') ?? null,
		status: stringAt(batch, 'status') ?? null,
		runCount: numberAt(batch, 'runCount') ?? null,
		createdAt: stringAt(batch, 'createdAt') ?? null,
	};
}
