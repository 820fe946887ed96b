import type { Context } from '../context';
import type { Document, StoredFile } from './document';

/** Stores a document as a file of its own. */
export function keepFile(context: Context, name: string, bytes: Buffer, document: Document): StoredFile {
	const nowMs = context.options.nowMs();
	const id = context.nextId('file');
	const file = { ...document, id, name, bytes, createdAtMs: nowMs, updatedAtMs: nowMs };
	context.store.files.set(id, file);
	return file;
}
