import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';
import { endingOf, extensionForMimeType, extensionOf, normaliseFileType } from './fileTypes';
import { fitsPattern, isPattern } from './pattern';

/** What is known of a binary field of an item. */
export interface BinaryFile {
	field: string;
	fileName: string;
	mimeType: string;
	sizeBytes: number;
}

export interface FileFilter {
	/** Normalised extensions; empty for all. */
	onlyFileTypes: string[];
	minimumSizeBytes: number;
}

function parseFileType(text: string): string {
	const type = normaliseFileType(text);
	if (/^[a-z0-9]*$/.test(type)) return type;
	throw inputError(
		`Only File Types has "${text}", which is no ending of a file name`,
		'Write endings with commas between them, such as pdf, docx, or leave it empty for all files.',
	);
}

/**
 * File types from a comma-separated text such as `pdf, .docx`.
 * @throws ExtendError for what no file can have: every file would be left out without a word
 */
export function parseFileTypes(text: string): string[] {
	return text.split(/[,;\s]+/).map(parseFileType).filter((type) => type !== '');
}

function listOf(fields: readonly string[]): string {
	if (fields.length === 0) return 'The item has no files at all. Check that the node before it passes the file on.';
	return `The item has these files: ${fields.join(', ')}. Enter one of them under Input Binary Field.`;
}

/** For a plain name that the item does not have. */
export function missingField(name: string, available: readonly string[]): ExtendError {
	return inputError(`The item has no file in the field "${name}"`, listOf(available));
}

/** The fields that a text means, and the plain names in it that the item does not have. */
export interface Selection {
	fields: string[];
	missing: string[];
}

/**
 * The fields that a text such as `data`, `front, back` or `attachment_*` means, each once, in its order. A field whose name
 * is the whole text comes first, commas and stars included.
 * @throws ExtendError for an empty text, naming the fields there are
 */
export function selectFields(text: string, available: readonly string[]): Selection {
	const whole = [text, text.trim()].find((name) => available.includes(name));
	if (whole !== undefined) return { fields: [whole], missing: [] };
	const names = splitAtCommas(text, available);
	if (names.length === 0) throw inputError('No binary field is named', listOf(available));
	const found = names.map((name) => ({ name, fields: fieldsOf(name, available) }));
	return {
		fields: [...new Set(found.flatMap(({ fields }) => fields))],
		missing: found.filter(({ name, fields }) => fields.length === 0 && !isPattern(name)).map(({ name }) => name),
	};
}

function fieldsOf(name: string, available: readonly string[]): string[] {
	if (available.includes(name)) return [name];
	return isPattern(name) ? available.filter((field) => fitsPattern(field, name)) : [];
}

/** The names in a list; a comma within the name of a field that there is splits nothing. */
function splitAtCommas(text: string, available: readonly string[]): string[] {
	const parts = text.split(',');
	const mostCommas = Math.max(0, ...available.map((field) => field.split(',').length - 1));
	const names: string[] = [];
	for (let first = 0; first < parts.length; ) {
		const lengths = Array.from({ length: Math.min(mostCommas, parts.length - first - 1) }, (_, fewer) => mostCommas + 1 - fewer);
		const joined = (length: number): string => parts.slice(first, first + length).join(',').trim();
		const length = lengths.find((one) => available.includes(joined(one))) ?? 1;
		names.push(joined(length));
		first += length;
	}
	return names.filter((name) => name !== '');
}

/**
 * Why the filter leaves a file out, in words; undefined for a file that is to be classified.
 * @param file without its size where that is not known yet
 */
export function reasonToSkip(file: Omit<BinaryFile, 'field' | 'sizeBytes'> & { sizeBytes?: number }, filter: FileFilter): string | undefined {
	const { fileName, mimeType, sizeBytes = Number.POSITIVE_INFINITY } = file;
	const known = extensionOf(fileName) ?? extensionForMimeType(mimeType);
	// Who asks for an ending that is no type means it.
	const type = normaliseFileType(known ?? endingOf(fileName) ?? '');
	if (filter.onlyFileTypes.length > 0 && !filter.onlyFileTypes.includes(type)) {
		return known === undefined ? 'unknown file type' : `file type ${type}`;
	}
	return sizeBytes < filter.minimumSizeBytes ? `${sizeBytes} bytes` : undefined;
}
