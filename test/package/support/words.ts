/** Words of a text: letters and digits, in lower case. */
export function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** Short words that stay small in titles. */
const SMALL = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'into', 'of', 'on', 'or', 'per', 'the', 'to', 'with']);

/** Whether the first word begins with a capital, and every other that is not a small one. */
export function isTitleCase(text: string): boolean {
	const words = text.replace(/[()]/g, '').split(/[\s/]+/);
	return words.every((word, index) => (index > 0 && SMALL.has(word)) || !/^[a-z]/.test(word) || word === 'n8n');
}

/** Names and abbreviations that keep their capitals inside a sentence. */
const PROPER = /^(Extend|n8n|[A-Z0-9]{2,}s?)$/;

/** Whether only the first word begins with a capital, names and abbreviations apart. */
export function isSentenceCase(text: string): boolean {
	const [first = '', ...rest] = text.split(/\s+/);
	return /^[A-Z0-9]/.test(first) && rest.every((word) => !/^[A-Z]/.test(word) || PROPER.test(word));
}
