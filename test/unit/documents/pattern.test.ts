import { fitsPattern, isPattern } from '../../../nodes/Extend/documents/pattern';

describe('isPattern', () => {
	it.each([['a*', true], ['a?', true], ['a', false], ['', false]])('of %j is %s', (name, is) => {
		expect(isPattern(name)).toBe(is);
	});
});

describe('fitsPattern', () => {
	it.each([
		['abc', 'abc'],
		['abc', 'a*'],
		['abc', '*c'],
		['abc', 'a*c'],
		['ac', 'a*c'],
		['abcbc', 'a*bc'],
		['abc', '???'],
		['', '*'],
		['', ''],
		['abc', '**'],
		['a\nb', 'a*'],
		['a\nb', 'a?b'],
		['a\u2028b', '*b'],
		['a😀b', 'a?b'],
		['a.b', 'a.*'],
		['a*b', 'a*b'],
	])('is true of %j for %j', (name, pattern) => {
		expect(fitsPattern(name, pattern)).toBe(true);
	});

	it.each([
		['abc', 'ab'],
		['abc', 'bc'],
		['abc', '??'],
		['abc', 'a*d'],
		['', '?'],
		['abc', ''],
		['ABC', 'a*'],
		['aXb', 'a.b'],
	])('is false of %j for %j', (name, pattern) => {
		expect(fitsPattern(name, pattern)).toBe(false);
	});

	it('is known soon for patterns on which a regular expression stands still', () => {
		expect(fitsPattern('a'.repeat(2_000), `${'*a'.repeat(500)}b`)).toBe(false);
		expect(fitsPattern('a'.repeat(1_000_000), '*b')).toBe(false);
	});
});
