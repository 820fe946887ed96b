import type { Extend } from 'extend-ai';
import { DATA_RETENTION } from '../retention';
import { isoTime } from '../time';
import type { StoredFile } from './document';

/** The file as runs and lists show it. */
export function shapeFileSummary(file: StoredFile): Extend.FileSummary {
	return {
		object: 'file',
		id: file.id,
		name: file.name,
		type: file.type,
		parentFileId: null,
		// Right after the upload nothing has looked into the file yet.
		metadata: file.wasRead && file.pageCount !== undefined ? { pageCount: file.pageCount } : {},
		createdAt: isoTime(file.createdAtMs),
		updatedAt: isoTime(file.updatedAtMs),
		...DATA_RETENTION,
	};
}

/** The file as upload (no URL) and GET answer it. */
export function shapeFile(file: StoredFile, presignedUrl: string | null): Extend.File_ {
	return { ...shapeFileSummary(file), presignedUrl, contents: null };
}
