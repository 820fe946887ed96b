import { savedClassifier, savedVersion } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { simplify } from '../../parameters/run';
import { startParameters } from '../../parameters/startOptions';
import { startBatches } from '../../pipeline/startBatches';
import type { AllItemsOperation } from '../types';

export const startOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start batch run',
		description: 'Send up to 1,000 documents in one request without waiting, and return one item for each batch',
	},
	parameters: [savedClassifier, savedVersion, ...documentParameters, simplify, ...startParameters],
	async execute(execution) {
		return await startBatches(execution);
	},
};
