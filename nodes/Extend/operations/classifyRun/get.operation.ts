import { checkRunFailed, onRunFailed, readRunId, runId, shapeRun, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';

export const getOperation: ItemOperation = {
	kind: 'item',
	option: { name: 'Get', value: 'get', action: 'Get classify run', description: 'Fetch a run as it is at this moment' },
	parameters: [runId, onRunFailed, simplify],
	async execute({ read, extend }) {
		const run = await extend.getRun(readRunId(read));
		checkRunFailed(read, run);
		return [shapeRun(read, run.json)];
	},
};
