import type { INodeProperties } from 'n8n-workflow';
import { properties } from '../../../nodes/Extend/operations';

/** What n8n is told of the node's parameters. An operation is named with its resource: "classifyRun start". */

/** The parameters of an operation as a workflow has them; an AI agent's tool has some of its own. */
export function shownFor(name: string): INodeProperties[] {
	const [resource = '', operation = ''] = name.split(' ');
	const isForTools = ({ displayOptions }: INodeProperties) => displayOptions?.show?.['@tool']?.includes(true) === true;
	const isShown = ({ displayOptions }: INodeProperties) =>
		displayOptions?.show?.resource?.includes(resource) === true && displayOptions.show.operation?.includes(operation) === true;
	return properties.filter((property) => isShown(property) && !isForTools(property) && property.name !== 'operation' && property.type !== 'notice');
}

/** What is in a collection or list of an operation. */
export function optionsOf(name: string, parameter: string): INodeProperties[] {
	const found = shownFor(name).find((property) => property.name === parameter);
	return (found?.options ?? []) as INodeProperties[];
}

/** The names of a collection's fields, or the values of a list, in alphabetical order. */
export function valuesOf(name: string, parameter: string): unknown[] {
	return optionsOf(name, parameter).map((option) => ('value' in option ? option.value : option.name)).sort();
}

/** The values of a list, in its order. */
export function valuesIn(property: INodeProperties | undefined): unknown[] {
	return (property?.options ?? []).map((option) => ('value' in option ? option.value : undefined));
}
