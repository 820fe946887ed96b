import type { IExecuteFunctions } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isObject, numberAt, stringAt } from '../api/json';
import { completeFileName } from '../documents/fileNames';
import type { BinaryFile } from '../documents/selection';
import { noFile, readItemContent } from './itemContent';
import { CHUNK_BYTES, measureStoredFile } from './storedFile';

/** A file of an item, with the means to read it again and again. */
export interface ReadableFile extends BinaryFile {
	open: () => AsyncIterable<Uint8Array>;
}

/** A file as its binary field describes it, before anything is known of its content. */
export type DescribedFile = Omit<BinaryFile, 'sizeBytes'> & { data: JsonObject };

/**
 * What a binary field says of its file. A node before can have made the field, so every property is data from outside.
 * @throws ExtendError for a field that holds no description of a file
 */
export function describeFile(field: string, data: unknown): DescribedFile {
	if (!isObject(data)) throw noFile(field, 'it has no description of one', 'Check the node before, which has made this field.');
	const mimeType = mimeTypeOf(data);
	return { field, fileName: completeFileName(textAt(data, 'fileName'), mimeType, textAt(data, 'fileExtension')), mimeType, data };
}

/**
 * The file with the means to read it, in every storage mode of n8n.
 * @throws ExtendError when there is no such file, or none that can be sent
 */
export async function openFile(context: IExecuteFunctions, { data, ...described }: DescribedFile): Promise<ReadableFile> {
	const id = stringAt(data, 'id');
	if (id === undefined) return { ...described, ...readItemContent(data.data, described.field) };
	const sizeBytes = await measureStoredFile(context, { ...described, id, describedBytes: numberAt(data, 'bytes') });
	const open = async function* (): AsyncGenerator<Uint8Array> {
		yield* await context.helpers.getBinaryStream(id, CHUNK_BYTES);
	};
	return { ...described, sizeBytes, open };
}

/** @throws ExtendError for a file without content, which Extend would refuse */
export function assertNotEmpty({ fileName, field, sizeBytes }: BinaryFile): void {
	if (sizeBytes > 0) return;
	throw inputError(
		`The file "${fileName}" in "${field}" is empty`,
		'Check the node before, or set a Minimum File Size under File Options to leave such files out.',
	);
}

/** A name can be a number where it comes from a table. */
function textAt(data: JsonObject, key: string): string {
	const value = data[key];
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The MIME type, if it is one: it becomes a header of the upload. */
function mimeTypeOf(data: JsonObject): string {
	const text = textAt(data, 'mimeType').trim();
	return /^[\x20-\x7e]+$/.test(text) && text.includes('/') ? text : '';
}
