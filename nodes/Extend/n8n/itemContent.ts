import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';

/** Names of n8n's storages, which stand in place of the content of a file that is kept there. */
const STORAGE_MARKS = new Set(['azure', 'azure-blob', 'database', 'default', 'filesystem', 'filesystem-v2', 's3']);
/** Characters of base64 decoded at a time; a multiple of four, so that every piece stands on its own. */
const PIECE_LENGTH = 128 * 1_024;

/** Content that an item holds itself, as base64. */
export interface ItemContent {
	sizeBytes: number;
	open: () => AsyncIterable<Uint8Array>;
}

/**
 * The content in `data` of a binary field whose file is not in n8n's storage.
 * @throws ExtendError for anything but base64, since it would be sent, and paid, as a few bytes without a meaning
 */
export function readItemContent(data: unknown, field: string): ItemContent {
	if (typeof data !== 'string') {
		throw noFile(field, 'it has no content', 'Check the node before. n8n gives no content for files that are kept in memory: enter the name of their field instead of an expression.');
	}
	const base64 = withoutLineBreaks(data);
	const advice = adviceFor(base64);
	if (advice !== undefined) throw noFile(field, advice.why, advice.whatToDo);
	return { sizeBytes: Buffer.byteLength(base64, 'base64'), open: () => decode(base64) };
}

/** For a field that is described as a file and is none. */
export function noFile(field: string, why: string, whatToDo: string): ExtendError {
	return inputError(`The field "${field}" holds no file: ${why}`, whatToDo);
}

/** Mails break base64 into lines. A blank within a line is what became of a plus sign in a web form. */
function withoutLineBreaks(data: string): string {
	return data.trim().split(/[\r\n]+/).map((line) => line.trim()).join('');
}

function adviceFor(base64: string): { why: string; whatToDo: string } | undefined {
	if (STORAGE_MARKS.has(base64)) {
		return {
			why: `it has n8n's mark for a stored file ("${base64}") and no ID of one`,
			whatToDo: 'Pass the whole binary field on in the node before, its ID included.',
		};
	}
	if (/^data:/i.test(base64)) {
		return { why: 'it has a data URI', whatToDo: 'Put only what stands behind the comma of the data URI into the field, or make the file with Convert to File.' };
	}
	if (isBase64(base64)) return undefined;
	return { why: 'its content is not base64', whatToDo: 'Make the file with Convert to File, or encode its content as base64 in the node before.' };
}

/** Looks for what must not be there: a pattern for the whole needs memory for each character of a large file. */
function isBase64(text: string): boolean {
	if (/[^A-Za-z0-9+/_=-]/.test(text)) return false;
	const padding = text.indexOf('=');
	const length = padding === -1 ? text.length : padding;
	const padded = text.length - length;
	const isFilledUp = padded === 0 || (padded <= 2 && text.length % 4 === 0 && text.endsWith('='.repeat(padded)));
	return length % 4 !== 1 && isFilledUp;
}

async function* decode(base64: string): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < base64.length; start += PIECE_LENGTH) {
		yield Buffer.from(base64.slice(start, start + PIECE_LENGTH), 'base64');
	}
}
