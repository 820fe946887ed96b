import type { PlannedDocument } from './plannedDocument';
import type { Submitted } from './submission';

/** Documents by their start key: those with one are the same for Extend, and share a run. The first of each stands for the others. */
export function groupByStartKey<Document extends PlannedDocument>(documents: readonly Document[]): Map<string, Document[]> {
	const groups = new Map<string, Document[]>();
	for (const document of documents) groups.set(document.plan.startKey, [...(groups.get(document.plan.startKey) ?? []), document]);
	return groups;
}

/** Submits each document once; the others of its start key use what comes of it. */
export async function* submitOnce<Document extends PlannedDocument>(
	documents: readonly Document[],
	submit: (documents: Document[]) => AsyncGenerator<Submitted>,
): AsyncGenerator<Submitted> {
	const groups = groupByStartKey(documents);
	for await (const submitted of submit([...groups.values()].flatMap(([first]) => first ?? []))) {
		yield submitted;
		const [, ...others] = groups.get(submitted.document.plan.startKey) ?? [];
		yield* others.map((document): Submitted => (submitted.kind === 'run' ? { ...submitted, document, isReused: true } : { ...submitted, document }));
	}
}
