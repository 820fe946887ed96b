import { lookUp } from '../api/json';

/**
 * File types by MIME type, for names without an extension: Extend goes by the name.
 * @see https://docs.extend.ai/2026-02-09/general/supported-file-types
 */
const EXTENSION_BY_MIME_TYPE: Record<string, string> = {
	'application/msword': 'doc',
	'application/pdf': 'pdf',
	'application/rtf': 'rtf',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.oasis.opendocument.spreadsheet': 'ods',
	'application/vnd.oasis.opendocument.text': 'odt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/xml': 'xml',
	'image/bmp': 'bmp',
	'image/gif': 'gif',
	'image/heic': 'heic',
	'image/heif': 'heif',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/tiff': 'tiff',
	'image/vnd.adobe.photoshop': 'psd',
	'image/webp': 'webp',
	'message/rfc822': 'eml',
	'text/calendar': 'ics',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/markdown': 'md',
	'text/plain': 'txt',
	'text/rtf': 'rtf',
	'text/xml': 'xml',
};

/** Different spellings of one type. */
const SAME_TYPE: Record<string, string> = { htm: 'html', jpeg: 'jpg', markdown: 'md', tif: 'tiff' };

/** One spelling for a type given as `PDF`, `.pdf` or `*.pdf`. */
export function normaliseFileType(text: string): string {
	const bare = text.trim().toLowerCase().replace(/^\*?\./, '');
	return lookUp(SAME_TYPE, bare) ?? bare;
}

/** The extension a name ends with, without the dot; undefined where it has none. Numbers alone, as in a date, are none. */
export function extensionOf(fileName: string): string | undefined {
	const ending = /[^/\\.]\.([A-Za-z0-9]{1,10})$/.exec(fileName.trim())?.[1];
	return ending === undefined || /^\d+$/.test(ending) ? undefined : ending;
}

/** The extension for a MIME type; undefined for types Extend has no use for. */
export function extensionForMimeType(mimeType: string): string | undefined {
	const bare = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
	return lookUp(EXTENSION_BY_MIME_TYPE, bare);
}

/** The name with an extension: its own, else one from the MIME type, else as it is. A file without a name becomes `document`. */
export function completeFileName(fileName: string, mimeType: string): string {
	const name = fileName.trim() === '' ? 'document' : fileName.trim();
	const extension = extensionOf(name) === undefined ? extensionForMimeType(mimeType) : undefined;
	return extension === undefined ? name : `${name}.${extension}`;
}
