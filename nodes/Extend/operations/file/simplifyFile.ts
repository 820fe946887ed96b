import type { JsonObject } from '../../api/json';
import { numberAt, objectAt, stringAt } from '../../api/json';

/** What a file is. Every key is always there; Extend counts the pages of PDF and Word files only. */
export function simplifyFile(file: JsonObject): JsonObject {
	return {
		id: stringAt(file, 'id') ?? null,
		name: stringAt(file, 'name') ?? null,
		type: stringAt(file, 'type') ?? null,
		pageCount: numberAt(objectAt(file, 'metadata'), 'pageCount') ?? null,
		createdAt: stringAt(file, 'createdAt') ?? null,
		updatedAt: stringAt(file, 'updatedAt') ?? null,
	};
}
