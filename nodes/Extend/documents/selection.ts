import { inputError } from '../api/errors';
import { extensionForMimeType, extensionOf, normaliseFileType } from './fileTypes';

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

function isPattern(name: string): boolean {
	return /[*?]/.test(name);
}

function matcherOf(pattern: string): RegExp {
	const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
	return new RegExp(`^${escaped}$`);
}

function listOf(fields: readonly string[]): string {
	if (fields.length === 0) return 'The item has no files at all; check the node before, which has to pass the file on.';
	return `The item has these files: ${fields.join(', ')}. Enter one of them under Input Binary Field.`;
}

/**
 * The fields that a text such as `data`, `front, back` or `attachment_*` means, each once, in its order.
 * Empty where patterns match nothing.
 * @throws ExtendError for a plain name that the item does not have, naming those it has, and for an empty text
 */
export function selectFields(text: string, available: readonly string[]): string[] {
	const names = text.split(',').map((name) => name.trim()).filter((name) => name !== '');
	if (names.length === 0) throw inputError('No binary field is named', listOf(available));
	const selected = names.flatMap((name) => {
		if (isPattern(name)) return available.filter((field) => matcherOf(name).test(field));
		if (!available.includes(name)) throw inputError(`The item has no file in the field "${name}"`, listOf(available));
		return [name];
	});
	return [...new Set(selected)];
}

/** Why the filter leaves a file out, in words; undefined for a file that is to be classified. */
export function reasonToSkip(file: BinaryFile, filter: FileFilter): string | undefined {
	const type = normaliseFileType(extensionOf(file.fileName) ?? extensionForMimeType(file.mimeType) ?? '');
	if (filter.onlyFileTypes.length > 0 && !filter.onlyFileTypes.includes(type)) {
		return type === '' ? 'unknown file type' : `file type ${type}`;
	}
	return file.sizeBytes < filter.minimumSizeBytes ? `${file.sizeBytes} bytes` : undefined;
}
