import { classifierParameters, readTarget } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { simplify } from '../../parameters/run';
import { startParametersOfTarget } from '../../parameters/startOptions';
import { classifyDocuments } from '../../pipeline/classifyDocuments';
import { outputOf } from '../../pipeline/handOut';
import { knownRun } from '../../pipeline/runWaiter';
import { SingleRuns } from '../../pipeline/submitRuns';
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
	async execute(execution) {
		return await classifyDocuments(execution, {
			readTarget,
			submission: (context) => new SingleRuns(context),
			finish: async ({ document, run }) => await Promise.resolve(outputOf(execution, document, knownRun(run))),
			waits: false,
		});
	},
};
