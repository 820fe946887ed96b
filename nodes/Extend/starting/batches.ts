import type { BatchPlan } from './plan';

/** Documents of one batch at most. @see https://docs.extend.ai/2026-02-09/product/batch-processing */
export const MAX_INPUTS = 1_000;

/**
 * The documents in as few batches as Extend takes, each in their order. A batch has one classifier, version and
 * priority, and one set of options that override the classifier's.
 */
export function groupIntoBatches<Document extends { plan: BatchPlan }>(documents: readonly Document[]): Document[][] {
	const groups = new Map<string, Document[]>();
	for (const document of documents) {
		const { target, priority } = document.plan;
		const key = JSON.stringify([target, priority]);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [document]);
		else group.push(document);
	}
	return [...groups.values()].flatMap(cut);
}

function cut<Document>(group: Document[]): Document[][] {
	const count = Math.ceil(group.length / MAX_INPUTS);
	return Array.from({ length: count }, (_, part) => group.slice(part * MAX_INPUTS, (part + 1) * MAX_INPUTS));
}
