import { ExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import type { Run, SavedTarget } from '../api/types';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import { openStarts } from '../n8n/startMemory';
import { readSavedTarget } from '../parameters/classifier';
import { shape } from '../parameters/run';
import { describeBatch } from '../runs/batch';
import { nameRun, runFacts } from '../runs/outcome';
import type { Placement } from '../starting/batchPlacement';
import { BatchStarter } from '../starting/batchStarter';
import { describeWithoutDocument } from '../starting/startHints';
import { CancelledStart } from '../starting/unknownOutcome';
import { AfterCancel } from './afterCancel';
import type { DocumentOutcome } from './handOut';
import { failedOutcome, inOrder } from './handOut';
import type { PlannedDocument } from './plannedDocument';
import { planDocuments } from './planDocuments';
import { groupByStartKey } from './repeats';
import { reportStarts } from './reportStarts';
import type { Submitted } from './submission';

type BatchedDocument = PlannedDocument<SavedTarget>;

/** The trip of documents whose batches are not waited for: plan, submit, hand out one item for each batch. */
export async function startBatches(execution: NodeExecution): Promise<Outcome[]> {
	const context = openStarts(execution);
	const plan = await planDocuments(execution, context.memory, { readTarget: readSavedTarget, keepsOrder: true });

	const starter = new BatchStarter<BatchedDocument>(context);
	const afterCancel = new AfterCancel(execution);
	const groups = groupByStartKey(plan.documents);
	const submitted: Submitted[] = [];
	const placed: DocumentOutcome[] = [];
	for await (const placement of starter.start([...groups.values()].flatMap(([first]) => first ?? []))) {
		if (placement.kind === 'failed' && placement.error instanceof CancelledStart) await afterCancel.settle(placement.document, placement.error);
		placed.push(...outcomesOf(placement, groups));
		submitted.push(...submittedIn(placement));
	}

	const withoutDocument: number[] = [];
	const outcomes = inOrder(plan.items, placed, ({ itemIndex }) => {
		withoutDocument.push(itemIndex);
		return [];
	});
	afterCancel.logUnseen(outcomes);
	await reportStarts(execution, { plan, submitted, outcomes, isLookCutShort: await starter.wasLookCutShort() });
	const hint = describeWithoutDocument(withoutDocument);
	if (hint !== undefined) execution.hint(hint);
	return outcomes;
}

/** One item for each batch, and one for all runs that exist already; documents of which nothing is known fail. */
function outcomesOf(placement: Placement<BatchedDocument>, groups: ReadonlyMap<string, BatchedDocument[]>): DocumentOutcome[] {
	const sharing = (document: BatchedDocument): BatchedDocument[] => groups.get(document.plan.startKey) ?? [document];
	switch (placement.kind) {
		case 'failed':
			return sharing(placement.document).map((document) => ({ document, outcome: failedOutcome(document, placement.error) }));
		case 'made':
			return placement.runs.map(({ document, run }) => ({ document, outcome: failedOutcome(document, notConfirmedError(run)) }));
		case 'batch': {
			const { batch, documents } = placement;
			const [first] = documents;
			const json = first === undefined ? {} : shape(first.settings.output, batch.json, describeBatch);
			return oneFor(documents.flatMap(sharing), { json, batchIds: [batch.id], runIds: [] });
		}
		case 'reused': {
			const runIds = placement.runs.map(({ run }) => run.id);
			return oneFor(placement.runs.flatMap(({ document }) => sharing(document)), { json: describeReusedRuns(runIds), batchIds: [], runIds });
		}
	}
}

/** One item for several documents, paired with all of theirs, at the place of the first. */
function oneFor(documents: BatchedDocument[], item: { json: JsonObject; batchIds: string[]; runIds: string[] }): DocumentOutcome[] {
	const itemIndexes = [...new Set(documents.map(({ itemIndex }) => itemIndex))].sort((one, other) => one - other);
	const [document] = documents;
	const [itemIndex] = itemIndexes;
	if (document === undefined || itemIndex === undefined) return [];
	return [{ document, outcome: { kind: 'batch', itemIndex, itemIndexes, ...item } }];
}

/** Extend does not say which batch a run belongs to, so the runs themselves are named. */
function describeReusedRuns(runIds: string[]): JsonObject {
	return { ...describeBatch({}), runCount: runIds.length, runIds };
}

function submittedIn(placement: Placement<BatchedDocument>): Submitted[] {
	if (placement.kind === 'failed') return [placement];
	if (placement.kind === 'batch') return [];
	return placement.runs.map(({ document, run }) => ({
		kind: 'run',
		document,
		run: { kind: 'known', run },
		isReused: placement.kind === 'reused',
		wasSentAgain: false,
	}));
}

function notConfirmedError(run: Run): ExtendError {
	return new ExtendError(
		`Extend did not confirm the batch, but has started ${nameRun(run)} for this document`,
		'Fetch it with Wait for Completion of the resource Classify Run, and leave the document out when you start the others again. With an Idempotency Key under Options the node finds such runs by itself.',
		{ code: 'OUTCOME_UNKNOWN', retryable: true, ...runFacts(run) },
	);
}
