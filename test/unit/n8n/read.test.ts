import type { IExecuteFunctions } from 'n8n-workflow';
import { createRead } from '../../../nodes/Extend/n8n/read';
import { readStartOptions } from '../../../nodes/Extend/parameters/startOptions';
import { thrownBy } from '../support/faults';

/** A parameter as it is saved, and what it comes to. */
function readOf(saved: unknown, value: unknown): ReturnType<typeof createRead> {
	const getNodeParameter = (_name: string, _item: number, _fallback: unknown, { rawExpressions }: { rawExpressions?: boolean }): unknown => (rawExpressions ? saved : value);
	return createRead({ getNodeParameter } as unknown as IExecuteFunctions, 0);
}

describe('createRead, group', () => {
	it.each([undefined, null, '', 'x', 5, []])('has no fields when nothing but %j is saved', (value) => {
		expect(readOf(value, value).group('options')).toEqual({});
	});

	it.each([{ priority: 1 }, '{"priority":1}'])('has the fields when an expression gives %j', (value) => {
		expect(readOf('={{ $json.options }}', value).group('options')).toEqual({ priority: 1 });
	});

	it.each([undefined, null, '', 'x', 5, [], [1]])('refuses an expression for all options when it gives %j', (value) => {
		const error = thrownBy(() => readOf('={{ $json.options }}', value).group('options'));
		expect(error.message).toBe('The expression for the parameter "options" gives no options');
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});
});

describe('createRead, isExpression', () => {
	it.each<[unknown, string | undefined, boolean]>([
		['={{ $json.a }}', undefined, true],
		['a', undefined, false],
		[5, undefined, false],
		[{ key: '={{ $json.a }}' }, 'key', true],
		[{ key: 'a' }, 'key', false],
		[{}, 'key', false],
		[{ key: '={{ $json.a }}' }, undefined, false],
		['={{ $json.options }}', 'key', true],
	])('tells of %j and the field %j whether an expression sets it', (saved, field, is) => {
		expect(readOf(saved, '').isExpression('options', field)).toBe(is);
	});
});

describe('readStartOptions, idempotencyKey', () => {
	it.each<[string, unknown, unknown]>([
		['its expression gives undefined, which n8n may leave out', { idempotencyKey: '={{ $json.a }}' }, {}],
		['its expression gives null', { idempotencyKey: '={{ null }}' }, { idempotencyKey: null }],
		['its expression gives a character without width', { idempotencyKey: '={{ $json.a }}' }, { idempotencyKey: '\u200b' }],
		['an expression for all options gives it empty', '={{ $json.options }}', { idempotencyKey: '' }],
	])('is refused when %s', (_, saved, value) => {
		expect(thrownBy(() => readStartOptions(readOf(saved, value))).message).toBe('The expression for Idempotency Key gives no value');
	});

	it.each<[string, unknown, unknown]>([
		['it was added and left empty', { idempotencyKey: '' }, { idempotencyKey: '' }],
		['it was not added', {}, {}],
		['an expression for all options gives none', '={{ $json.options }}', { priority: 1 }],
	])('is none when %s', (_, saved, value) => {
		expect(readStartOptions(readOf(saved, value)).idempotencyKey).toBeUndefined();
	});
});

describe('createRead, labels', () => {
	const FIELD = { name: 'field', displayName: 'Field Label' };

	it.each([
		['text that is data', { a: 1 }, 'text' as const, 'Field Label holds data where text is needed'],
		['a switch that is neither on nor off', 'often', 'flag' as const, 'Field Label is often'],
	])('names the label for %s', (_, value, method, message) => {
		const error = thrownBy(() => readOf(value, value)[method](FIELD));
		expect([error.message, error.facts.code]).toEqual([message, 'INVALID_INPUT']);
	});

	it('names the label for an expression that cannot be resolved', () => {
		const getNodeParameter = (): unknown => {
			throw new Error('No node named "A"');
		};
		const read = createRead({ getNodeParameter } as unknown as IExecuteFunctions, 0);
		expect(thrownBy(() => read.value(FIELD)).message).toBe('Field Label could not be read: No node named "A"');
	});

	it('names a parameter without a label by its name', () => {
		expect(thrownBy(() => readOf({}, {}).text('field')).message).toBe('The parameter "field" holds data where text is needed');
	});
});
