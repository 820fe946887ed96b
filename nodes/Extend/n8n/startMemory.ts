import type { IExecuteFunctions } from 'n8n-workflow';
import { isObject } from '../api/json';
import type { StartContext } from '../starting/startContext';
import type { NodePlace } from '../starting/startKey';
import type { RememberedStart, RememberedStarts } from '../starting/startMemory';
import { StartMemory } from '../starting/startMemory';
import type { NodeExecution } from './nodeExecution';

const KEPT = 'extendStarts';

/** All that starting needs of an execution. */
export function openStarts({ context, extend, clock, registry }: NodeExecution): StartContext {
	return { extend, clock, registry, memory: openStartMemory(context) };
}

/**
 * What the tries of this node know of each other. n8n keeps a node's context across its Retry On Fail, and saves it with a
 * failed execution for its Retry button.
 */
function openStartMemory(context: IExecuteFunctions): StartMemory {
	const kept = context.getContext('node');
	const executionId = context.getExecutionId();
	const known: unknown = kept[KEPT];
	const remembered: RememberedStarts = isRemembered(known) ? known : { executionId, tries: {}, starts: {} };
	kept[KEPT] = remembered;
	return new StartMemory(remembered, { executionId, runIndex: runIndexOf(context) });
}

/** What sets a node of an execution apart from all others of all n8n instances. @param executionId the first one that tried it */
export function placeOf(context: IExecuteFunctions, executionId: string): NodePlace {
	return { instanceId: context.getInstanceId(), workflowId: context.getWorkflow().id ?? '', executionId, nodeId: context.getNode().id };
}

/** How often the node has run in this execution before. */
export function runIndexOf(context: IExecuteFunctions): number {
	return Number(context.getWorkflowDataProxy(0).$runIndex);
}

/** Whether an AI agent runs the node as a tool. n8n's `isToolExecution` is false for the agents of 2026. */
export function isToolCall(context: IExecuteFunctions): boolean {
	return context.getNodeOutputs().some(({ type }) => type === 'ai_tool');
}

function isRemembered(value: unknown): value is RememberedStarts {
	return isObject(value) && typeof value.executionId === 'string' && isObject(value.tries) && isObject(value.starts) && Object.values(value.starts).every(isStart);
}

function isStart(value: unknown): value is RememberedStart {
	return isObject(value);
}
