import { asExtendError } from '../../api/errors';
import type { NodeRun } from '../../n8n/nodeRun';
import { uploadedFileIds } from '../../n8n/purpose';
import { classifierParameters } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { routingParameters } from '../../parameters/routing';
import { checkRunFailed, onRunFailed, simplify } from '../../parameters/run';
import { startOptions } from '../../parameters/startOptionFields';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { isFinal } from '../../runs/status';
import type { StartedRun } from '../../starting/starter';
import type { PlannedDocument } from '../shared/planDocuments';
import { outputOf, startDocuments } from '../shared/startDocuments';
import { RunWaiter } from '../shared/waitForRun';
import type { AllItemsOperation } from '../types';

export const classifyOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Classify and Wait',
		value: 'classify',
		action: 'Classify document and wait',
		description: 'Start a run for every document, wait for all of them, and output their categories',
	},
	parameters: [
		...classifierParameters,
		...documentParameters,
		...routingParameters,
		onRunFailed,
		simplify,
		startOptions,
		waitOptions,
	],
	async execute(run) {
		const waiter = new RunWaiter(run);
		return await startDocuments(run, {
			check: readWaitOptions,
			finish: async (itemIndex, document, started) => {
				const read = run.read(itemIndex);
				const finished = await waiter.waitFor({ id: started.run.id, run: started.run }, readWaitOptions(read));
				if (isFinal(finished)) await deleteFile(run, document, started);
				checkRunFailed(read, finished);
				return outputOf(run, itemIndex, document, finished);
			},
		});
	},
};

/** Removes the uploaded file where the options say so. A result that is there is not given up for a file that stays. */
async function deleteFile(run: NodeRun, { plan, options }: PlannedDocument, { uploadedFileId }: StartedRun): Promise<void> {
	if (!options.deletesFileAfter || uploadedFileId === undefined) return;
	try {
		await run.extend.deleteFile(uploadedFileId);
		delete uploadedFileIds(run.context)[plan.token];
	} catch (caught) {
		const text = `The file ${uploadedFileId} is still at Extend: ${asExtendError(caught).message}`;
		run.context.logger.warn(text);
		run.hint(text);
	}
}
