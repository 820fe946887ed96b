import { batchId, readBatchId } from '../../parameters/batch';
import { readOutputSettings, shape, simplify } from '../../parameters/run';
import { describeBatch } from '../../runs/batch';
import type { ItemOperation } from '../types';

export const getOperation: ItemOperation = {
	kind: 'item',
	option: { name: 'Get', value: 'get', action: 'Get batch run', description: 'Get the status of a batch, without its runs' },
	parameters: [batchId, simplify],
	async execute({ read, extend }) {
		const output = readOutputSettings(read);
		const { json } = await extend.getBatch(readBatchId(read));
		return [{ json: shape(output, json, describeBatch) }];
	},
};
