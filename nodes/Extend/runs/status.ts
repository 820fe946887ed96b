import type { BatchRun, Run } from '../api/types';

/** What a status means; `other` for one that is not known yet. */
export type StatusKind = 'unfinished' | 'processed' | 'failed' | 'cancelled' | 'other';

/**
 * The statuses of runs and batches; a new one is one line here.
 * @see https://docs.extend.ai/2026-02-09/api-reference an open set; CANCELLING is in Extend's clients only
 */
const STATUSES = [
	{ status: 'PENDING', kind: 'unfinished' },
	{ status: 'PROCESSING', kind: 'unfinished' },
	{ status: 'CANCELLING', kind: 'unfinished' },
	{ status: 'PROCESSED', kind: 'processed' },
	{ status: 'FAILED', kind: 'failed' },
	{ status: 'CANCELLED', kind: 'cancelled' },
] as const;

const KIND_BY_STATUS = new Map<string, StatusKind>(STATUSES.map(({ status, kind }) => [status, kind]));

/** Statuses offered in lists; others can appear at any time and are treated as final. */
export const KNOWN_STATUSES = STATUSES.map(({ status }) => status);

/** What a status means. It counts exactly as Extend writes it, in capitals. */
export function kindOf({ status }: Pick<Run, 'status'>): StatusKind {
	return KIND_BY_STATUS.get(status) ?? 'other';
}

/** Whether the run has ended. A status not known yet counts as an end, or a wait for it would never end. */
export function isFinal(run: Pick<Run, 'status'>): boolean {
	return kindOf(run) !== 'unfinished';
}

/** Whether the run waits in Extend's queue: nothing is done about it yet. */
export function isInQueue({ status }: Pick<Run, 'status'>): boolean {
	return status === 'PENDING';
}

/** Whether a batch is over. One with a status not known yet may still make runs, and a search for them has a deadline. */
export function isBatchOver(batch: Pick<BatchRun, 'status'>): boolean {
	return kindOf(batch) === 'processed' || hasFailed(batch);
}

/** Whether the run ended FAILED or CANCELLED. */
export function hasFailed(run: Pick<Run, 'status'>): boolean {
	const kind = kindOf(run);
	return kind === 'failed' || kind === 'cancelled';
}
