import type { Context } from '../context';
import type { Document, StoredFile } from './document';

export interface NewFile extends Document {
	name: string;
	bytes: Buffer;
}

/** Stores a document as a file of its own. */
export function keepFile(content: NewFile, context: Context): StoredFile {
	const nowMs = context.options.nowMs();
	const file = { ...content, id: context.nextId('file'), createdAtMs: nowMs, updatedAtMs: nowMs };
	context.store.files.set(file.id, file);
	return file;
}
