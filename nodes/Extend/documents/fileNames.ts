import { trimBlanks } from './blanks';
import { extensionForMimeType, extensionOf, isTaken, isTextual, normaliseFileType } from './fileTypes';

const NAMELESS = 'document';

function withoutDotsAtEnd(name: string): string {
	let end = name.length;
	while (end > 0 && /[.\s]/.test(name.charAt(end - 1))) end -= 1;
	return name.slice(0, end);
}

/** The name without what cannot be seen; `document` where nothing is left of it, as of `...` and `.pdf`. */
function tidy(fileName: string): string {
	const name = trimBlanks(fileName.replace(/\p{Cc}+/gu, ' '));
	if (withoutDotsAtEnd(name) === '') return NAMELESS;
	return name.startsWith('.') && extensionOf(`${NAMELESS}${name}`) !== undefined ? `${NAMELESS}${name}` : name;
}

/**
 * The name with an extension that Extend can go by: its own, else one of a type spelled as Extend spells it, else the first
 * of `extensions` that there is. A file without a name becomes `document`.
 */
function withExtension(fileName: string, extensions: ReadonlyArray<string | undefined>): string {
	const name = tidy(fileName);
	const own = extensionOf(name);
	const isOtherSpelling = own !== undefined && !isTaken(own) && isTaken(normaliseFileType(own));
	if (own !== undefined && !isOtherSpelling) return name;
	const extension = isOtherSpelling ? normaliseFileType(own) : extensions.find((one) => one !== undefined);
	return extension === undefined ? name : `${withoutDotsAtEnd(name)}.${extension}`;
}

/**
 * The name a file goes to Extend by, which reads the type from its ending.
 * @param guess n8n's own idea of the extension, which counts where the MIME type says nothing and Extend takes it
 */
export function completeFileName(fileName: string, mimeType: string, guess = ''): string {
	return withExtension(fileName, [extensionForMimeType(mimeType), isTaken(guess) ? guess.toLowerCase() : undefined]);
}

/** A name chosen by the user for a file, with the extension of the file's own name where it has none. */
export function renameFile(chosen: string, { fileName, mimeType }: { fileName: string; mimeType: string }): string {
	return withExtension(chosen, [extensionOf(fileName), extensionForMimeType(mimeType)]);
}

/** A name chosen for a file at a URL, with the extension that the URL's path ends with where it has none. */
export function renameDownload(chosen: string, url: string): string {
	const path = URL.canParse(url) ? new URL(url).pathname : '';
	const extension = extensionOf(path);
	return withExtension(chosen, [extension !== undefined && isTaken(extension) ? extension : undefined]);
}

/** A name chosen for a text, which Extend keeps as a text file: with an extension of such files. */
export function nameText(chosen: string): string {
	const name = withExtension(chosen, ['txt']);
	return isTextual(extensionOf(name) ?? '') ? name : `${withoutDotsAtEnd(name)}.txt`;
}
