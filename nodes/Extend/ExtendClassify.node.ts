import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { properties, subtitle } from './operations';
import { executeNode } from './operations/execute';
import { configuredOutputs } from './routing/outputs';
import { searchCategories } from './pickers/categories';
import { getClassifiers, getClassifierVersions, searchClassifiers } from './pickers/classifiers';

export class ExtendClassify implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Extend Classify',
		name: 'extendClassify',
		icon: { light: 'file:extend.svg', dark: 'file:extend.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description: 'Classify documents and route them by category, with Extend',
		defaults: { name: 'Extend Classify' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		// The build leaves out blanks, and n8n takes two closing braces in a row for the end of the expression.
		outputs: `={{(${String(configuredOutputs).replaceAll('}}', '} }')})($parameter)}}`,
		credentials: [{ name: 'extendApi', required: true }],
		properties,
	};

	methods = {
		listSearch: { searchCategories, searchClassifiers },
		loadOptions: { getClassifiers, getClassifierVersions },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeNode(this);
	}
}
