import type { IExecuteFunctions } from 'n8n-workflow';
import type { StartPurpose } from '../starting/token';

/** What sets the work on an item apart from all other work of all n8n instances; the same when n8n retries the node. */
export function purposeOf(context: IExecuteFunctions, itemIndex: number): Omit<StartPurpose, 'document'> {
	return {
		instanceId: context.getInstanceId(),
		workflowId: context.getWorkflow().id ?? '',
		executionId: context.getExecutionId(),
		nodeId: context.getNode().id,
		runIndex: Number(context.getWorkflowDataProxy(itemIndex).$runIndex),
		itemIndex,
	};
}

/**
 * The IDs of files uploaded in this execution, by token. n8n keeps the place across retries of the node, so that
 * nothing is uploaded again.
 */
export function uploadedFileIds(context: IExecuteFunctions): Record<string, string> {
	return keptIds(context, 'extendUploads');
}

/** The IDs of runs started in this execution, by token, kept likewise. */
export function startedRunIds(context: IExecuteFunctions): Record<string, string> {
	return keptIds(context, 'extendRuns');
}

/** The IDs of batches started in this execution, by token of their documents, kept likewise. */
export function startedBatchIds(context: IExecuteFunctions): Record<string, string> {
	return keptIds(context, 'extendBatches');
}

/**
 * The tokens of documents whose last batch request got no answer and left no run to be seen, kept likewise; with the
 * IDs of the runs known before it, as a list with commas.
 */
export function unansweredStarts(context: IExecuteFunctions): Record<string, string> {
	return keptIds(context, 'extendUnanswered');
}

function keptIds(context: IExecuteFunctions, key: string): Record<string, string> {
	const kept = context.getContext('node');
	const known: unknown = kept[key];
	if (isTextRecord(known)) return known;
	const fresh: Record<string, string> = {};
	kept[key] = fresh;
	return fresh;
}

function isTextRecord(value: unknown): value is Record<string, string> {
	return typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string');
}
