import type { ExtendError } from '../../api/errors';
import type { BatchRun, Run, SavedTarget } from '../../api/types';
import type { Outcome } from '../../n8n/items';
import type { PlannedDocument } from './planDocuments';

/** A document of an item that goes into a batch. */
export type BatchDocument = PlannedDocument<SavedTarget>;

export interface DocumentRun {
	document: BatchDocument;
	/** As it was listed or read. */
	run: Run;
}

/** Documents whose runs exist, or soon will. */
export type Placement =
	/** In a batch that Extend took, now or for an earlier try. */
	| { kind: 'batch'; documents: BatchDocument[]; batch: BatchRun }
	/** Of an earlier try. */
	| { kind: 'adopted'; runs: DocumentRun[] }
	/** Of a request that got no answer. */
	| { kind: 'unanswered'; runs: DocumentRun[] };

/** An outcome, and the document it stands at the place of. */
export interface DocumentOutcome {
	document: BatchDocument;
	outcome: Outcome;
}

/** The outcome of a document that did not succeed. */
export function failed(document: BatchDocument, error: ExtendError): DocumentOutcome {
	return { document, outcome: { kind: 'failed', itemIndex: document.itemIndex, error } };
}
