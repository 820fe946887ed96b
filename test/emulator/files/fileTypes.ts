import type { Extend } from 'extend-ai';

const EXTENSIONS: Record<string, string[]> = {
	PDF: ['pdf'],
	IMG: ['png', 'jpg', 'jpeg', 'tiff', 'tif', 'svg', 'heic', 'heif', 'bmp', 'gif', 'webp', 'psd', 'pcx'],
	EXCEL: ['xls', 'xlsx', 'xltm', 'xltx', 'ods'],
	DOCX: ['docx', 'doc', 'wpd', 'dotx', 'odt'],
	CSV: ['csv'],
	TXT: ['txt', 'rtf', 'lis', 'md', 'eml'],
	HTML: ['html'],
	XML: ['xml'],
};
/** Presentations become PDFs on upload. */
const CONVERTED = ['pptx', 'ppt', 'ppm'];

const TYPE_BY_EXTENSION = new Map<string, Extend.FileType>([
	...Object.entries(EXTENSIONS).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
	...CONVERTED.map((name) => [name, 'PDF'] as const),
]);

const TYPE_BY_MIME: [RegExp, Extend.FileType][] = [
	[/^application\/pdf/, 'PDF'],
	[/^image\//, 'IMG'],
	[/^text\/html/, 'HTML'],
	[/^text\/csv/, 'CSV'],
	[/^text\//, 'TXT'],
];

/**
 * The type of a file by its name; null when the extension is unknown or missing.
 * @see https://docs.extend.ai/2026-02-09/general/supported-file-types
 */
export function typeByName(name: string): Extend.FileType | null {
	const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
	return (extension === undefined ? null : TYPE_BY_EXTENSION.get(extension)) ?? null;
}

/** The type of a download whose name says nothing. */
export function typeByMime(mime: string): Extend.FileType | null {
	return TYPE_BY_MIME.find(([pattern]) => pattern.test(mime))?.[1] ?? null;
}

/** Whether the name ends in an extension that Extend does not take. A name without any says nothing. */
export function isUnsupported(name: string): boolean {
	return /\.[^.]+$/.test(name) && typeByName(name) === null;
}

/** Whether the content is a PDF, whatever its name. */
export function isPdf(bytes: Buffer): boolean {
	return bytes.subarray(0, 5).toString('latin1') === '%PDF-';
}
