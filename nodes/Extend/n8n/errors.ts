import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { asExtendError, ExtendError, marksOf } from '../api/errors';

/** An item that did not succeed, with where it came from. */
export interface FailedItem {
	itemIndex: number;
	error: ExtendError;
}

export function messageOf(caught: unknown): string {
	return caught instanceof Error ? caught.message : String(caught);
}

/** What was thrown as one of our errors; n8n's own keep their texts, such as that of a node without a credential. */
export function readError(caught: unknown): ExtendError {
	if (!(caught instanceof NodeOperationError || caught instanceof NodeApiError)) return asExtendError(caught);
	// Without a text here n8n would take the failed item for a good one.
	const advice = caught.description || 'Check the credential and the settings of this node.';
	return new ExtendError(caught.message, advice, { code: 'N8N', cause: caught });
}

/**
 * Json of a failed item. n8n moves an item to the error output only if its json has no keys but these three.
 * @see https://docs.n8n.io/integrations/creating-nodes/build/reference/error-handling/
 */
export function describeFailedItem({ itemIndex, error }: FailedItem): IDataObject {
	const { code, status, runStatus, retryable, requestId, runId, dashboardUrl, failureReason } = error.facts;
	return {
		error: `${headlineOf(error)} [item ${itemIndex}]`,
		message: error.advice,
		details: {
			itemIndex,
			code,
			status: runStatus ?? status ?? null,
			retryable: retryable ?? null,
			requestId: requestId ?? null,
			runId: runId ?? null,
			dashboardUrl: dashboardUrl ?? null,
			failureReason: failureReason ?? null,
		},
	};
}

/** IDs of what exists at Extend. */
export interface Paid {
	runIds: string[];
	batchIds: string[];
}

/** What a node run has come to. */
export interface Account extends Paid {
	itemCount: number;
}

/** Without any text of Extend, code or status are all there is to say. */
const NO_TEXT = 'Extend answered: no text (';

/** The message without code and request ID, which only support can read; they stand in the description and the details. */
function headlineOf(error: ExtendError): string {
	const marks = marksOf(error.facts);
	if (marks === undefined || error.message.includes(NO_TEXT)) return error.message;
	return error.message.replace(` (${marks})`, '');
}

/** A cause that fails every item alike is said once: its number and a count would tell nobody anything. */
function isCommon(failed: FailedItem[], itemCount: number): boolean {
	const itemIndexes = new Set(failed.map(({ itemIndex }) => itemIndex));
	const headlines = new Set(failed.map(({ error }) => headlineOf(error)));
	return itemCount > 1 && itemIndexes.size === itemCount && headlines.size === 1;
}

/**
 * The one error that stops a workflow: the first failed item and what to do, how many failed, and the IDs of all runs
 * and batches, finished or not, so that none is lost from view.
 */
export function stoppingError(node: INode, failed: FailedItem[], { itemCount, runIds, batchIds }: Account): NodeOperationError {
	const [first] = [...failed].sort((one, other) => one.itemIndex - other.itemIndex);
	const failedCount = new Set(failed.map(({ itemIndex }) => itemIndex)).size;
	const headline = first === undefined ? 'An item failed' : headlineOf(first.error);
	const isCounted = itemCount > 1 && !isCommon(failed, itemCount);
	const message = itemCount > 1 && !isCounted ? headline : `${headline} [item ${first?.itemIndex ?? 0}]`;
	const marks = first === undefined ? undefined : marksOf(first.error.facts);
	const sentences = [
		first?.error.advice,
		isCounted ? `${failedCount} of ${itemCount} items failed.` : undefined,
		marks === undefined ? undefined : `Extend's answer: ${marks}.`,
		batchIds.length > 0 ? `Batches at Extend: ${batchIds.join(', ')}.` : undefined,
		runIds.length > 0 ? `Runs at Extend: ${runIds.join(', ')}` : undefined,
	];
	const description = sentences.filter((sentence) => sentence !== undefined).join(' ');
	return withTexts(new NodeOperationError(node, message, { itemIndex: first?.itemIndex }), message, description);
}

/** Why a trigger cannot be activated. What to do stands in the message as well: n8n shows nothing else when it publishes. */
export function activationError(node: INode, { message, advice }: ExtendError): NodeOperationError {
	const text = `${message}. ${advice}`;
	return withTexts(new NodeOperationError(node, text), text, '');
}

/**
 * n8n replaces texts in which it recognises a system code, even inside a file name; here they stay. And it takes an
 * execution for one that somebody stopped, of which no error workflow hears, when the message holds "canceled".
 */
function withTexts(error: NodeOperationError, message: string, description: string): NodeOperationError {
	error.message = message.replaceAll('canceled', 'cancelled');
	error.description = description;
	return error;
}
