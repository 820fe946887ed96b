/* eslint-disable @n8n/community-nodes/node-usable-as-tool -- a helper of the tests, no tool */
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

/** Passes its input on; stands for a trigger before the node in question and for whatever comes after it. */
export class PassOn implements INodeType {
	description = {
		displayName: 'Pass On',
		name: 'passOn',
		group: ['transform' as const],
		version: 1,
		description: 'Passes items on',
		defaults: { name: 'Pass On' },
		inputs: ['main' as const],
		outputs: ['main' as const],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}
