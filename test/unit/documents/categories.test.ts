import { buildClassifications, readCategories } from '../../../nodes/Extend/documents/categories';
import { thrownBy } from '../support/faults';

const other = { id: 'other', type: 'other', description: 'Anything that fits none of the other categories' };

describe('readCategories', () => {
	it('keeps complete ones as they are when one of them is the catch-all', () => {
		const given = [
			{ id: 'invoice', type: 'Invoice', description: 'Asks for payment' },
			{ id: 'rest', type: 'other', description: 'The rest' },
		];
		expect(readCategories(given)).toEqual(given);
	});

	it('takes the ID for a missing type and the type for a missing description', () => {
		expect(readCategories([{ id: ' invoice ' }, { id: 'bill', type: ' Bill ', description: ' ' }])).toEqual([
			{ id: 'invoice', type: 'invoice', description: 'invoice' },
			{ id: 'bill', type: 'Bill', description: 'Bill' },
			other,
		]);
	});

	it('adds no catch-all when the ID other stands for its type too', () => {
		expect(readCategories([{ id: 'other' }])).toEqual([{ id: 'other', type: 'other', description: 'other' }]);
	});

	it.each([
		[[{ id: 'other', type: 'misc' }], 'other_2'],
		[[{ id: 'other', type: 'misc' }, { id: 'other_2', type: 'misc' }], 'other_3'],
		[[{ id: 'Other', type: 'misc' }], 'other'],
	])('finds a free ID for the catch-all when %j are taken', (given, id) => {
		expect(readCategories(given).at(-1)).toMatchObject({ id, type: 'other' });
	});

	it('takes a text or a number for an ID', () => {
		expect(readCategories(['invoice', ' contract ', 5]).map(({ id }) => id)).toEqual(['invoice', 'contract', '5', 'other']);
	});

	it('reads numbers as text when an expression gives some', () => {
		expect(readCategories([{ id: 4711, type: 0 }])[0]).toEqual({ id: '4711', type: '0', description: '0' });
	});

	it('leaves out fields that Extend does not know', () => {
		expect(Object.keys(readCategories([{ id: 'a', name: 'A' }])[0] ?? {})).toEqual(['id', 'type', 'description']);
	});

	it('refuses when there are none', () => {
		expect(thrownBy(() => readCategories([]))).toMatchObject({ message: expect.stringContaining('no categories'), facts: { code: 'INVALID_INPUT' } });
	});

	it.each([[{}], [{ id: '' }], [{ id: '  ' }], [{ id: null }], [{ id: {} }], [null], [' '], [true], [[]]])(
		'names the position when an ID is missing in %j',
		(entry) => {
			expect(thrownBy(() => readCategories([{ id: 'a' }, entry])).message).toBe('Category 2 has no ID');
		},
	);

	it.each([
		['a', 'a'],
		['a', ' a '],
		['1', 1],
	])('names the ID when %j and %j are the same', (one, same) => {
		expect(thrownBy(() => readCategories([{ id: one }, { id: same }])).message).toContain(`the ID "${one}"`);
	});
});

describe('buildClassifications', () => {
	it('gives the three fields in the order of the list', () => {
		expect(buildClassifications([other])).toEqual([other]);
	});
});
