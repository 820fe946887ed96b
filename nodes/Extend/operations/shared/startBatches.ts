import type { Run } from '../../api/types';
import type { Outcome } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import type { Read } from '../../n8n/read';
import { readSavedTarget } from '../../parameters/classifier';
import type { StartRecord } from '../../starting/doubles';
import { isUnique } from '../../starting/token';
import type { DocumentOutcome, Placement } from './batchDocuments';
import { BatchStarter } from './batchStarter';
import { reportDoubles } from './doubles';
import { hintAdopted, hintCutShort, hintDraft, hintLeftOut } from './hints';
import type { PlannedDocument } from './planDocuments';
import { planDocuments } from './planDocuments';
import { draftsOf } from './startDocuments';
import { StoppedStarts } from './stoppedStarts';
import type { RunWaiter } from './waitForRun';

export interface BatchSteps {
	/** Reads what else the operation needs of an item; what it throws fails the item before anything is sent. */
	check?: (read: Read) => unknown;
	/** The outcomes of documents whose runs exist, or soon will. */
	settle: (placement: Placement) => Promise<DocumentOutcome[]>;
	/** The outcomes of an item that has no document and is to pass on without one. */
	passOn: (itemIndex: number) => Outcome[];
	/** Of operations that wait for the runs. */
	waiter?: RunWaiter;
}

/**
 * Starts all documents of all items in as few batches as Extend takes. Outcomes come in the order of items and documents.
 */
export async function startBatches(run: NodeExecution, { check, settle, passOn, waiter }: BatchSteps): Promise<Outcome[]> {
	const { plans, ...leftOut } = await planDocuments(run, { readTarget: readSavedTarget, check, keepsOrder: true });
	const stopped = new StoppedStarts(run, waiter);
	const starter = new BatchStarter(run, stopped, settle);
	const placed = await starter.start(plans.flatMap((plan) => (plan.kind === 'documents' ? plan.documents : [])));
	const outcomeByDocument = new Map(placed.map(({ document, outcome }) => [document, outcome]));
	const outcomes = plans.flatMap((plan) => {
		if (plan.kind === 'failed') return [plan];
		if (plan.kind === 'withoutDocument') return passOn(plan.itemIndex);
		return plan.documents.flatMap((document) => {
			const outcome = outcomeByDocument.get(document);
			return outcome === undefined ? [] : [withFile(document, outcome)];
		});
	});
	stopped.logUnseen(outcomes);
	hintLeftOut(run, leftOut);
	hintAdopted(run, starter.adopted.size);
	hintDraft(run, draftsOf(plans, outcomes.map(runIn).filter((one) => one !== undefined)));
	if (await starter.wasLookCutShort()) hintCutShort(run);
	await reportDoubles(run, placed.filter(({ document }) => !starter.adopted.has(document)).flatMap(recordOf));
	return outcomes;
}

/** A document that did not succeed keeps its own file. */
function withFile(document: PlannedDocument, outcome: Outcome): Outcome {
	return outcome.kind === 'output' ? outcome : { ...outcome, binary: document.binary };
}

function runIn(outcome: Outcome): Run | undefined {
	return outcome.kind === 'output' ? outcome.run : undefined;
}

/** A run beside which another may exist that nobody knew of: its key may have been used elsewhere at the same moment. */
function recordOf({ document: { plan }, outcome }: DocumentOutcome): StartRecord[] {
	const run = runIn(outcome);
	if (run === undefined || isUnique(plan.token)) return [];
	return [{ runId: run.id, token: plan.token, classifierId: plan.target.classifier.id }];
}
