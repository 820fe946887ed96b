import { readRunId, runId } from '../../parameters/run';
import type { ItemOperation } from '../types';

export const deleteOperation: ItemOperation = {
	kind: 'item',
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete classify run',
		description: 'Permanently delete a run and its data from Extend, without a refund of credits already used',
	},
	parameters: [runId],
	async execute({ read, extend }) {
		const id = readRunId(read);
		await extend.deleteRun(id);
		return [{ json: { deleted: true, id } }];
	},
};
