import { NodeHelpers, type INodeProperties, type INodePropertyCollection, type INodePropertyOptions, type INodeTypeDescription } from 'n8n-workflow';
import { describeNodes, readExample, type Example, type ExampleNode } from './examples';
import type { TestN8n } from './testN8n';

/**
 * What an example says that n8n's own descriptions of its nodes do not know: versions, names of parameters, values of
 * lists, parameters that n8n would not show, and connections to nodes that are not there. Empty for a good one.
 * @throws ExplainedError for a type that this n8n does not have
 */
export async function findFaultsOf(n8n: TestN8n, name: string): Promise<string[]> {
	const example = readExample(name);
	const types = await describeNodes(n8n, example.nodes);
	return [...example.nodes.flatMap((node, position) => faultsOfNode(node, types[position])), ...faultsOfConnections(example)];
}

function faultsOfNode(node: ExampleNode, type: INodeTypeDescription | undefined): string[] {
	if (type === undefined || ![type.version].flat().includes(node.typeVersion)) return [`${node.name}: no version ${node.typeVersion}`];
	const full = { ...node, position: [0, 0] as [number, number] };
	const shown = NodeHelpers.getNodeParameters(type.properties, node.parameters, true, false, full, type) ?? {};
	const hidden = Object.keys(node.parameters).filter((key) => !(key in shown)).map((key) => `${key} is not shown`);
	return [...hidden, ...faultsOfValues(type.properties, node.parameters)].map((fault) => `${node.name}: ${fault}`);
}

/** Of an object whose keys are to be parameters. */
function faultsOfValues(properties: INodeProperties[], values: object): string[] {
	return Object.entries(values).flatMap(([key, value]) => {
		const candidates = properties.filter(({ name }) => name === key);
		if (candidates.length === 0) return [`${key} is unknown`];
		// A parameter can be described in several ways, for different versions or operations; one has to fit.
		const findings = candidates.map((property) => faultsOfValue(property, value));
		return findings.some((faults) => faults.length === 0) ? [] : (findings[0] ?? []);
	});
}

function faultsOfValue(property: INodeProperties, value: unknown): string[] {
	const { name, type, options = [], typeOptions } = property;
	if (typeof value === 'string' && value.startsWith('=')) return property.noDataExpression === true ? [`${name} cannot be an expression`] : [];
	if (type === 'collection') return faultsOfValues(options as INodeProperties[], Object(value)); // a collection holds parameters
	if (type === 'fixedCollection') return faultsOfGroups(options as INodePropertyCollection[], Object(value)); // and this one groups of them
	if (type === 'resourceLocator') return (property.modes ?? []).some((mode) => mode.name === Object(value).mode) ? [] : [`${name} has no such mode`];
	if ((type !== 'options' && type !== 'multiOptions') || typeOptions?.loadOptionsMethod !== undefined) return [];
	const allowed = (options as INodePropertyOptions[]).map((option) => option.value); // a list holds its values
	return [value].flat().filter((each) => !allowed.some((one) => one === each)).map((each) => `${name} cannot be ${String(each)}`);
}

function faultsOfGroups(groups: INodePropertyCollection[], values: object): string[] {
	return Object.entries(values).flatMap(([key, entries]) => {
		const group = groups.find(({ name }) => name === key);
		return group === undefined ? [`${key} is unknown`] : [entries].flat().flatMap((entry) => faultsOfValues(group.values, Object(entry)));
	});
}

function faultsOfConnections({ nodes, connections }: Example): string[] {
	const names = new Set(nodes.map(({ name }) => name));
	const targets = Object.values(connections).flatMap((kinds) => Object.values(kinds).flat(2));
	const named = [...Object.keys(connections), ...targets.flatMap((target) => (target === null ? [] : [target.node]))];
	return [...new Set(named)].filter((name) => !names.has(name)).map((name) => `a connection to ${name}, which is not there`);
}
