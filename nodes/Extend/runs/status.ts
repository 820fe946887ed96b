import type { BatchRun, Run } from '../api/types';

const UNFINISHED = new Set(['PENDING', 'PROCESSING', 'CANCELLING']);

/** Statuses offered in lists; others can appear at any time and are treated as final. */
export const KNOWN_STATUSES = ['PENDING', 'PROCESSING', 'CANCELLING', 'PROCESSED', 'FAILED', 'CANCELLED'] as const;

/** Whether the run has come to an end. A status not known yet is one, or a wait for it would never end. */
export function isFinal({ status }: Pick<Run, 'status'>): boolean {
	return !UNFINISHED.has(status);
}

/** Whether the run waits in Extend's queue: nothing is done about it yet. */
export function isInQueue({ status }: Pick<Run, 'status'>): boolean {
	return status === 'PENDING';
}

/** Whether a batch is over. One with a status not known yet may still make runs, and a search for them has a deadline. */
export function isBatchOver({ status }: Pick<BatchRun, 'status'>): boolean {
	return status === 'PROCESSED' || hasFailed({ status });
}

/** Whether the run ended FAILED or CANCELLED. */
export function hasFailed({ status }: Pick<Run, 'status'>): boolean {
	return status === 'FAILED' || status === 'CANCELLED';
}
