import { savedClassifier, savedVersion } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { routingParameters } from '../../parameters/routing';
import { onRunFailed, simplify } from '../../parameters/run';
import { startParameters } from '../../parameters/startOptions';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { finishBatch, finishFound } from '../shared/finishBatch';
import { startBatches } from '../shared/startBatches';
import { passOn } from '../shared/startDocuments';
import { RunWaiter } from '../shared/waitForRun';
import type { AllItemsOperation } from '../types';

export const classifyOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Classify and Wait',
		value: 'classify',
		action: 'Classify documents as batch and wait',
		description: 'Send up to 1,000 documents in one request, wait for all of them and return their categories',
	},
	parameters: [
		savedClassifier,
		savedVersion,
		...documentParameters,
		...routingParameters,
		onRunFailed,
		simplify,
		...startParameters,
		waitOptions,
	],
	async execute(run) {
		const waiter = new RunWaiter(run);
		return await startBatches(run, {
			check: readWaitOptions,
			waiter,
			settle: async (placement) =>
				placement.kind === 'batch' ? await finishBatch(waiter, placement) : await finishFound(waiter, placement.runs),
			passOn: (itemIndex) => [passOn(run, itemIndex)],
		});
	},
};
