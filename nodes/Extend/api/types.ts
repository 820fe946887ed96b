import type { JsonObject } from './json';

/**
 * A classify_run as far as every part of the program relies on it: the ID and the status are checked on arrival,
 * the rest stays as Extend sent it and is read with the total readers of `json.ts`.
 */
export interface Run {
	id: string;
	/** Known: PENDING, PROCESSING, CANCELLING, PROCESSED, FAILED, CANCELLED; others can appear at any time. */
	status: string;
	json: JsonObject;
}

/** One page of a list; `nextPageToken` is absent on the last one. */
export interface Page<T> {
	entries: T[];
	nextPageToken?: string;
	/** Extend's clock when it answered, in ms since 1970 and exact to a second; absent where the answer does not say. */
	answeredAtMs?: number;
}

export interface Category {
	id: string;
	type: string;
	description: string;
}

/** What a run is classified with: a saved classifier or categories sent along. @see https://docs.extend.ai/classification/configuration */
export type ClassifierTarget =
	| { classifier: { id: string; version?: string; overrideConfig?: JsonObject } }
	| { config: JsonObject };

/** A saved classifier, the only thing that Extend takes for a batch. */
export type SavedTarget = Extract<ClassifierTarget, { classifier: unknown }>;

/** Where Extend finds the document of a run. */
export type FileInput =
	| { url: string; name?: string; settings?: { password: string } }
	| { id: string }
	| { text: string; name?: string };

export type StartRequest = ClassifierTarget & {
	file: FileInput;
	priority?: number;
	metadata?: JsonObject;
};

/** Up to 1,000 documents that are classified alike. @see https://docs.extend.ai/2026-02-09/product/batch-processing */
export type BatchRequest = SavedTarget & {
	inputs: Array<{ file: FileInput; metadata: JsonObject }>;
	priority?: number;
};

/** A batch_run, checked on arrival like a run. It holds the number of its runs, and not one of their IDs. */
export interface BatchRun {
	id: string;
	/** Known: PENDING, PROCESSING, PROCESSED, FAILED, CANCELLED; it says nothing about the single runs. */
	status: string;
	json: JsonObject;
}

/** Query of `GET /classify_runs`; unset fields are not sent. */
export interface RunListQuery {
	status?: string;
	classifierId?: string;
	batchId?: string;
	source?: string;
	fileNameContains?: string;
	sortBy?: string;
	sortDir?: string;
}
