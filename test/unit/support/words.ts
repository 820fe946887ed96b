/** Words that texts avoid, and system codes that n8n puts its own text in place of, even inside a word. */
const BANNED_WORDS = /\b(errors?|problems?|failures?|mistakes?)\b/i;
const SYSTEM_CODES =
	/ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/i;

/** What of a text a user must not see; undefined for a good text. */
export function bannedIn(text: string): string | undefined {
	return (BANNED_WORDS.exec(text) ?? SYSTEM_CODES.exec(text))?.[0];
}

/** Words for which the field has others, and phrases that no native writer of documentation uses. */
const QUAINT = [
	/\b(rooms?|floors?|roofs?|desks?)\b/i,
	/\b(adopt(s|ed|ing)?|unanswered|unconfirmed|stumbl(e|es|ed|ing)|hopeless)\b/i,
	/\b(puts?|putting) out\b|\bcomes? out\b|\bleaves? by\b|\btakes? leave\b|\bnode runs?\b/i,
	/\bas far as\b|\bwhatever with\b|\bstay(s|ed)? paid\b|\bat Extend already\b/i,
];

/** The first word or phrase of a text that should be another one; undefined for a good text. */
export function quaintIn(text: string): string | undefined {
	return QUAINT.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
}
