import { createHash } from 'node:crypto';

/** The key of the mark in a run's metadata. */
export const WORKFLOW_KEY = 'n8n:workflow';
const MARK_LENGTH = 12;

/** A workflow of one n8n instance; workflows of two instances can have the same ID. */
export interface WorkflowIdentity {
	instanceId: string;
	workflowId: string;
}

/**
 * The mark of a workflow: twelve hex digits, always the same for one workflow, that tell outsiders nothing about it.
 * Runs carry it in their metadata, and webhook endpoints in their name.
 */
export function workflowMarkOf({ instanceId, workflowId }: WorkflowIdentity): string {
	return createHash('sha256').update(JSON.stringify([instanceId, workflowId])).digest('hex').slice(0, MARK_LENGTH);
}
