import { routingParametersWithPicker } from '../../parameters/routing';
import { onRunFailed, outputRun, readOutputSettings, readRunId, runId, simplify } from '../../parameters/run';
import type { ItemOperation } from '../types';

export const getOperation: ItemOperation = {
	kind: 'item',
	option: { name: 'Get', value: 'get', action: 'Get classify run', description: 'Get a run with its current status' },
	parameters: [runId, ...routingParametersWithPicker, onRunFailed, simplify],
	async execute({ read, extend }) {
		const output = readOutputSettings(read);
		return [outputRun(output, await extend.getRun(readRunId(read)))];
	},
};
