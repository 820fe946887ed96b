import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { inputError } from '../api/errors';
import { readError } from '../n8n/errors';
import type { Outcome } from '../n8n/items';
import { collectItems, namesOfOutputs, settleItem } from '../n8n/items';
import type { NodeRun } from '../n8n/nodeRun';
import { createNodeRun } from '../n8n/nodeRun';
import { createRead } from '../n8n/read';
import { readMinimumConfidence, readRouteBy, readRouting } from '../parameters/routing';
import type { Route, Routing } from '../routing/route';
import { outputIndex, routeFailed, routeRun } from '../routing/route';
import { findOperation } from './index';
import type { ItemOperation, Operation } from './types';

/** Runs the operation that the node's parameters name, and gives its items by output, failed ones included. */
export async function executeNode(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const names = namesOfOutputs(context);
	const prepared = await prepare(context);
	const outcomes = prepared.kind === 'ready' ? await execute(prepared) : prepared.outcomes;
	const route = prepared.kind === 'ready' ? prepared.route : routeOfFailed(context);
	return collectItems(context, outcomes, { count: names.length, indexOf: (outcome) => outputIndex(route(outcome), names) });
}

type RouteOutcome = (outcome: Outcome) => Route;

interface Ready {
	operation: Operation;
	run: NodeRun;
	route: RouteOutcome;
}

type Prepared = ({ kind: 'ready' } & Ready) | { kind: 'failed'; outcomes: Outcome[] };

/** What stands in the way of the whole node stands in the way of every item. */
async function prepare(context: IExecuteFunctions): Promise<Prepared> {
	try {
		const operation = operationOf(context);
		const routing = readRouting(createRead(context, 0));
		const run = await createNodeRun(context);
		return { kind: 'ready', operation, run, route: (outcome) => routeOutcome(outcome, routing, run) };
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

function routeOutcome(outcome: Outcome, routing: Routing, run: NodeRun): Route {
	if (outcome.kind === 'failed') return routeFailed(routing.by);
	return routeRun(outcome.run, routing, readMinimumConfidence(run.read(outcome.itemIndex)));
}

/** Where the items leave that nothing was done about, since the node cannot begin. */
function routeOfFailed(context: IExecuteFunctions): RouteOutcome {
	const by = readRouteBy(createRead(context, 0));
	return () => routeFailed(by);
}

async function execute({ operation, run }: Ready): Promise<Outcome[]> {
	return operation.kind === 'all' ? await operation.execute(run) : await executeItems(operation, run);
}

async function executeItems(operation: ItemOperation, run: NodeRun): Promise<Outcome[]> {
	const { extend, clock, hint } = run;
	const outcomes = run.items.map(async ({ binary }, itemIndex) =>
		await settleItem(itemIndex, async () => {
			const outputs = await operation.execute({ read: run.read(itemIndex), extend, clock, hint });
			return operation.givesList ? outputs : outputs.map((output) => ({ ...output, binary }));
		}),
	);
	return (await Promise.all(outcomes)).flat();
}
