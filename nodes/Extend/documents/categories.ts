import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import type { Category } from '../api/types';

const CATCH_ALL_DESCRIPTION = 'Anything that fits none of the other categories';

function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

function readCategory(entry: unknown, position: number): Category {
	const fields: { id?: unknown; type?: unknown; description?: unknown } =
		typeof entry === 'object' && entry !== null ? entry : { id: entry };
	const id = textOf(fields.id);
	if (id === '') {
		throw inputError(`Category ${position + 1} has no ID`, 'Give every category an ID, such as "invoice".');
	}
	const type = textOf(fields.type) || id;
	return { id, type, description: textOf(fields.description) || type };
}

/** An ID that no category has yet. */
function freeId(taken: Set<string>): string {
	for (let number = 1; ; number++) {
		const id = number === 1 ? 'other' : `other_${number}`;
		if (!taken.has(id)) return id;
	}
}

/**
 * Complete categories from what the user gave, an ID alone being enough: a missing type is the ID, a missing description the type, and a
 * catch-all is added, since Extend wants one category of type `other`.
 * @throws ExtendError for none at all, a missing ID or equal IDs
 * @see https://docs.extend.ai/classification/configuration
 */
export function readCategories(entries: readonly unknown[]): Category[] {
	const categories = entries.map(readCategory);
	if (categories.length === 0) {
		throw inputError('There are no categories to choose from', 'Add at least one category, or choose a saved classifier.');
	}
	const ids = new Set<string>();
	for (const { id } of categories) {
		if (ids.has(id)) throw inputError(`Two categories have the ID "${id}"`, 'Give every category its own ID.');
		ids.add(id);
	}
	if (categories.some(({ type }) => type === 'other')) return categories;
	return [...categories, { id: freeId(ids), type: 'other', description: CATCH_ALL_DESCRIPTION }];
}

/** The categories as Extend's configuration names them. */
export function buildClassifications(categories: Category[]): JsonObject[] {
	return categories.map(({ id, type, description }) => ({ id, type, description }));
}
