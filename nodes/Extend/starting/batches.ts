import type { SavedTarget } from '../api/types';
import type { BatchPlan } from './plan';

/** Documents of one batch at most. @see https://docs.extend.ai/2026-02-09/product/batch-processing */
export const MAX_INPUTS = 1_000;

/** Documents that can share a request. */
export interface BatchGroup<Document> {
	target: SavedTarget;
	priority?: number;
	documents: Document[];
}

/**
 * The documents in as few batches as Extend takes, each in their order. A batch has one classifier, version and
 * priority, and one set of options that override the classifier's.
 */
export function groupIntoBatches<Document extends { plan: BatchPlan }>(documents: readonly Document[]): Array<BatchGroup<Document>> {
	const groups = new Map<string, BatchGroup<Document>>();
	for (const document of documents) {
		const { target, priority } = document.plan;
		const key = JSON.stringify([target, priority]);
		const group = groups.get(key) ?? { target, priority, documents: [] };
		group.documents.push(document);
		groups.set(key, group);
	}
	return [...groups.values()].flatMap(cut);
}

function cut<Document>({ documents, ...shared }: BatchGroup<Document>): Array<BatchGroup<Document>> {
	const count = Math.ceil(documents.length / MAX_INPUTS);
	return Array.from({ length: count }, (_, part) => ({ ...shared, documents: documents.slice(part * MAX_INPUTS, (part + 1) * MAX_INPUTS) }));
}
