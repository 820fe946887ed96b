import { classifierParameters, readTarget } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { routingParameters } from '../../parameters/routing';
import { onRunFailed, simplify } from '../../parameters/run';
import { startParametersOfTarget } from '../../parameters/startOptions';
import { waitOptions } from '../../parameters/waiting';
import { classifyDocuments } from '../../pipeline/classifyDocuments';
import { finishDocument } from '../../pipeline/finishDocument';
import { SingleRuns } from '../../pipeline/submitRuns';
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
	async execute(execution) {
		return await classifyDocuments(execution, {
			readTarget,
			submission: (context) => new SingleRuns(context),
			finish: async (submitted, waiter, { memory }) => await finishDocument(waiter, submitted, memory),
			waits: true,
		});
	},
};
