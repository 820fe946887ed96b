import { classifierParameters } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { routingParameters } from '../../parameters/routing';
import { onRunFailed, simplify } from '../../parameters/run';
import { startParametersOfTarget } from '../../parameters/startOptions';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { finishRun } from '../shared/finishRun';
import { startDocuments } from '../shared/startDocuments';
import { RunWaiter } from '../shared/waitForRun';
import type { AllItemsOperation } from '../types';

export const classifyOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Classify and Wait',
		value: 'classify',
		action: 'Classify document and wait',
		description: 'Send documents to Extend, wait for all of them and return their categories',
	},
	parameters: [
		...classifierParameters,
		...documentParameters,
		...routingParameters,
		onRunFailed,
		simplify,
		...startParametersOfTarget,
		waitOptions,
	],
	async execute(run) {
		const waiter = new RunWaiter(run);
		return await startDocuments(run, {
			check: readWaitOptions,
			waiter,
			finish: async (_, document, started) => await finishRun(waiter, document, { id: started.run.id, run: started.run }),
		});
	},
};
