import {
	booleanAt,
	isObject,
	lookUp,
	numberAt,
	objectAt,
	objectsAt,
	parseJson,
	stringAt,
	stringsAt,
} from '../../../nodes/Extend/api/json';

const NOT_OBJECTS = [undefined, null, 'text', '', 0, 42, true, false, [], [{ key: 'value' }]];
const READERS = { stringAt, numberAt, booleanAt, objectAt };
const INHERITED = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];

describe('parseJson', () => {
	it.each([
		['{"a":[1,null]}', { a: [1, null] }],
		['"text"', 'text'],
		['null', null],
		['0', 0],
		[' [true] ', [true]],
	])('gives the value when the text is %s', (text, value) => {
		expect(parseJson(text)).toEqual(value);
	});

	it.each(['', ' ', '{', "{'a':1}", 'undefined', 'NaN', '<html></html>', '{"a":1}x'])('gives undefined when the text is %j', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});

	it('leaves Object.prototype alone when the text names __proto__', () => {
		parseJson('{"__proto__":{"polluted":true}}');
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect('polluted' in {}).toBe(false);
	});
});

describe('isObject', () => {
	it.each(NOT_OBJECTS)('is false when the value is %j', (value) => {
		expect(isObject(value)).toBe(false);
	});

	it.each([[{}], [{ a: 1 }], [Object.create(null)]])('is true when the value is %j', (value) => {
		expect(isObject(value)).toBe(true);
	});
});

describe.each(Object.entries(READERS))('%s', (_, readAt) => {
	it.each(NOT_OBJECTS)('gives undefined when it reads from %j', (value) => {
		expect(readAt(value, 'key')).toBeUndefined();
	});

	it.each([...INHERITED, 'missing', ''])('gives undefined when the key is %j', (key) => {
		expect(readAt({}, key)).toBeUndefined();
	});
});

describe('stringAt', () => {
	it('gives the text when there is one', () => {
		expect(stringAt({ key: ' text ' }, 'key')).toBe(' text ');
	});

	it.each(['', 1, true, null, [], ['text'], {}])('gives undefined when the value is %j', (value) => {
		expect(stringAt({ key: value }, 'key')).toBeUndefined();
	});
});

describe('numberAt', () => {
	it.each([0, -1, 0.97, 1e21])('gives the number when it is %d', (value) => {
		expect(numberAt({ key: value }, 'key')).toBe(value);
	});

	it.each([Number.NaN, Number.POSITIVE_INFINITY, '1', null, true, [1], {}])('gives undefined when the value is %p', (value) => {
		expect(numberAt({ key: value }, 'key')).toBeUndefined();
	});
});

describe('booleanAt', () => {
	it.each([true, false])('gives the value when it is %j', (value) => {
		expect(booleanAt({ key: value }, 'key')).toBe(value);
	});

	it.each(['true', 0, 1, null, [], {}])('gives undefined when the value is %j', (value) => {
		expect(booleanAt({ key: value }, 'key')).toBeUndefined();
	});
});

describe('objectAt', () => {
	it('gives the object when there is one', () => {
		expect(objectAt({ key: { a: 1 } }, 'key')).toEqual({ a: 1 });
	});

	it.each(['text', 1, true, null, [], [{}]])('gives undefined when the value is %j', (value) => {
		expect(objectAt({ key: value }, 'key')).toBeUndefined();
	});
});

describe('objectsAt', () => {
	it('keeps objects in their order when other entries stand between them', () => {
		expect(objectsAt({ key: [{ a: 1 }, null, 'text', [], { b: 2 }, 3] }, 'key')).toEqual([{ a: 1 }, { b: 2 }]);
	});

	it.each(['text', 1, true, null, {}, { 0: {} }])('is empty when the value is %j', (value) => {
		expect(objectsAt({ key: value }, 'key')).toEqual([]);
	});

	it.each(NOT_OBJECTS)('is empty when it reads from %j', (value) => {
		expect(objectsAt(value, 'key')).toEqual([]);
	});

	it.each(INHERITED)('is empty when the key is %s', (key) => {
		expect(objectsAt({}, key)).toEqual([]);
	});
});

describe('stringsAt', () => {
	it('gives the texts of an array and leaves out the rest', () => {
		expect(stringsAt({ key: ['a', 1, null, '', ['b'], 'c'] }, 'key')).toEqual(['a', '', 'c']);
	});

	it.each(['text', 1, null, {}])('is empty when the value is %j', (value) => {
		expect(stringsAt({ key: value }, 'key')).toEqual([]);
	});

	it.each(NOT_OBJECTS)('is empty when it reads from %j', (value) => {
		expect(stringsAt(value, 'key')).toEqual([]);
	});
});

describe('lookUp', () => {
	it('gives the entry when the table has one', () => {
		expect(lookUp({ pdf: 1 }, 'pdf')).toBe(1);
	});

	it.each([...INHERITED, 'missing', ''])('gives undefined when the key is %j', (key) => {
		expect(lookUp({ pdf: 1 }, key)).toBeUndefined();
	});
});
