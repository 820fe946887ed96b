import { asExtendError } from '../../api/errors';
import { objectAt, stringAt } from '../../api/json';
import type { Run } from '../../api/types';
import { readError } from '../../n8n/errors';
import type { OutputItem } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
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

/** Removes the uploaded file where the options say so. A result that is there is not given up for a file that stays. */
async function deleteUploadedFile(run: NodeExecution, { plan, options }: PlannedDocument, finished: Run): Promise<void> {
	if (!options.deletesFileAfter || plan.source.kind !== 'upload') return;
	const uploadedIds = uploadedFileIds(run.context);
	// Of a run that another execution has started, only the run itself tells which file was uploaded for it.
	const file = objectAt(finished.json, 'file');
	const id = uploadedIds[plan.token] ?? stringAt(file, 'id');
	if (id === undefined) return;
	const isOurs = uploadedIds[plan.token] !== undefined || stringAt(file, 'name') === plan.source.upload.fileName;
	if (!isOurs) return tellFileStays(run, id, 'by its name it was not uploaded for this document');
	try {
		await run.extend.deleteFile(id);
		delete uploadedIds[plan.token];
	} catch (caught) {
		const error = asExtendError(caught);
		if (error.facts.status !== 404) tellFileStays(run, id, error.message);
	}
}

function tellFileStays({ context, hint }: NodeExecution, id: string, why: string): void {
	const text = `The file ${id} is still at Extend: ${why}`;
	context.logger.warn(text);
	hint(text);
}
