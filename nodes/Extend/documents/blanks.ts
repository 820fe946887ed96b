/** Blanks, control characters and characters without width, such as U+200B; mails and copied texts are full of them. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u;
const ONLY_BLANKS = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u;

/** Whether a text shows nothing at all. */
export function isBlank(text: string): boolean {
	return ONLY_BLANKS.test(text);
}

/** The text without what shows nothing at its ends. Loops, since a pattern for the end takes the square of the length. */
export function trimBlanks(text: string): string {
	let end = text.length;
	while (end > 0 && BLANK.test(text.charAt(end - 1))) end -= 1;
	let start = 0;
	while (start < end && BLANK.test(text.charAt(start))) start += 1;
	return text.slice(start, end);
}
