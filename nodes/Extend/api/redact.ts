/** Shortest secret that is looked for; a shorter one would be found everywhere. */
const SHORTEST_SECRET = 6;
const MASK = '***';
/**
 * Where a search may begin: at the first of many backslashes in a row. From each of them it would take time with the
 * square of their number.
 */
const AT_ONCE = '(?!(?<=\\\\)\\\\)';
/** How HTML names the characters that cannot stand for themselves. */
const HTML_NAMES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
/** The two characters of base64 that URLs and JSON write in other ways too. */
const BASE64_FORMS: Record<string, string> = { '+': '(?:[+-]|%2[Bb])', '/': '(?:\\\\*/|_|%2[Ff])' };

/**
 * Takes a secret out of texts: as it is, and in the forms in which servers and proxies repeat what they were sent,
 * escaped for JSON, a URL or HTML, in part or in whole, or inside base64.
 */
export function createRedact(secret: string): (text: string) => string {
	if (secret.length < SHORTEST_SECRET) return (text) => text;
	const escaped = new RegExp(`${AT_ONCE}${patternOf(secret)}`, 'gi');
	const encoded = new RegExp([0, 1, 2].map((offset) => `${AT_ONCE}${base64Core(secret, offset)}`).join('|'), 'g');
	return (text) => text.replace(escaped, MASK).replace(encoded, MASK);
}

/**
 * A pattern for the secret in every form. Backslashes of its own count as one and stand alone: where one can be part of
 * the next character's form as well, there are too many ways to go through a row of them.
 */
function patternOf(secret: string): string {
	const parts = secret.split(/\\+/);
	const slashes = parts.length > 1 ? '\\\\' : '\\\\+';
	return parts.map((part) => [...part].map((character) => formsOf(character, slashes)).join('')).join(`(?:\\\\|%5c|&#(?:0*92|x0*5c);)+`);
}

/**
 * A pattern for every form of a character.
 * @param slashes a pattern for the backslashes before an escaped one
 */
function formsOf(character: string, slashes: string): string {
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16).padStart(2, '0');
	const name = HTML_NAMES[character];
	const named = name === undefined ? '' : `|&${name};`;
	return `(?:${literal(character)}|%${hex}|${slashes}(?:u00${hex}|${literal(character)})|&#(?:0*${code}|x0*${hex});${named})`;
}

/**
 * The part of a base64 text that depends on the secret alone, where it begins so many bytes after a multiple of three;
 * the characters at both ends depend on what is beside it.
 */
function base64Core(secret: string, offset: number): string {
	const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
	const first = Math.ceil((offset * 8) / 6);
	const last = Math.floor((bytes.length * 8) / 6);
	const core = bytes.toString('base64').slice(first, last);
	return [...core].map((character) => BASE64_FORMS[character] ?? character).join('');
}

function literal(character: string): string {
	return /[\w]/.test(character) ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}
