import { ExtendError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import type { Run } from '../../api/types';
import type { Outcome, OutputItem } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { savedClassifier, savedVersion } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { shape, simplify } from '../../parameters/run';
import { startParameters } from '../../parameters/startOptions';
import { describeBatch } from '../../runs/batch';
import { nameRun, runFacts } from '../../runs/outcome';
import type { BatchDocument, DocumentRun, DocumentOutcome, Placement } from '../shared/batchDocuments';
import { failed } from '../shared/batchDocuments';
import { hintWithoutDocument } from '../shared/hints';
import { startBatches } from '../shared/startBatches';
import type { AllItemsOperation } from '../types';

export const startOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start batch run',
		description: 'Send up to 1,000 documents in one request without waiting; returns one item for each batch',
	},
	parameters: [savedClassifier, savedVersion, ...documentParameters, simplify, ...startParameters],
	async execute(run) {
		const withoutDocument: number[] = [];
		const passOn = (itemIndex: number): Outcome[] => {
			withoutDocument.push(itemIndex);
			return [];
		};
		const outcomes = await startBatches(run, { settle: async (placement) => settle(run, placement), passOn });
		hintWithoutDocument(run, withoutDocument);
		return outcomes;
	},
};

function settle(run: NodeExecution, placement: Placement): DocumentOutcome[] {
	switch (placement.kind) {
		case 'batch':
			return outputOf(placement.documents, shapeBatch(run, placement));
		case 'adopted':
			return outputOf(placement.runs.map(({ document }) => document), {
				json: describeAdopted(placement.runs),
				runIds: placement.runs.map(({ run: { id } }) => id),
			});
		case 'unanswered':
			return placement.runs.map(({ document, run: found }) => failed(document, unansweredError(found)));
	}
}

function shapeBatch(run: NodeExecution, { batch: { id, json }, documents: [first] }: Extract<Placement, { kind: 'batch' }>): Pick<OutputItem, 'json' | 'batchId'> {
	return { json: shape(run.read(first?.itemIndex ?? 0), json, describeBatch), batchId: id };
}

/** One item for several documents, paired with all of theirs. */
function outputOf(documents: BatchDocument[], item: Pick<OutputItem, 'json' | 'batchId' | 'runIds'>): DocumentOutcome[] {
	const itemIndexes = [...new Set(documents.map(({ itemIndex }) => itemIndex))].sort((one, other) => one - other);
	const [document] = documents;
	const [itemIndex] = itemIndexes;
	if (document === undefined || itemIndex === undefined) return [];
	return [{ document, outcome: { kind: 'output', itemIndex, itemIndexes, ...item } }];
}

/** Extend does not say which batch a run belongs to, so the runs themselves are named. */
function describeAdopted(runs: DocumentRun[]): JsonObject {
	return { ...describeBatch({}), runCount: runs.length, runIds: runs.map(({ run }) => run.id) };
}

function unansweredError(run: Run): ExtendError {
	return new ExtendError(
		`Extend did not confirm the batch, but has started ${nameRun(run)} for this document`,
		'Get it with Classify Run: Wait for Completion, and leave the document out when you start the others again. With an Idempotency Key under Options, the node finds such runs itself.',
		{ code: 'OUTCOME_UNKNOWN', retryable: true, ...runFacts(run) },
	);
}
