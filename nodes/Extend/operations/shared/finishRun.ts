import { asExtendError } from '../../api/errors';
import { objectAt, stringAt } from '../../api/json';
import type { Run } from '../../api/types';
import { readError } from '../../n8n/errors';
import type { OutputItem } from '../../n8n/items';
import type { NodeRun } from '../../n8n/nodeRun';
import { uploadedFileIds } from '../../n8n/purpose';
import { checkRunFailed } from '../../parameters/run';
import { readWaitOptions } from '../../parameters/waiting';
import { isFinal } from '../../runs/status';
import type { PlannedDocument } from './planDocuments';
import { outputOf } from './startDocuments';
import type { RunWaiter, WaitedRun } from './waitForRun';

/** Waits for the run of a document and gives its item. @throws ExtendError that names the run */
export async function finishRun(waiter: RunWaiter, document: PlannedDocument, waited: WaitedRun): Promise<OutputItem> {
	const { run } = waiter;
	const { itemIndex } = document;
	const read = run.read(itemIndex);
	try {
		const finished = await waiter.waitFor(waited, readWaitOptions(read));
		if (isFinal(finished)) await deleteUploadedFile(run, document, finished);
		checkRunFailed(read, finished);
		return outputOf(run, itemIndex, { document, run: finished });
	} catch (caught) {
		throw readError(caught).withFacts({ runId: waited.id });
	}
}

/**
 * Of a run that another execution has started, only the run itself tells which file was uploaded for it. One of another
 * name was not: with the same key somebody has classified a file that is kept at Extend.
 */
function fileOfOther({ json }: Run, fileName: string): string | undefined {
	const file = objectAt(json, 'file');
	return stringAt(file, 'name') === fileName ? stringAt(file, 'id') : undefined;
}

/** Removes the uploaded file where the options say so. A result that is there is not given up for a file that stays. */
async function deleteUploadedFile(run: NodeRun, { plan, options }: PlannedDocument, finished: Run): Promise<void> {
	if (!options.deletesFileAfter || plan.source.kind !== 'upload') return;
	const uploadedIds = uploadedFileIds(run.context);
	const id = uploadedIds[plan.token] ?? fileOfOther(finished, plan.source.upload.fileName);
	if (id === undefined) return;
	try {
		await run.extend.deleteFile(id);
		delete uploadedIds[plan.token];
	} catch (caught) {
		const error = asExtendError(caught);
		if (error.facts.status === 404) return;
		const text = `The file ${id} is still at Extend: ${error.message}`;
		run.context.logger.warn(text);
		run.hint(text);
	}
}
