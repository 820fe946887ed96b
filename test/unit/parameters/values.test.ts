import { confidenceIn, flagIn, numberIn, objectIn, textIn } from '../../../nodes/Extend/parameters/values';
import { thrownBy } from '../support/faults';
import { bannedIn } from '../support/words';

const FIELD = { name: 'field', displayName: 'Field' };
const LABELLED = { name: 'field', displayName: 'Field Label' };
const withBounds = (typeOptions: object) => ({ ...FIELD, typeOptions });

const EMPTY = [{}, { field: undefined }, { field: null }, { field: '' }, { field: '  ' }];

describe('textIn', () => {
	it.each(EMPTY)('gives undefined when the group is %j', (group) => {
		expect(textIn(group, FIELD)).toBeUndefined();
	});

	it.each([
		[' a b ', 'a b'],
		[0, '0'],
		[4711, '4711'],
		[false, 'false'],
	])('gives trimmed text when the value is %j', (value, text) => {
		expect(textIn({ field: value }, FIELD)).toBe(text);
	});

	it.each([{}, [], { a: 1 }, ['a']])('names the label when the value is %j', (value) => {
		const error = thrownBy(() => textIn({ field: value }, LABELLED));
		expect(error.message).toContain('Field Label');
		expect(error.facts.code).toBe('INVALID_INPUT');
	});
});

describe('numberIn', () => {
	it.each(EMPTY)('gives undefined when the group is %j', (group) => {
		expect(numberIn(group, withBounds({ minValue: 1 }))).toBeUndefined();
	});

	it.each([
		[1, { minValue: 1 }, 1],
		['100', { minValue: 1, maxValue: 100, numberPrecision: 0 }, 100],
		[' 2.5 ', { minValue: 0 }, 2.5],
		[0, { minValue: 0, maxValue: 0 }, 0],
		['1e3', { minValue: 0 }, 1_000],
	])('gives the number when %j keeps the bounds %j', (value, bounds, number) => {
		expect(numberIn({ field: value }, withBounds(bounds))).toBe(number);
	});

	it.each([
		[0, { minValue: 1 }, 'of at least 1'],
		[-1, { minValue: 0 }, 'of at least 0'],
		[101, { minValue: 1, maxValue: 100 }, 'from 1 to 100'],
		[2.5, { minValue: 1, maxValue: 9, numberPrecision: 0 }, 'a whole number from 1 to 9'],
		['many', { minValue: 1 }, 'of at least 1'],
		['Infinity', { minValue: 1 }, 'of at least 1'],
		['NaN', { minValue: 1 }, 'of at least 1'],
		[true, { minValue: 0 }, 'of at least 0'],
	])('names value and bounds when %j breaks %j', (value, bounds, range) => {
		const error = thrownBy(() => numberIn({ field: value }, withBounds(bounds)));
		expect(error.message).toBe(`Field is ${value}`);
		expect(error.advice).toContain(range);
	});
});

describe('flagIn', () => {
	it.each([{}, { field: undefined }, { field: null }, { field: '' }])('gives undefined when the group is %j', (group) => {
		expect(flagIn(group, FIELD)).toBeUndefined();
	});

	it.each([
		[true, true],
		['true', true],
		[false, false],
		['false', false],
		[0, false],
		[1, true],
		['TRUE', true],
		[' False ', false],
	])('reads %j as %j', (value, flag) => {
		expect(flagIn({ field: value }, FIELD)).toBe(flag);
	});

	it.each(['yes', 'on', 2, 'truely'])('says of %j what to enter', (value) => {
		const error = thrownBy(() => flagIn({ field: value }, LABELLED));
		expect([error.message, error.advice]).toEqual([`Field Label is ${value}`, 'Enter true or false.']);
	});
});

describe('confidenceIn', () => {
	it.each(EMPTY)('gives undefined when the group is %j', (group) => {
		expect(confidenceIn(group, FIELD)).toBeUndefined();
	});

	it.each([
		[0, 0],
		[1, 1],
		['0.8', 0.8],
	])('reads %j as %d', (value, confidence) => {
		expect(confidenceIn({ field: value }, FIELD)).toBe(confidence);
	});

	it.each([
		[80, ': write 0.8 for 80 %'],
		['55.5', ': write 0.555 for 55.5 %'],
		[-0.1, ', such as 0.8'],
		[101, ', such as 0.8'],
		['much', ', such as 0.8'],
	])('says of %j what to enter', (value, advice) => {
		const error = thrownBy(() => confidenceIn({ field: value }, LABELLED));
		expect(error.message).toBe(`Field Label is ${value}`);
		expect(error.advice).toBe(`Enter a number from 0 to 1${advice}.`);
	});
});

describe('objectIn', () => {
	it.each(EMPTY)('gives undefined when the group is %j', (group) => {
		expect(objectIn(group, FIELD)).toBeUndefined();
	});

	it.each(['{ "a": 1 }', ' {"a":1}\n', { a: 1 }])('gives the object when it comes as %j', (value) => {
		expect(objectIn({ field: value }, FIELD)).toEqual({ a: 1 });
	});

	it.each(['{', '[]', '5', 'null', '"text"', 'text', "{'a':1}", [], 5, true])('names the label when the value is %j', (value) => {
		const error = thrownBy(() => objectIn({ field: value }, LABELLED));
		expect(error.message).toBe('Field Label is not a JSON object');
		expect([bannedIn(error.message), bannedIn(error.advice)]).toEqual([undefined, undefined]);
	});
});
