import type { INodeProperties } from 'n8n-workflow';
import { findOperation, properties } from '../../../nodes/Extend/operations';

const isShownFor = ({ displayOptions }: INodeProperties, resource: string, operation: string) =>
	displayOptions?.show?.resource?.includes(resource) === true && displayOptions.show.operation?.includes(operation) === true;

const operations = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options = [], displayOptions }) => options.map((option): [string, string] => [String(displayOptions?.show?.resource?.[0]), 'value' in option ? String(option.value) : '']));

describe('properties', () => {
	it.each(operations)('show the parameters of %s %s in the order in which it names them', (resource, operation) => {
		const named = findOperation(resource, operation)?.parameters.map(({ displayName }) => displayName);
		const shown = properties.filter((property) => isShownFor(property, resource, operation)).map(({ displayName }) => displayName);
		expect(shown).toEqual(named);
		expect(shown.length).toBeGreaterThan(0);
	});

	it('hold every parameter of a resource once', () => {
		const keys = properties.map(({ name, displayOptions }) => JSON.stringify([name, displayOptions]));
		expect(new Set(keys).size).toBe(keys.length);
	});
});
