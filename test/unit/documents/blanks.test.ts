import { isBlank, trimBlanks } from '../../../nodes/Extend/documents/blanks';

const UNSEEN = ['', ' ', '\n\t', '\u200b', '\u200c\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u3164', '\uffa0', '\u2800', '\u0000', '\u00a0', '\u{e0020}'];

describe('isBlank', () => {
	it.each(UNSEEN)('is true when the text is %j', (text) => {
		expect(isBlank(text)).toBe(true);
	});

	it.each(['a', ' a ', '\u200ba', '.', '漢', '😀', '-'])('is false when the text is %j', (text) => {
		expect(isBlank(text)).toBe(false);
	});

	it('reads a megabyte of them', () => {
		expect(isBlank(`${'\u200b '.repeat(500_000)}x`)).toBe(false);
	});
});

describe('trimBlanks', () => {
	it.each([
		[' a b ', 'a b'],
		['\u200ba\u200bb\ufeff', 'a\u200bb'],
		['', ''],
		['\u200b', ''],
		['😀', '😀'],
	])('gives what is seen of %j', (text, seen) => {
		expect(trimBlanks(text)).toBe(seen);
	});
});
