import { routingParametersWithPicker } from '../../parameters/routing';
import { checkOutput, checkRunFailed, onRunFailed, outputRun, readRunId, runId, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';

export const getOperation: ItemOperation = {
	kind: 'item',
	option: { name: 'Get', value: 'get', action: 'Get classify run', description: 'Get a run with its current status' },
	parameters: [runId, ...routingParametersWithPicker, onRunFailed, simplify],
	async execute({ read, extend }) {
		checkOutput(read);
		const run = await extend.getRun(readRunId(read));
		checkRunFailed(read, run);
		return [outputRun(read, run)];
	},
};
