import type { Upload } from '../api/http';
import type { JsonObject } from '../api/json';
import type { ClassifierTarget, FileInput, SavedTarget } from '../api/types';

export type DocumentSource = { kind: 'input'; file: FileInput } | { kind: 'upload'; upload: Upload };

/** One document with all that its run is started with. */
export interface StartPlan<Target extends ClassifierTarget = ClassifierTarget> {
	target: Target;
	source: DocumentSource;
	priority?: number;
	/** Holds our token under `n8n:start`. */
	metadata: JsonObject;
	token: string;
	/** Whether to look for a run of an earlier try before starting one. */
	looksFirst: boolean;
}

/** A document that goes into a batch: Extend takes batches for saved classifiers only. */
export type BatchPlan = StartPlan<SavedTarget>;

export function classifierIdOf(target: ClassifierTarget): string | undefined {
	return 'classifier' in target ? target.classifier.id : undefined;
}

export interface FilePorts {
	uploadFile: (upload: Upload) => Promise<{ id: string }>;
	/** IDs of files uploaded in this execution, by token; they outlive a retry of the node. */
	uploadedFileIds: Record<string, string>;
}

/** The document as a start names it, uploaded where that is needed and was not done by an earlier try. */
export async function provideFile({ source, token }: StartPlan, { uploadFile, uploadedFileIds }: FilePorts): Promise<FileInput> {
	if (source.kind === 'input') return source.file;
	const known = uploadedFileIds[token];
	if (known !== undefined) return { id: known };
	const { id } = await uploadFile(source.upload);
	uploadedFileIds[token] = id;
	return { id };
}
