import type { JsonValue } from '../../../nodes/Extend/api/json';
import { inputError } from '../../../nodes/Extend/api/errors';
import { CONFIRMATION, pageQuery, pathTo, readIdentified, readPage, readRun } from '../../../nodes/Extend/api/requests';

const run = { id: 'clr_1', status: 'PENDING', extra: 1 };

const NOT_RUNS: Array<JsonValue | undefined> = [
	undefined,
	null,
	[],
	'text',
	{},
	{ id: 'clr_1' },
	{ status: 'PENDING' },
	{ id: '', status: 'PENDING' },
	{ id: 'clr_1', status: null },
];

describe('readRun', () => {
	it('gives ID, status and the rest when both are there', () => {
		expect(readRun(run)).toEqual({ id: 'clr_1', status: 'PENDING', json: run });
	});

	it.each(NOT_RUNS)('gives undefined when the body is %j', (body) => {
		expect(readRun(body)).toBeUndefined();
	});
});

describe('readIdentified', () => {
	it('gives what has an ID', () => {
		expect(readIdentified({ id: 'cl_1', name: 'Mail' })).toEqual({ id: 'cl_1', name: 'Mail' });
	});

	it.each<JsonValue | undefined>([undefined, null, [], 'cl_1', {}, { id: '' }, { id: 7 }])('gives undefined when the body is %j', (body) => {
		expect(readIdentified(body)).toBeUndefined();
	});
});

describe('readPage', () => {
	it('gives the objects of the page, and the token of the next one', () => {
		expect(readPage({ data: [run, 7, null], nextPageToken: 'next' })).toEqual({ entries: [run], nextPageToken: 'next' });
	});

	it.each<JsonValue | undefined>([undefined, null, [], 'text', {}, { data: null }, { data: {} }])('gives undefined when the body is %j', (body) => {
		expect(readPage(body)).toBeUndefined();
	});
});

describe('CONFIRMATION', () => {
	it.each<JsonValue>([null, {}, { id: 'x' }])('is a yes when the body is %j', (body) => {
		expect(CONFIRMATION.parse(body)).toEqual({ body });
	});

	it.each<JsonValue | undefined>([undefined, 'yes', true, []])('is none when the body is %j', (body) => {
		expect(CONFIRMATION.parse(body)).toBeUndefined();
	});
});

describe('pathTo', () => {
	it('makes an ID part of the path, whatever is in it', () => {
		expect(pathTo('/files', 'a/b?c')).toBe('/files/a%2Fb%3Fc');
		expect(pathTo('/files', '...')).toBe('/files/...');
	});

	it.each(['.', '..', 'a\ud800'])('refuses %j, which would lead elsewhere or cannot be sent', (id) => {
		const expected = inputError(`"${id}" is not an ID of Extend`, 'Enter an ID such as clr_1234567890.');
		expect(() => pathTo('/files', id)).toThrow(expect.objectContaining({ message: expected.message, advice: expected.advice, facts: expected.facts }));
	});
});

describe('pageQuery', () => {
	it('leaves out what is not set', () => {
		expect(pageQuery({ status: 'FAILED', source: '', sortBy: undefined }, 20)).toStrictEqual({ status: 'FAILED', maxPageSize: 20 });
		expect(pageQuery({}, 20, 'next')).toStrictEqual({ maxPageSize: 20, nextPageToken: 'next' });
	});
});
