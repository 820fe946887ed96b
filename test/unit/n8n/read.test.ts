import type { IExecuteFunctions } from 'n8n-workflow';
import { createRead } from '../../../nodes/Extend/n8n/read';
import { thrownBy } from '../support/faults';

const FIELD = { name: 'field', displayName: 'Field Label' };

/** What n8n gives for the parameter; an error is thrown, as for an expression that cannot be resolved. */
function readOf(value: unknown) {
	const getNodeParameter = (): unknown => {
		if (value instanceof Error) throw value;
		return value;
	};
	return createRead({ getNodeParameter } as unknown as IExecuteFunctions, 0);
}

describe('createRead', () => {
	it.each([
		['text that is data', { a: 1 }, 'text' as const, 'Field Label holds data where text is needed'],
		['a switch that is neither on nor off', 'often', 'flag' as const, 'Field Label is often'],
		['an expression that cannot be resolved', new Error('No node named "A"'), 'value' as const, 'Field Label could not be read: No node named "A"'],
		['a collection that is a text', 'x', 'group' as const, 'Field Label is not a set of options'],
		['a collection that is a list', [1], 'group' as const, 'Field Label is not a set of options'],
		['a collection that is a number', 5, 'group' as const, 'Field Label is not a set of options'],
	])('names the label for %s', (_, value, method, message) => {
		const error = thrownBy(() => readOf(value)[method](FIELD));
		expect([error.message, error.facts.code]).toEqual([message, 'INVALID_INPUT']);
	});

	it('names a parameter without a label by its name', () => {
		expect(thrownBy(() => readOf({}).text('field')).message).toBe('The parameter "field" holds data where text is needed');
	});

	it.each([undefined, null, ''])('gives no options where the collection is not shown, that is %j', (value) => {
		expect(readOf(value).group(FIELD)).toEqual({});
	});

	it.each([{ a: 1 }, '{ "a": 1 }'])('gives the fields of a collection that comes as %j', (value) => {
		expect(readOf(value).group(FIELD)).toEqual({ a: 1 });
	});
});
