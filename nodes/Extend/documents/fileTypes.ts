import { lookUp } from '../api/json';

/**
 * The endings that Extend takes; it refuses all others at the upload.
 * @see https://docs.extend.ai/2026-02-09/general/supported-file-types
 */
const TAKEN = new Set(
	[
		'pdf png jpg jpeg tiff tif svg heic heif bmp gif webp psd pcx',
		'xls xlsx xltm xltx ods csv',
		'docx doc wpd dotx odt pptx ppt ppm',
		'txt html xml rtf lis md eml',
	].flatMap((endings) => endings.split(' ')),
);

/** Endings that name a type for sure although Extend does not take it, so that none is put behind them. */
const KNOWN = new Set(
	[
		'7z bz2 gz rar tar tgz xz zip',
		'apk bat cmd dll dmg exe iso jar js msi',
		'avi m4a mkv mov mp3 mp4 mpeg mpg ogg wav webm wma wmv',
		'asc cer crt p7c p7m p7s p12 pem pfx sig',
		'accdb docm dotm mdb mpp msg one oft pps ppsx pptm pst pub vsd vsdx xlsb xlsm xps',
		'avif cr2 dng dwg dxf emf eps ico indd jp2 jxl nef tga wmf',
		'css epub ics json mbox mht mhtml mobi otf sql tsv ttf vcf woff woff2 yaml yml',
	].flatMap((endings) => endings.split(' ')),
);

/** Types of plain text, which is what Extend makes of a text. */
const TEXTUAL = new Set(['csv', 'eml', 'html', 'lis', 'md', 'rtf', 'txt', 'xml']);

/** File types by MIME type, for names without an extension: Extend goes by the name. */
const EXTENSION_BY_MIME_TYPE: Record<string, string> = {
	'application/msword': 'doc',
	'application/pdf': 'pdf',
	'application/rtf': 'rtf',
	'application/vnd.ms-excel': 'xls',
	'application/vnd.ms-excel.template.macroenabled.12': 'xltm',
	'application/vnd.ms-powerpoint': 'ppt',
	'application/vnd.oasis.opendocument.spreadsheet': 'ods',
	'application/vnd.oasis.opendocument.text': 'odt',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.template': 'xltx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.template': 'dotx',
	'application/vnd.wordperfect': 'wpd',
	'application/x-pdf': 'pdf',
	'application/xml': 'xml',
	'image/bmp': 'bmp',
	'image/gif': 'gif',
	'image/heic': 'heic',
	'image/heif': 'heif',
	'image/jpeg': 'jpg',
	'image/jpg': 'jpg',
	'image/pjpeg': 'jpg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/tiff': 'tiff',
	'image/vnd.adobe.photoshop': 'psd',
	'image/webp': 'webp',
	'image/x-pcx': 'pcx',
	'message/rfc822': 'eml',
	'text/calendar': 'ics',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/markdown': 'md',
	'text/plain': 'txt',
	'text/rtf': 'rtf',
	'text/xml': 'xml',
};

/** Different spellings of one type, by the one that is used for all. Extend takes only some of the others. */
const SAME_TYPE: Record<string, string> = {
	dib: 'bmp',
	htm: 'html',
	jfi: 'jpg',
	jfif: 'jpg',
	jif: 'jpg',
	jpe: 'jpg',
	jpeg: 'jpg',
	markdown: 'md',
	pjpeg: 'jpg',
	text: 'txt',
	tif: 'tiff',
	xhtml: 'html',
};

/** One spelling for a type given as `PDF`, `.pdf` or `*.pdf`. */
export function normaliseFileType(text: string): string {
	const bare = text.trim().toLowerCase().replace(/^\*?\./, '');
	return lookUp(SAME_TYPE, bare) ?? bare;
}

/** Whether Extend takes files whose name ends so. */
export function isTaken(extension: string): boolean {
	return TAKEN.has(extension.toLowerCase());
}

/** Whether files that end so hold text alone. */
export function isTextual(extension: string): boolean {
	return TEXTUAL.has(normaliseFileType(extension));
}

/** What stands behind the last dot, if it looks like an extension; numbers alone, as in a date, do not. */
export function endingOf(fileName: string): string | undefined {
	const name = fileName.trim();
	const dot = name.lastIndexOf('.');
	const ending = name.slice(dot + 1);
	const isEnding = dot > 0 && !'/\\.'.includes(name.charAt(dot - 1)) && /^[A-Za-z0-9]{1,10}$/.test(ending) && !/^\d+$/.test(ending);
	return isEnding ? ending : undefined;
}

/** The extension a name ends with, without the dot; undefined for endings that name no type, as in `Letter from St.Gallen`. */
export function extensionOf(fileName: string): string | undefined {
	const ending = endingOf(fileName);
	return ending !== undefined && isType(ending.toLowerCase()) ? ending : undefined;
}

function isType(ending: string): boolean {
	return TAKEN.has(ending) || KNOWN.has(ending) || Object.hasOwn(SAME_TYPE, ending);
}

/** The extension for a MIME type; undefined for types Extend has no use for. */
export function extensionForMimeType(mimeType: string): string | undefined {
	const bare = mimeType.split(';')[0]?.trim().toLowerCase() ?? '';
	return lookUp(EXTENSION_BY_MIME_TYPE, bare);
}
