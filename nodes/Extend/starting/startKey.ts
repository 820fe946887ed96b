import { createHash } from 'node:crypto';
import type { ClassifierTarget } from '../api/types';

/**
 * Start keys stand in the metadata of every run and say what it was started for. Their prefix says who can have the same:
 * `run:` nobody else, `call:` equal calls of a tool in one execution, `key:` and `doc:` any execution.
 */

const KEY_LENGTH = 32;

/** Whether executions other than this one may start runs with the start key. */
export function isSharedByExecutions(startKey: string): boolean {
	return startKey.startsWith('key:') || startKey.startsWith('doc:');
}

/** Whether several documents may stand for one run with the start key, at the same moment too. */
export function canBeShared(startKey: string): boolean {
	return !startKey.startsWith('run:');
}

function hash(parts: readonly unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, KEY_LENGTH);
}

/** A node of one execution; the same where n8n tries the node or the execution again. */
export interface NodePlace {
	instanceId: string;
	workflowId: string;
	executionId: string;
	nodeId: string;
}

/** A document of an item. */
export interface ItemPlace extends NodePlace {
	runIndex: number;
	itemIndex: number;
	/** Which document of the item, and what it holds. */
	document: string;
}

/** The start key of a document of an item. */
export function startKeyForItem({ instanceId, workflowId, executionId, nodeId, runIndex, itemIndex, document }: ItemPlace): string {
	return `run:${hash([instanceId, workflowId, executionId, nodeId, runIndex, itemIndex, document])}`;
}

/**
 * The start key of a document that an AI agent has a tool classify: a model may call a tool twice for the same.
 * @param content what the document holds
 */
export function startKeyForToolCall(place: NodePlace, content: string, target: ClassifierTarget): string {
	const { instanceId, workflowId, executionId, nodeId } = place;
	return `call:${hash([instanceId, workflowId, executionId, nodeId, content, target])}`;
}

/**
 * The start key of an idempotency key; the same in every execution that uses the classifier.
 * @param document the binary field where the item holds several documents, else empty
 */
export function startKeyForIdempotencyKey(idempotencyKey: string, document: string, target: ClassifierTarget): string {
	return `key:${hash([idempotencyKey, document, classifierIdOf(target)])}`;
}

/** The start key of a document that is not to be classified again in the same way. @param content its hash, its text or its address */
export function startKeyForContent(content: string, target: ClassifierTarget): string {
	return `doc:${hash([content, target])}`;
}

/** The ID of the saved classifier; undefined for categories that are sent along. */
export function classifierIdOf(target: ClassifierTarget): string | undefined {
	return 'classifier' in target ? target.classifier.id : undefined;
}
