import { settleItem } from '../../n8n/items';
import { routingParametersWithPicker } from '../../parameters/routing';
import { onRunFailed, outputRun, readOutputSettings, readRunId, runId, simplify } from '../../parameters/run';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { RunWaiter } from '../../pipeline/runWaiter';
import type { AllItemsOperation } from '../types';

export const waitForCompletionOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Wait for Completion',
		value: 'waitForCompletion',
		action: 'Wait for completion of classify run',
		description: 'Wait for runs that were started earlier, wherever that was',
	},
	parameters: [runId, ...routingParametersWithPicker, onRunFailed, simplify, waitOptions],
	async execute(execution) {
		const waiter = new RunWaiter(execution);
		const outcomes = execution.items.map(async ({ binary }, itemIndex) =>
			await settleItem(itemIndex, async () => {
				const read = execution.read(itemIndex);
				const [output, wait] = [readOutputSettings(read), readWaitOptions(read)];
				const finished = await waiter.waitFor({ kind: 'toBeRead', id: readRunId(read) }, wait);
				return [{ kind: 'run', itemIndex, ...outputRun(output, finished), binary }];
			}),
		);
		return (await Promise.all(outcomes)).flat();
	},
};
