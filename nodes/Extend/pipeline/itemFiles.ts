import type { IBinaryKeyData } from 'n8n-workflow';
import type { Upload } from '../../api/http';
import type { ReadableFile } from '../../n8n/binary';
import { findFile } from '../../n8n/binary';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { completeFileName } from '../../documents/fileTypes';
import { selectFields } from '../../documents/selection';

/**
 * The files of an item in the fields that a text such as `front, back` or `attachment_*` means.
 * @throws ExtendError for a plain name without a file, and for a file that cannot be read
 */
export async function findFiles({ context, items }: NodeExecution, itemIndex: number, fields: string): Promise<ReadableFile[]> {
	const names = selectFields(fields, Object.keys(items[itemIndex]?.binary ?? {}));
	return await Promise.all(names.map(async (field) => await findFile(context, itemIndex, field)));
}

/** What goes to Extend for a file. @param fileName in place of the name it has */
export function uploadOf(file: ReadableFile, { fileName, filePassword }: { fileName?: string; filePassword?: string }): Upload {
	const { mimeType, sizeBytes, open } = file;
	const name = fileName === undefined ? file.fileName : completeFileName(fileName, mimeType);
	const fields: Record<string, string> = filePassword === undefined ? {} : { password: filePassword };
	return { fileName: name, mimeType, sizeBytes, open, fields };
}

/** The input's binary for the output item of one of its files, which keeps that file only. */
export function binaryWith({ items }: NodeExecution, itemIndex: number, field: string): IBinaryKeyData {
	const data = items[itemIndex]?.binary?.[field];
	return data === undefined ? {} : { [field]: data };
}
