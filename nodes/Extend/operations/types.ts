import type { INodeProperties } from 'n8n-workflow';
import type { ExtendClient } from '../api/client';
import type { Clock } from '../api/clock';
import type { JsonObject } from '../api/json';
import type { Outcome, RunItem } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import type { Read } from '../n8n/read';

interface OperationBase {
	/** How the operation stands in n8n's list; `action` names it in the node panel. */
	option: { name: string; value: string; action: string; description: string };
	/** Its parameters, without displayOptions for resource and operation: the registry adds them. */
	parameters: INodeProperties[];
}

/** What an operation on one item gets. */
export interface ItemWork {
	read: Read;
	extend: ExtendClient;
	clock: Clock;
	hint: NodeExecution['hint'];
}

/** What an operation on one item gives: the item of a run, or one about something else. */
export type ItemResult = RunItem | { json: JsonObject };

/** Acts on each item by itself; what it throws fails that item only. */
export interface ItemOperation extends OperationBase {
	kind: 'item';
	/** Whether what comes out is a list of its own rather than the item again; it then keeps no binary. */
	givesList?: true;
	execute: (work: ItemWork) => Promise<ItemResult[]>;
}

/** Acts on all items together, so that none waits for another. */
export interface AllItemsOperation extends OperationBase {
	kind: 'all';
	execute: (execution: NodeExecution) => Promise<Outcome[]>;
}

export type Operation = ItemOperation | AllItemsOperation;

/** A thing of Extend, and what can be done with it. */
export interface Resource {
	/** How it stands in n8n's list. */
	option: { name: string; value: string; description: string };
	/** The first one is the default. */
	operations: Operation[];
}
