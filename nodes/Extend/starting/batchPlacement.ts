import type { ExtendError } from '../api/errors';
import type { BatchRun, Run } from '../api/types';
import type { BatchPlan } from './plan';

export interface BatchDocument {
	plan: BatchPlan;
}

/** A document of which no run exists that can be used. */
export interface FreshDocument<Document> {
	document: Document;
	/** IDs of runs that carry its start key from before. */
	known: ReadonlySet<string>;
}

export interface DocumentRun<Document> {
	document: Document;
	/** As it was listed or read. */
	run: Run;
}

/** Where documents are at Extend. */
export type Placement<Document> =
	/** In a batch that Extend took: now, or `isReused` where another execution or an earlier try has sent it. */
	| { kind: 'batch'; documents: Document[]; batch: BatchRun; isReused: boolean; isOwn: boolean }
	/** In runs that exist already. `isOwn`: this execution has started them. */
	| { kind: 'reused'; runs: Array<DocumentRun<Document>>; isOwn: boolean }
	/** In runs that a request with an unknown outcome has made. */
	| { kind: 'made'; runs: Array<DocumentRun<Document>> }
	| { kind: 'failed'; document: Document; error: ExtendError };

/** The placement of a document that could not be started. */
export function failed<Document>(document: Document, error: ExtendError): Placement<Document> {
	return { kind: 'failed', document, error };
}
