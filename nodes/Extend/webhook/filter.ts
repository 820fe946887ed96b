import type { JsonObject } from '../api/json';
import { numberAt, objectAt, stringAt } from '../api/json';
import { WORKFLOW_KEY } from '../runs/workflowMark';
import type { WebhookEvent } from './event';

/** Which runs start the workflow. What is not set lets all runs pass. */
export interface EventFilter {
	/** IDs of categories, in upper or lower case. */
	categories: string[];
	/** From 0 to 1, both ends included. */
	minimumConfidence?: number;
	maximumConfidence?: number;
	/** Whether runs that this workflow has started are ignored, failed ones included. */
	ignoreOwnRuns: boolean;
}

const FILTERED_TYPE = 'classify_run.processed';

/**
 * Whether an event passes the filters for categories and confidence. They apply to processed runs only: failed runs and
 * batches always pass. A run without a confidence counts as 0.
 */
export function passesFilter({ eventType, payload }: WebhookEvent, filter: EventFilter): boolean {
	if (eventType !== FILTERED_TYPE) return true;
	const { minimumConfidence = Number.NEGATIVE_INFINITY, maximumConfidence = Number.POSITIVE_INFINITY } = filter;
	const output = objectAt(payload, 'output');
	const confidence = numberAt(output, 'confidence') ?? 0;
	const isWanted = confidence >= minimumConfidence && confidence <= maximumConfidence;
	return isWanted && isAmong(filter.categories, stringAt(output, 'id') ?? '');
}

function isAmong(categories: readonly string[], id: string): boolean {
	return categories.length === 0 || categories.some((category) => category.toLowerCase() === id.trim().toLowerCase());
}

/**
 * Whether the workflow with this mark has started a run. Batches have no metadata, so they are never taken for its own.
 * @param payload a run, or the object with a signed URL that stands for it
 */
export function isStartedBy(workflowMark: string, payload: JsonObject): boolean {
	return stringAt(objectAt(payload, 'metadata'), WORKFLOW_KEY) === workflowMark;
}
