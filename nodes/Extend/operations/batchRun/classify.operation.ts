import { readSavedTarget, savedClassifier, savedVersion } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { routingParameters } from '../../parameters/routing';
import { onRunFailed, simplify } from '../../parameters/run';
import { startParameters } from '../../parameters/startOptions';
import { waitOptions } from '../../parameters/waiting';
import { classifyDocuments } from '../../pipeline/classifyDocuments';
import { finishDocument } from '../../pipeline/finishDocument';
import { BatchedRuns } from '../../pipeline/submitBatches';
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
	async execute(execution) {
		return await classifyDocuments(execution, {
			readTarget: readSavedTarget,
			keepsOrder: true,
			submission: (context, waiter) => new BatchedRuns(context, waiter),
			finish: async (submitted, waiter, { memory }) => await finishDocument(waiter, submitted, memory),
			waits: true,
		});
	},
};
