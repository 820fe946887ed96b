import { asExtendError, isNotFound } from '../api/errors';
import { objectAt, stringAt } from '../api/json';
import type { Run } from '../api/types';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import { isFinal } from '../runs/status';
import type { StartMemory } from '../starting/startMemory';
import { outputOf } from './handOut';
import type { PlannedDocument } from './plannedDocument';
import type { RunWaiter } from './runWaiter';
import type { SubmittedRun } from './submission';

/** Waits for the run of a document and gives its item. @throws ExtendError that names the run */
export async function finishDocument(waiter: RunWaiter, { document, run }: SubmittedRun, memory: StartMemory): Promise<Outcome> {
	const finished = await waiter.waitFor(run, document.settings.wait);
	if (isFinal(finished)) await deleteUploadedFile(waiter.execution, document, { finished, memory });
	return outputOf(waiter.execution, document, finished);
}

/** Removes the uploaded file where the options say so. A result that is there is not given up for a file that stays. */
async function deleteUploadedFile(
	execution: NodeExecution,
	{ plan, settings }: PlannedDocument,
	{ finished, memory }: { finished: Run; memory: StartMemory },
): Promise<void> {
	if (!settings.options.deletesFileAfter || plan.source.kind !== 'upload') return;
	const { fileId } = memory.of(plan.startKey);
	// Of a run that another execution has started, only the run itself tells which file was uploaded for it.
	const file = objectAt(finished.json, 'file');
	const id = fileId ?? stringAt(file, 'id');
	if (id === undefined) return;
	const isOurs = fileId !== undefined || stringAt(file, 'name') === plan.source.upload.fileName;
	if (!isOurs) return reportKeptFile(execution, id, 'its name says that it was not uploaded for this document');
	try {
		await execution.extend.deleteFile(id);
		memory.forgetFile(plan.startKey);
	} catch (caught) {
		const error = asExtendError(caught);
		if (!isNotFound(error)) reportKeptFile(execution, id, error.message);
	}
}

function reportKeptFile({ context, hint }: NodeExecution, id: string, why: string): void {
	const text = `The file ${id} is still at Extend: ${why}`;
	context.logger.warn(text);
	hint(text);
}
