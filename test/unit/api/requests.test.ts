import type { JsonValue } from '../../../nodes/Extend/api/json';
import { inputError } from '../../../nodes/Extend/api/errors';
import { CONFIRMATION, pageQuery, pathTo, readIdentified, readPage, readRun, readStarted } from '../../../nodes/Extend/api/requests';

const run = { id: 'clr_1', status: 'PENDING', extra: 1 };

const WRAPPERS = ['processorRun', 'classifyRun', 'batchRun', 'run', 'data'];
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

	it('writes the ID as text when it is a number', () => {
		expect(readRun({ ...run, id: 7 })).toEqual({ id: '7', status: 'PENDING', json: { ...run, id: '7' } });
	});

	it.each(WRAPPERS)('gives the run in it when it is wrapped as %s', (wrapper) => {
		expect(readRun({ success: true, [wrapper]: run })).toEqual({ id: 'clr_1', status: 'PENDING', json: run });
	});

	it.each(NOT_RUNS)('gives undefined when the body is %j', (body) => {
		expect(readRun(body)).toBeUndefined();
	});
});

describe('readStarted', () => {
	it.each(WRAPPERS)('gives what has an ID when it is wrapped as %s', (wrapper) => {
		expect(readStarted({ success: true, [wrapper]: { id: 7 } })).toEqual({ id: '7' });
	});

	it.each<JsonValue | undefined>([undefined, null, [], 'clr_1', { success: false }, { data: [run] }, { run: null }, { processorRun: {} }, { other: run }])(
		'gives undefined when the body is %j',
		(body) => {
			expect(readStarted(body)).toBeUndefined();
		},
	);
});

describe('readIdentified', () => {
	it('gives what has an ID', () => {
		expect(readIdentified({ id: 'cl_1', name: 'Mail' })).toEqual({ id: 'cl_1', name: 'Mail' });
	});

	it.each([7, 0, -1])('writes the ID as text when it is the number %i', (id) => {
		expect(readIdentified({ id, name: 'Mail' })).toEqual({ id: String(id), name: 'Mail' });
	});

	it.each<JsonValue | undefined>([undefined, null, [], 'cl_1', {}, { id: '' }, { id: 7.5 }, { id: 2 ** 53 }, { id: true }])('gives undefined when the body is %j', (body) => {
		expect(readIdentified(body)).toBeUndefined();
	});
});

describe('readPage', () => {
	it('gives the objects of the page, and the token of the next one', () => {
		expect(readPage({ data: [run, 7, null], nextPageToken: 'next' })).toEqual({ entries: [run], nextPageToken: 'next' });
	});

	it('writes the IDs of entries as text when they are numbers', () => {
		expect(readPage({ data: [{ id: 7 }] })?.entries).toEqual([{ id: '7' }]);
	});

	it("tells Extend's clock when the answer has a date", () => {
		expect(readPage({ data: [] }, { date: 'Fri, 27 Nov 2026 13:22:26 GMT' })?.answeredAtMs).toBe(Date.UTC(2026, 10, 27, 13, 22, 26));
	});

	it.each<Record<string, string>>([{}, { date: '' }, { date: 'soon' }, { date: '1' }, { date: 'Mon, 99 Foo 2026 99:99:99 GMT' }])('tells no clock when the headers are %j', (headers) => {
		expect(readPage({ data: [] }, headers)?.answeredAtMs).toBeUndefined();
	});

	it.each<JsonValue | undefined>([undefined, null, [], 'text', {}, { data: null }, { data: {} }])('gives undefined when the body is %j', (body) => {
		expect(readPage(body)).toBeUndefined();
	});
});

describe('CONFIRMATION', () => {
	it.each<JsonValue>([null, {}, { id: 'x' }])('is a yes when the body is %j', (body) => {
		expect(CONFIRMATION.parse(body, {})).toEqual({ body });
	});

	it.each<JsonValue | undefined>([undefined, 'yes', true, []])('is none when the body is %j', (body) => {
		expect(CONFIRMATION.parse(body, {})).toBeUndefined();
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
