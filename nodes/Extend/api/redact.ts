/** Shortest secret that is looked for; a shorter one would be found everywhere. */
const SHORTEST_SECRET = 6;
const MASK = '***';
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
	const escaped = new RegExp([...secret].map(formsOf).join(''), 'gi');
	const encoded = new RegExp([0, 1, 2].map((offset) => base64Core(secret, offset)).join('|'), 'g');
	return (text) => text.replace(escaped, MASK).replace(encoded, MASK);
}

/** A pattern for every form of a character. */
function formsOf(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	const hex = code.toString(16).padStart(2, '0');
	const name = HTML_NAMES[character];
	const named = name === undefined ? '' : `|&${name};`;
	return `(?:${literal(character)}|%${hex}|\\\\+(?:u00${hex}|${literal(character)})|&#(?:0*${code}|x0*${hex});${named})`;
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
