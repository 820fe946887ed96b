import { createHash } from 'node:crypto';
import type { DocumentSource } from './plan';

/** What a document holds, as a hash that is the same for the same: of a file's bytes, read once and never held in memory. */
export async function hashContent(source: DocumentSource): Promise<string> {
	const hash = createHash('sha256');
	if (source.kind === 'input') return hash.update(JSON.stringify(contentOf(source.file))).digest('hex');
	for await (const bytes of source.upload.open()) hash.update(bytes);
	return hash.digest('hex');
}

/** Its name and password say nothing about what a document holds. */
function contentOf(file: Extract<DocumentSource, { kind: 'input' }>['file']): string[] {
	if ('url' in file) return ['url', file.url];
	return 'id' in file ? ['id', file.id] : ['text', file.text];
}
