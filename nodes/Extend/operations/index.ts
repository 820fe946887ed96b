import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { cancelOperation } from './classifyRun/cancel.operation';
import { classifyOperation } from './classifyRun/classify.operation';
import { deleteOperation } from './classifyRun/delete.operation';
import { getManyOperation } from './classifyRun/getMany.operation';
import { getOperation } from './classifyRun/get.operation';
import { startOperation } from './classifyRun/start.operation';
import { waitForCompletionOperation } from './classifyRun/waitForCompletion.operation';
import type { Operation } from './types';

interface Resource {
	option: { name: string; value: string };
	/** The first one is the default. */
	operations: Operation[];
}

const RESOURCES: Resource[] = [
	{
		option: { name: 'Classify Run', value: 'classifyRun' },
		operations: [
			classifyOperation,
			startOperation,
			getOperation,
			waitForCompletionOperation,
			getManyOperation,
			cancelOperation,
			deleteOperation,
		],
	},
];

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

/** The parameters of a resource, each once, shown for the operations that have it. */
function parametersOf({ option, operations }: Resource): INodeProperties[] {
	const parameters = new Set(operations.flatMap((operation) => operation.parameters));
	return [...parameters].map((parameter) => {
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

const operationNames = Object.fromEntries(
	RESOURCES.flatMap(({ operations }) => operations.map(({ option }) => [option.value, option.name])),
);

/** Names the operation below the node, as the list does: an expression, which n8n evaluates. */
export const subtitle = `={{ (${JSON.stringify(operationNames)})[$parameter["operation"]] }}`;
