import type { Upload } from '../api/http';
import type { JsonObject } from '../api/json';
import type { ClassifierTarget, FileInput, SavedTarget } from '../api/types';

export type DocumentSource = { kind: 'input'; file: FileInput } | { kind: 'upload'; upload: Upload };

/** One document with all that its run is started with. */
export interface StartPlan<Target extends ClassifierTarget = ClassifierTarget> {
	target: Target;
	source: DocumentSource;
	priority?: number;
	/** Holds the start key under `n8n:start`. */
	metadata: JsonObject;
	startKey: string;
	/** Whether Extend's list is to be looked through for a run with the start key before one is started. */
	looksFirst: boolean;
}

/** A document that goes into a batch: Extend takes batches for saved classifiers only. */
export type BatchPlan = StartPlan<SavedTarget>;
