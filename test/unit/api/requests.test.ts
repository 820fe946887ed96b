import type { JsonValue } from '../../../nodes/Extend/api/json';
import { readRun } from '../../../nodes/Extend/api/requests';

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
