import type { Extend } from 'extend-ai';
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
		metadata: file.pageCount === undefined ? {} : { pageCount: file.pageCount },
		createdAt: isoTime(file.createdAtMs),
		updatedAt: isoTime(file.updatedAtMs),
	};
}

/** The file as upload (no URL) and GET answer it. */
export function shapeFile(file: StoredFile, presignedUrl: string | null): Extend.File_ {
	return { ...shapeFileSummary(file), presignedUrl, contents: null };
}
