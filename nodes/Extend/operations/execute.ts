import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ExtendError } from '../api/errors';
import { inputError } from '../api/errors';
import { readError } from '../n8n/errors';
import type { Outcome } from '../n8n/items';
import { collectItems, namesOfOutputs, settleItem } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import { createNodeExecution } from '../n8n/nodeExecution';
import { createRead } from '../n8n/read';
import { canRoute, readRouteBy, readRouting } from '../parameters/routing';
import type { Route, Routing } from '../routing/route';
import { outputIndex, routeFailed, routeRun } from '../routing/route';
import { findOperation } from './index';
import type { RoutedOutcome } from '../pipeline/report';
import { report } from '../pipeline/report';
import type { ItemOperation, Operation } from './types';

/** Runs the operation that the node's parameters name, and gives its items by output, failed ones included. */
export async function executeNode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const names = namesOfOutputs(context);
	const routed = await settle(context);
	const placed = routed.map(({ outcome, route }) => ({ outcome, output: outputIndex(route, names) }));
	return collectItems(context, placed, names.length);
}

async function settle(context: IExecuteFunctions): Promise<RoutedOutcome[]> {
	const prepared = await prepare(context);
	if (prepared.kind === 'failed') return failAll(context, prepared.error);
	const { operation, execution, routing } = prepared;
	try {
		const outcomes = operation.kind === 'all' ? await operation.execute(execution) : await executeItems(operation, execution);
		const routed = outcomes.map((outcome) => ({ outcome, route: routeOutcome(outcome, routing) }));
		if (canRoute(operation.parameters)) {
			report(execution, routed, { subject: operation.option.value === 'classify' ? 'document' : 'run', routing });
		}
		return routed;
	} finally {
		execution.release();
	}
}

type Prepared = { kind: 'ready'; operation: Operation; execution: NodeExecution; routing: Routing } | { kind: 'failed'; error: ExtendError };

async function prepare(context: IExecuteFunctions): Promise<Prepared> {
	try {
		const operation = operationOf(context);
		const routing = readRouting(createRead(context, 0));
		return { kind: 'ready', operation, routing, execution: await createNodeExecution(context) };
	} catch (caught) {
		return { kind: 'failed', error: readError(caught) };
	}
}

/** What stands in the way of the whole node stands in the way of every item. */
function failAll(context: IExecuteFunctions, error: ExtendError): RoutedOutcome[] {
	const route = routeFailed(readRouteBy(createRead(context, 0)), error);
	return context.getInputData().map((_, itemIndex) => ({ outcome: { kind: 'failed', itemIndex, error }, route }));
}

function operationOf(context: IExecuteFunctions): Operation {
	const resource = String(context.getNodeParameter('resource', 0, ''));
	const name = String(context.getNodeParameter('operation', 0, ''));
	const operation = findOperation(resource, name);
	if (operation !== undefined) return operation;
	throw inputError(`There is no operation "${name}" for "${resource}"`, 'Choose an operation from the list.');
}

function routeOutcome(outcome: Outcome, routing: Routing): Route {
	switch (outcome.kind) {
		case 'failed':
			return routeFailed(routing.by, outcome.error);
		case 'run':
			return routeRun(outcome.run, routing, outcome.minimumConfidence);
		case 'withoutDocument':
			return routeRun(undefined, routing, 0);
		default:
			return { kind: 'whole' };
	}
}

async function executeItems(operation: ItemOperation, execution: NodeExecution): Promise<Outcome[]> {
	const { extend, clock, hint } = execution;
	const outcomes = execution.items.map(async ({ binary }, itemIndex) =>
		await settleItem(itemIndex, async () => {
			const results = await operation.execute({ read: execution.read(itemIndex), extend, clock, hint });
			return results.map((result): Outcome => {
				const item = { itemIndex, ...result, ...(operation.givesList ? {} : { binary }) };
				return 'run' in item ? { kind: 'run', ...item } : { kind: 'item', ...item };
			});
		}),
	);
	return (await Promise.all(outcomes)).flat();
}
