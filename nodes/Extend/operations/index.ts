import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { batchRunResource } from './batchRun';
import { classifierResource } from './classifier';
import { classifyRunResource } from './classifyRun';
import { fileResource } from './file';
import type { Operation, Resource } from './types';

/** In the order of the list: what is used most comes first. */
const RESOURCES = [classifyRunResource, batchRunResource, classifierResource, fileResource];

const resourceProperty: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(({ option }) => option),
	default: 'classifyRun',
};

const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

function operationPropertyOf({ option, operations }: Resource): INodeProperties {
	return {
		...operationProperty,
		displayOptions: { show: { resource: [option.value] } },
		options: operations.map((operation) => operation.option),
		default: operations[0]?.option.value ?? '',
	};
}

/** Everything in the lists once, in an order that is that of each list. */
function mergeInOrder<T>(lists: T[][]): T[] {
	const heads = lists.flatMap((list) => list.slice(0, 1));
	const next = heads.find((head) => lists.every((list) => list.indexOf(head) <= 0)) ?? heads[0];
	if (next === undefined) return [];
	return [next, ...mergeInOrder(lists.map((list) => list.filter((entry) => entry !== next)))];
}

/** The parameters of a resource, each once, shown for the operations that have it, in the order in which they have them. */
function parametersOf({ option, operations }: Resource): INodeProperties[] {
	return mergeInOrder(operations.map(({ parameters }) => parameters)).map((parameter) => {
		const users = operations.filter((operation) => operation.parameters.includes(parameter));
		const show: IDisplayOptions['show'] = {
			resource: [option.value],
			operation: users.map((operation) => operation.option.value),
			...parameter.displayOptions?.show,
		};
		return { ...parameter, displayOptions: { ...parameter.displayOptions, show } };
	});
}

/** All parameters of the Classify node, in the order in which they are shown. */
export const properties: INodeProperties[] = [
	resourceProperty,
	...RESOURCES.map(operationPropertyOf),
	...RESOURCES.flatMap(parametersOf),
];

/** The operation that the parameters of a node name; undefined for one that does not exist. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	const operations = RESOURCES.find(({ option }) => option.value === resource)?.operations;
	return operations?.find(({ option }) => option.value === operation);
}

const titles = Object.fromEntries(
	RESOURCES.flatMap((resource) => resource.operations.map(({ option }) => [`${resource.option.value} ${option.value}`, titleOf(resource, option)])),
);

/** Runs are what the node is for, so they need no mention. */
function titleOf({ option: { name, value } }: Resource, operation: Operation['option']): string {
	return value === resourceProperty.default ? operation.name : `${operation.name}: ${name}`;
}

/** Names the operation below the node: an expression, which n8n evaluates. */
export const subtitle = `={{ (${JSON.stringify(titles)})[$parameter["resource"] + " " + $parameter["operation"]] }}`;
