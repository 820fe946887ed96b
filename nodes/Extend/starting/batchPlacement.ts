import type { ExtendError } from '../api/errors';
import type { BatchRun, Run } from '../api/types';
import type { BatchPlan } from './plan';
import type { Made } from './startRegistry';

export interface BatchDocument {
	plan: BatchPlan;
}

/** A document of which no run exists that can be used. */
export interface FreshDocument<Document> {
	document: Document;
	/** IDs of runs that carry its start key from before. */
	known: ReadonlySet<string>;
	/** What others have made of it, and cannot stand for it. */
	unusable?: Made;
}

export interface DocumentRun<Document> {
	document: Document;
	/** As it was listed or read. */
	run: Run;
}

export interface ReusedRun<Document> extends DocumentRun<Document> {
	/** Whether this execution has started it. */
	isOwn: boolean;
}

/** Where documents are at Extend. */
export type Placement<Document> =
	/** In a batch that Extend took: now, or `isReused` where another execution or an earlier try has sent it. */
	| { kind: 'batch'; documents: Document[]; batch: BatchRun; isReused: boolean; isOwn: boolean }
	/** In runs that exist already. */
	| { kind: 'reused'; runs: Array<ReusedRun<Document>> }
	/** In runs that a request with an unknown outcome has made. */
	| { kind: 'made'; runs: Array<DocumentRun<Document>> }
	| { kind: 'failed'; document: Document; error: ExtendError };

/** The placement of a document that could not be started. */
export function failed<Document>(document: Document, error: ExtendError): Placement<Document> {
	return { kind: 'failed', document, error };
}
