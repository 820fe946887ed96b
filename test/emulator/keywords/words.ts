const STOP_WORDS = new Set(
	(
		'a an and any anything are as asks at be between by for from has have in into is it its none of on or other ' +
		'that the their this to two was were which who with above fits categories classes categorie classe'
	).split(' '),
);

/** The words of a text in order: lower case, without stop words and single letters, plurals folded. */
export function wordsOf(text: string): string[] {
	const raw = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return raw.filter((word) => word.length > 1 && !STOP_WORDS.has(word)).map(foldPlural);
}

/** How often each word occurs. */
export function countWords(text: string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
}

function foldPlural(word: string): string {
	if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
	const isPlural = word.length > 3 && word.endsWith('s') && !word.endsWith('ss');
	return isPlural ? word.slice(0, -1) : word;
}
