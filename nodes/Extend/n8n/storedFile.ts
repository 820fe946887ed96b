import type { IExecuteFunctions } from 'n8n-workflow';
import { ExtendError, inputError } from '../api/errors';
import { messageOf } from './errors';
import { Slots } from './slots';

/** A file in n8n's storage. */
export interface StoredFile {
	/** n8n's ID of it, with the storage mode before a colon. */
	id: string;
	field: string;
	fileName: string;
	/** As the binary field describes it; undefined where it does not. */
	describedBytes?: number;
}

/** Bytes read from n8n's storage at a time; smaller pieces keep the garbage collector busy. */
export const CHUNK_BYTES = 256 * 1_024;

/**
 * On disk n8n keeps what it knows of a file apart from the file, so one can be there without the other. In all other
 * storages the size comes from the file itself, and opening one twice costs a request, or the whole file in memory.
 */
const KEEPS_SIZE_APART = /^filesystem(-v2)?:/;
/** Files that are open at once while they are looked at: an execution can have more than the system lets n8n open. */
const OPEN_AT_ONCE = new Slots(16);

const RUN_AGAIN = 'Run the workflow again from the node that reads the file. n8n deletes stored files together with old executions.';

/**
 * Bytes of a stored file, once it is known that n8n can give it: all of a small one is read, else its beginning.
 * @throws ExtendError for a file that n8n does not have, cannot give, or has in another size than it says
 */
export async function measureStoredFile(context: IExecuteFunctions, file: StoredFile): Promise<number> {
	try {
		if (!KEEPS_SIZE_APART.test(file.id)) return await readSize(context, file);
		return await OPEN_AT_ONCE.use(async () => {
			const sizeBytes = await readSize(context, file);
			const seen = await readBeginning(context, file, sizeBytes);
			if (seen.isAll ? seen.bytes !== sizeBytes : seen.bytes > sizeBytes) throw wrongSize(file, seen, sizeBytes);
			return sizeBytes;
		});
	} catch (caught) {
		throw caught instanceof ExtendError ? caught : unreadable(file, caught);
	}
}

async function readSize(context: IExecuteFunctions, { id, describedBytes = 0 }: StoredFile): Promise<number> {
	const { fileSize }: { fileSize?: unknown } = await context.helpers.getBinaryMetadata(id);
	return typeof fileSize === 'number' && fileSize >= 0 ? fileSize : describedBytes;
}

interface Beginning {
	bytes: number;
	/** Whether the file has no more than that. */
	isAll: boolean;
}

async function readBeginning(context: IExecuteFunctions, { id }: StoredFile, sizeBytes: number): Promise<Beginning> {
	let bytes = 0;
	for await (const piece of await context.helpers.getBinaryStream(id, CHUNK_BYTES)) {
		bytes += Buffer.byteLength(piece);
		// One byte too many is enough to know; leaving the loop closes the file.
		if (bytes > sizeBytes || (bytes >= CHUNK_BYTES && bytes < sizeBytes)) return { bytes, isAll: false };
	}
	return { bytes, isAll: true };
}

function wrongSize({ field, fileName }: StoredFile, { bytes, isAll }: Beginning, sizeBytes: number): ExtendError {
	const held = isAll ? `${bytes} bytes` : 'more bytes';
	return inputError(`n8n's storage holds ${held} of the file "${fileName}" in "${field}", which has ${sizeBytes} bytes`, RUN_AGAIN);
}

function unreadable({ field, fileName }: StoredFile, caught: unknown): ExtendError {
	const file = `the file "${fileName}" in "${field}"`;
	if (isGone(caught)) return inputError(`n8n's storage does not have ${file} any more`, RUN_AGAIN);
	const text = messageOf(caught);
	if (text.startsWith(NO_SUCH_STORAGE)) {
		return inputError(`This n8n does not have the storage in which ${file} is kept`, 'Check N8N_DEFAULT_BINARY_DATA_MODE and N8N_AVAILABLE_BINARY_DATA_MODES of n8n.');
	}
	// n8n swaps texts that hold a system code.
	const cause = /E[A-Z_]{4,}/.test(text) ? '' : `: ${text}`;
	return new ExtendError(
		`n8n's storage could not give ${file}${cause}`,
		'Check the storage that n8n keeps files in (N8N_DEFAULT_BINARY_DATA_MODE), then run the workflow again.',
		{ code: 'FILE_UNREADABLE', retryable: true },
	);
}

/** What n8n says of an ID whose storage mode it does not know. */
const NO_SUCH_STORAGE = 'No binary data manager found';
const GONE = new Set(['ENOENT', 'ENOTDIR', 'FileNotFoundError', 'NoSuchKey', 'NotFound', 'BlobNotFound']);
const MAX_CAUSES = 5;

/** Whether a storage says that it has no such file; n8n wraps what the storage threw. */
function isGone(caught: unknown): boolean {
	let cause: unknown = caught;
	for (let depth = 0; depth < MAX_CAUSES && cause instanceof Error; depth++) {
		const words: unknown[] = [Reflect.get(cause, 'code'), cause.name, cause.constructor.name];
		if (words.some((word) => typeof word === 'string' && GONE.has(word)) || cause.message === 'File not found') return true;
		cause = cause.cause;
	}
	return false;
}
