import { settleItem } from '../../n8n/items';
import { routingParametersWithPicker } from '../../parameters/routing';
import { checkOutput, checkRunFailed, onRunFailed, outputRun, readRunId, runId, simplify } from '../../parameters/run';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { RunWaiter } from '../shared/waitForRun';
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
	async execute(run) {
		const waiter = new RunWaiter(run);
		const outcomes = run.items.map(async ({ binary }, itemIndex) =>
			await settleItem(itemIndex, async () => {
				const read = run.read(itemIndex);
				checkOutput(read);
				const finished = await waiter.waitFor({ id: readRunId(read) }, readWaitOptions(read));
				checkRunFailed(read, finished);
				return [{ ...outputRun(read, finished), binary }];
			}),
		);
		return (await Promise.all(outcomes)).flat();
	},
};
