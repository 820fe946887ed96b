import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { FailedItem } from './errors';
import { describeFailedItem, readError, stoppingError } from './errors';

/** Json and binary that an item gives; `runId` names the run in it, if there is one. */
export interface OutputItem {
	json: IDataObject;
	binary?: IBinaryKeyData;
	runId?: string;
}

/** What one document or item came to. */
export type Outcome = ({ kind: 'output'; itemIndex: number } & OutputItem) | ({ kind: 'failed' } & FailedItem);

/** The outcome of work on an item; the one place where what it throws is caught. */
export async function settleItem(itemIndex: number, work: () => Promise<OutputItem[]>): Promise<Outcome[]> {
	try {
		const outputs = await work();
		return outputs.map((output) => ({ kind: 'output', itemIndex, ...output }));
	} catch (caught) {
		return [{ kind: 'failed', itemIndex, error: readError(caught) }];
	}
}

/**
 * Items for n8n, in the order of the outcomes, failed ones behind: n8n's Retry On Fail takes a failed first item for
 * the failure of the whole node.
 * @throws NodeOperationError when an item failed and the node is to stop
 */
export function collectItems(context: IExecuteFunctions, outcomes: Outcome[]): INodeExecutionData[] {
	const failed = outcomes.filter((outcome) => outcome.kind === 'failed');
	if (failed.length > 0 && !context.continueOnFail()) {
		throw stoppingError(context.getNode(), failed, context.getInputData().length, runIdsOf(outcomes));
	}
	const outputs = outcomes.filter((outcome) => outcome.kind === 'output');
	return [
		...outputs.map(({ json, binary, itemIndex }) => ({ json, binary, pairedItem: { item: itemIndex } })),
		...failed.map((item) => ({ json: describeFailedItem(item), pairedItem: { item: item.itemIndex } })),
	];
}

function runIdsOf(outcomes: Outcome[]): string[] {
	const ids = outcomes.map((outcome) => (outcome.kind === 'failed' ? outcome.error.facts.runId : outcome.runId));
	return [...new Set(ids.filter((id) => id !== undefined))];
}
