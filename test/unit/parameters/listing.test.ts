import { readLimit, readRunQuery, runFilters } from '../../../nodes/Extend/parameters/listing';
import { KNOWN_STATUSES } from '../../../nodes/Extend/runs/status';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';

describe('readLimit', () => {
	it.each([
		[{ returnAll: true, limit: 5 }, Number.POSITIVE_INFINITY],
		[{ returnAll: false, limit: 5 }, 5],
		[{ returnAll: false, limit: '7' }, 7],
		[{ returnAll: false }, 50],
		[{ returnAll: false, limit: '' }, 50],
	])('reads %j', (parameters, limit) => {
		expect(readLimit(fakeRead(parameters))).toBe(limit);
	});

	it.each([0, -1, 1.5, 'many'])('refuses the limit %j', (limit) => {
		expect(thrownBy(() => readLimit(fakeRead({ limit }))).message).toBe(`Limit is ${limit}`);
	});
});

describe('readRunQuery', () => {
	it('asks for everything when nothing is set', () => {
		expect(Object.values(readRunQuery(fakeRead({}))).filter((value) => value !== undefined)).toEqual([]);
	});

	it('reads all filters and the order', () => {
		const filters = { status: 'FAILED', classifierId: ' cl_1 ', batchId: 'bpr_1', source: 'API', fileNameContains: 'scan', unknown: 'x' };
		expect(readRunQuery(fakeRead({ filters, sort: { sortBy: 'createdAt', sortDir: 'asc' } }))).toEqual({
			...{ status: 'FAILED', classifierId: 'cl_1', batchId: 'bpr_1', source: 'API', fileNameContains: 'scan' },
			...{ sortBy: 'createdAt', sortDir: 'asc' },
		});
	});

	it('names the filter when it holds data', () => {
		expect(thrownBy(() => readRunQuery(fakeRead({ filters: { batchId: {} } }))).message).toContain('Batch ID');
	});
});

describe('runFilters', () => {
	it('offers every known status', () => {
		const status = runFilters.options?.find(({ name }) => name === 'status');
		const options = status !== undefined && 'options' in status ? (status.options ?? []) : [];
		expect(options.map((option) => ('value' in option ? option.value : undefined))).toEqual([...KNOWN_STATUSES]);
	});
});
