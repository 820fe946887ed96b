import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { inputError } from '../api/errors';
import { stringAt } from '../api/json';
import { readError } from '../n8n/errors';
import type { Outcome } from '../n8n/items';
import { collectItems, settleItem } from '../n8n/items';
import type { NodeRun } from '../n8n/nodeRun';
import { createNodeRun } from '../n8n/nodeRun';
import { findOperation } from './index';
import type { ItemOperation, Operation } from './types';

/** Runs the operation that the node's parameters name, and gives its items, failed ones included. */
export async function executeNode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return [collectItems(context, await settle(context))];
}

async function settle(context: IExecuteFunctions): Promise<Outcome[]> {
	const prepared = await prepare(context);
	if (prepared.kind === 'failed') return prepared.outcomes;
	const { operation, run } = prepared;
	return operation.kind === 'all' ? await operation.execute(run) : await executeItems(operation, run);
}

type Prepared = { kind: 'ready'; operation: Operation; run: NodeRun } | { kind: 'failed'; outcomes: Outcome[] };

/** What stands in the way of the whole node stands in the way of every item. */
async function prepare(context: IExecuteFunctions): Promise<Prepared> {
	try {
		return { kind: 'ready', operation: operationOf(context), run: await createNodeRun(context) };
	} catch (caught) {
		const error = readError(caught);
		const outcomes = context.getInputData().map((_, itemIndex): Outcome => ({ kind: 'failed', itemIndex, error }));
		return { kind: 'failed', outcomes };
	}
}

function operationOf(context: IExecuteFunctions): Operation {
	const resource = String(context.getNodeParameter('resource', 0, ''));
	const name = String(context.getNodeParameter('operation', 0, ''));
	const operation = findOperation(resource, name);
	if (operation !== undefined) return operation;
	throw inputError(`There is no operation "${name}" for "${resource}"`, 'Choose an operation from the list.');
}

async function executeItems(operation: ItemOperation, run: NodeRun): Promise<Outcome[]> {
	const { extend, clock, hint } = run;
	const outcomes = run.items.map(async ({ binary }, itemIndex) =>
		await settleItem(itemIndex, async () => {
			const jsons = await operation.execute({ read: run.read(itemIndex), extend, clock, hint });
			return jsons.map((json) => (operation.givesList ? { json } : { json, binary, runId: stringAt(json, 'id') }));
		}),
	);
	return (await Promise.all(outcomes)).flat();
}
