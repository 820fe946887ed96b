import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';
import { completeFileName, extensionOf } from '../documents/fileTypes';
import type { BinaryFile } from '../documents/selection';
import { messageOf } from './errors';

/** A file of an item, with the means to read it again and again. */
export interface ReadableFile extends BinaryFile {
	open: () => AsyncIterable<Uint8Array>;
}

/** Bytes read from n8n's storage at a time; smaller pieces keep the garbage collector busy. */
const CHUNK_BYTES = 256 * 1_024;
/** Characters of base64 decoded at a time; a multiple of four, so that every piece stands on its own. */
const PIECE_LENGTH = 128 * 1_024;

/**
 * The file in a binary field, in every storage mode of n8n; nothing of it is read yet.
 * @throws ExtendError when n8n has no file there
 */
export async function findFile(context: IExecuteFunctions, itemIndex: number, field: string): Promise<ReadableFile> {
	const binary = assertBinary(context, itemIndex, field);
	const described = { field, fileName: nameOf(binary), mimeType: binary.mimeType ?? '' };
	const { id } = binary;
	if (id === undefined) {
		// A node before can have made the field itself; then nothing of it is sure.
		const { data }: { data?: unknown } = binary;
		if (typeof data !== 'string') throw unreadable(field, 'it has no content');
		const base64 = data.replace(/\s/g, '');
		return { ...described, sizeBytes: Buffer.byteLength(base64, 'base64'), open: () => decode(base64) };
	}
	const sizeBytes = await readSize(context, id, field);
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

async function readSize(context: IExecuteFunctions, id: string, field: string): Promise<number> {
	try {
		return (await context.helpers.getBinaryMetadata(id)).fileSize;
	} catch (caught) {
		throw unreadable(field, caught);
	}
}

function unreadable(field: string, caught: unknown): ExtendError {
	return inputError(`The file in "${field}" could not be read: ${messageOf(caught)}`, 'Check the node before, which has to pass the file on.');
}

function assertBinary(context: IExecuteFunctions, itemIndex: number, field: string): IBinaryData {
	try {
		return context.helpers.assertBinaryData(itemIndex, field);
	} catch (caught) {
		throw unreadable(field, caught);
	}
}

function nameOf({ fileName, mimeType, fileExtension }: IBinaryData): string {
	const name = completeFileName(fileName ?? '', mimeType ?? '');
	const knowsBetter = extensionOf(name) === undefined && fileExtension !== undefined && fileExtension !== '';
	return knowsBetter ? `${name}.${fileExtension}` : name;
}

async function* decode(base64: string): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < base64.length; start += PIECE_LENGTH) {
		yield Buffer.from(base64.slice(start, start + PIECE_LENGTH), 'base64');
	}
}
