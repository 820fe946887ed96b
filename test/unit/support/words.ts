/** Words that texts avoid, and system codes that n8n puts its own text in place of, even inside a word. */
const BANNED_WORDS = /\b(errors?|problems?|failures?|mistakes?)\b/i;
const SYSTEM_CODES =
	/ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO/i;

/** What of a text a user must not see; undefined for a good text. */
export function bannedIn(text: string): string | undefined {
	return (BANNED_WORDS.exec(text) ?? SYSTEM_CODES.exec(text))?.[0];
}
