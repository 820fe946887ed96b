import { classifierParameters } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { simplify } from '../../parameters/run';
import { startParametersOfTarget } from '../../parameters/startOptions';
import { outputOf, startDocuments } from '../shared/startDocuments';
import type { AllItemsOperation } from '../types';

export const startOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start classify run',
		description: 'Send documents to Extend without waiting, and get the results later',
	},
	parameters: [...classifierParameters, ...documentParameters, simplify, ...startParametersOfTarget],
	async execute(run) {
		return await startDocuments(run, {
			finish: async (itemIndex, document, started) => outputOf(run, itemIndex, { document, run: started.run }),
		});
	},
};
