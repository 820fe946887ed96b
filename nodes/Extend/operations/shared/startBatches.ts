import type { Outcome } from '../../n8n/items';
import type { NodeRun } from '../../n8n/nodeRun';
import type { Read } from '../../n8n/read';
import { readSavedTarget } from '../../parameters/classifier';
import type { BatchDocument, PlacedOutcome, Placement } from './batchStarter';
import { BatchStarter } from './batchStarter';
import { hintAdopted, hintCutShort, hintDraft, hintSkipped } from './hints';
import { planDocuments } from './planDocuments';
import { draftsOf } from './startDocuments';

export interface BatchSteps {
	/** Reads what else the operation needs of an item; what it throws fails the item before anything is sent. */
	check?: (read: Read) => unknown;
	/** The outcomes of documents whose runs exist, or soon will. */
	settle: (placement: Placement) => Promise<PlacedOutcome[]>;
	/** The outcomes of an item that has no document and is to pass on without one. */
	passOn: (itemIndex: number) => Outcome[];
}

/**
 * Starts all documents of all items in as few batches as Extend takes. Outcomes come in the order of items and documents.
 */
export async function startBatches(run: NodeRun, { check, settle, passOn }: BatchSteps): Promise<Outcome[]> {
	const { plans, skipped } = await planDocuments(run, { readTarget: readSavedTarget, check, keepsOrder: true });
	const starter = new BatchStarter(run, settle);
	const placed = await starter.start(plans.flatMap((plan) => (plan.kind === 'documents' ? plan.documents : [])));
	const outcomesOf = gather(placed);
	const outcomes = plans.flatMap((plan) => {
		if (plan.kind === 'failed') return [plan];
		if (plan.kind === 'withoutDocument') return passOn(plan.itemIndex);
		return plan.documents.flatMap(outcomesOf);
	});
	hintSkipped(run, skipped);
	hintAdopted(run, starter.adoptedCount);
	const runs = outcomes.flatMap((outcome) => (outcome.kind === 'output' && outcome.run !== undefined ? [outcome.run] : []));
	hintDraft(run, draftsOf(plans, runs));
	if (await starter.wasLookCutShort()) hintCutShort(run);
	return outcomes;
}

function gather(placed: PlacedOutcome[]): (document: BatchDocument) => Outcome[] {
	const byDocument = new Map<BatchDocument, Outcome[]>();
	for (const { document, outcome } of placed) byDocument.set(document, [...(byDocument.get(document) ?? []), outcome]);
	return (document) => byDocument.get(document) ?? [];
}
