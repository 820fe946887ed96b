import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isNotFound } from '../api/errors';
import type { Run } from '../api/types';
import type { FailedItem, Paid } from './errors';
import { describeFailedItem, readError, stoppingError } from './errors';

/** Json and binary that an item gives. */
export interface OutputItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

/** The item of a run. */
export interface RunItem extends OutputItem {
	/** As Extend sent it: what decides which output the item is sent to. */
	run: Run;
	/** The confidence from which its result needs no review, from 0 to 1. */
	minimumConfidence: number;
}

/** What one document or item came to. */
export type Outcome =
	| ({ kind: 'run'; itemIndex: number } & RunItem)
	/** An item that continues without a result, since it has no document. */
	| ({ kind: 'withoutDocument'; itemIndex: number } & OutputItem)
	/** One item for several: `runIds` and `batchIds` name what is paid for. */
	| ({ kind: 'batch'; itemIndex: number; itemIndexes: number[]; runIds: string[]; batchIds: string[] } & OutputItem)
	/** About anything but runs. */
	| ({ kind: 'item'; itemIndex: number } & OutputItem)
	/** `binary`: the files it is about; all of its input when left out. */
	| ({ kind: 'failed'; binary?: IBinaryKeyData } & FailedItem);

/**
 * The outcomes of work on an item; the one place where what it throws is caught.
 * @param binary the files that the work is about; all of the item when left out
 */
export async function settleItem(itemIndex: number, work: () => Promise<Outcome[]>, binary?: IBinaryKeyData): Promise<Outcome[]> {
	try {
		return await work();
	} catch (caught) {
		return [{ kind: 'failed', itemIndex, error: readError(caught), binary }];
	}
}

/** The names of the outputs for items, in their order; empty for an AI agent's tool, which has none. */
export function namesOfOutputs(context: IExecuteFunctions): string[] {
	const outputs = context.getNodeOutputs().filter(({ type, category }) => type === 'main' && category !== 'error');
	return outputs.map(({ displayName }) => displayName ?? '');
}

/** An outcome and the number of the output it is sent to. */
export interface PlacedOutcome {
	outcome: Outcome;
	output: number;
}

/**
 * Items for n8n by output, in the order of the outcomes, failed ones behind: n8n's Retry On Fail takes a failed first
 * item for the failure of the whole node. n8n itself moves failed items to its error output, from whichever they are in.
 * @throws NodeOperationError when an item failed and the node is to stop
 */
export function collectItems(context: IExecuteFunctions, placed: PlacedOutcome[], outputCount: number): INodeExecutionData[][] {
	const outcomes = placed.map(({ outcome }) => outcome);
	const failed = outcomes.filter((outcome) => outcome.kind === 'failed');
	if (failed.length > 0 && !context.continueOnFail()) {
		throw stoppingError(context.getNode(), failed, { itemCount: context.getInputData().length, ...paidIn(outcomes) });
	}
	const itemsOf = (output: number): INodeExecutionData[] => {
		const own = placed.filter((one) => one.output === output).map(({ outcome }) => outcome);
		const inOrder = [...own.filter(({ kind }) => kind !== 'failed'), ...own.filter(({ kind }) => kind === 'failed')];
		return inOrder.map((outcome) => itemOf(outcome, context));
	};
	return Array.from({ length: Math.max(1, outputCount) }, (_, output) => itemsOf(output));
}

/** A failed item keeps its files, so that what follows can put them aside or hand them to a person. */
function itemOf(outcome: Outcome, context: IExecuteFunctions): INodeExecutionData {
	const { itemIndex, binary } = outcome;
	const pairedItem = { item: itemIndex };
	if (outcome.kind === 'failed') {
		const item = { json: describeFailedItem(outcome), binary: binary ?? context.getInputData()[itemIndex]?.binary, pairedItem };
		return context.getNode().onError === 'continueErrorOutput' ? markForErrorOutput(item) : item;
	}
	const isOfSeveral = outcome.kind === 'batch' && outcome.itemIndexes.length > 1;
	return { json: outcome.json, binary, pairedItem: isOfSeveral ? outcome.itemIndexes.map((item) => ({ item })) : pairedItem };
}

/**
 * Lets n8n before 2.36 know a failed item: by its json it knows only those that have no `details`. The mark is one that
 * does not go along when n8n copies the item to its error output; an ordinary one would replace the json by the message.
 */
function markForErrorOutput(item: INodeExecutionData): INodeExecutionData {
	return Object.defineProperty(item, 'error', { value: { message: item.json.error }, enumerable: false });
}

/** The IDs of all that exists at Extend, whatever came of it. */
export function paidIn(outcomes: Outcome[]): Paid {
	const paid = outcomes.map(paidOf);
	return { runIds: distinct(paid.flatMap(({ runIds }) => runIds)), batchIds: distinct(paid.flatMap(({ batchIds }) => batchIds)) };
}

function paidOf(outcome: Outcome): Paid {
	if (outcome.kind === 'run') return { runIds: [outcome.run.id], batchIds: [] };
	if (outcome.kind === 'batch') return outcome;
	if (outcome.kind !== 'failed') return { runIds: [], batchIds: [] };
	const { runId, dashboardUrl, runIds = [], batchId } = outcome.error.facts;
	// What Extend has never shown, such as an ID that was mistyped, is not there.
	const isUnknown = runId === undefined || (isNotFound(outcome.error) && dashboardUrl === undefined);
	return { runIds: isUnknown ? runIds : [runId, ...runIds], batchIds: batchId === undefined ? [] : [batchId] };
}

function distinct(ids: readonly string[]): string[] {
	return [...new Set(ids)];
}
