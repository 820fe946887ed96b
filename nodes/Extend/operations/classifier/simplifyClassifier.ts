import type { JsonObject } from '../../api/json';
import { objectAt, objectsAt, stringAt } from '../../api/json';

/** Name and dates of a classifier as a list shows it. Every key is always there. */
export function simplifySummary(classifier: JsonObject): JsonObject {
	return {
		id: stringAt(classifier, 'id') ?? null,
		name: stringAt(classifier, 'name') ?? null,
		createdAt: stringAt(classifier, 'createdAt') ?? null,
		updatedAt: stringAt(classifier, 'updatedAt') ?? null,
	};
}

/** A classifier with one of its versions under `classifierVersion`, and the categories of that version. */
export function simplifyClassifier(classifier: JsonObject): JsonObject {
	const { id = null, name = null, ...dates } = simplifySummary(classifier);
	const version = objectAt(classifier, 'classifierVersion');
	const categories = objectsAt(objectAt(version, 'config'), 'classifications').map(simplifyCategory);
	return { id, name, version: stringAt(version, 'version') ?? null, categories, ...dates };
}

function simplifyCategory(category: JsonObject): JsonObject {
	return {
		id: stringAt(category, 'id') ?? null,
		type: stringAt(category, 'type') ?? null,
		description: stringAt(category, 'description') ?? null,
	};
}
