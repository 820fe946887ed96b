import { numberAt, objectAt, stringAt } from '../api/json';
import type { WebhookEvent } from './event';

/** Which processed runs start the workflow; what is not set lets everything pass. */
export interface EventFilter {
	/** IDs of categories; in which case they are written does not matter. */
	categories: string[];
	/** From 0 to 1, both ends included. */
	minimumConfidence?: number;
	maximumConfidence?: number;
}

const FILTERED_TYPE = 'classify_run.processed';

/**
 * Whether an event starts the workflow. Only processed runs are looked at: failed ones and batches always pass.
 * A run without a confidence counts as the least certain of all.
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
