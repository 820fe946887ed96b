import type { Extend } from 'extend-ai';
import type { StoredFile } from '../files/document';
import type { StoredClassifier, StoredVersion } from '../store';
import type { Verdict } from './verdict';

export interface StoredRun {
	id: string;
	createdAtMs: number;
	classifier: StoredClassifier | null;
	version: StoredVersion | null;
	config: Extend.ClassifyConfig;
	/** Null until a file given by URL was fetched. */
	file: StoredFile | null;
	fileUrl?: Extend.FileFromUrl;
	metadata: Extend.RunMetadata | null;
	source: string;
	sourceId: string | null;
	batchId: string | null;
	priority: number;
	/** The earliest start; with a throughput limit the run may have to wait longer. */
	dueAtMs: number;
	startsAtMs?: number;
	verdict?: Verdict;
	/** When the content was known. */
	readyAtMs?: number;
	parse?: { id: string; isCharged: boolean };
	cancel?: { atMs: number; doneAtMs: number };
	/** Fields that a test wants to see in the run, whatever its state; for instance a late review. */
	overrides: Record<string, unknown>;
	/** When the overrides were made, if that is to move `updatedAt`. */
	overriddenAtMs?: number;
}

export interface Phase {
	status: string;
	/** When the run came into this status. */
	sinceMs: number;
	isFinal: boolean;
}

/** Where a run stands at a moment. Nothing moves a run but the clock, its start and a cancel. */
export function phaseAt(run: StoredRun, nowMs: number): Phase {
	const { cancel, startsAtMs, verdict } = run;
	if (cancel) {
		const isDone = nowMs >= cancel.doneAtMs;
		return isDone
			? { status: 'CANCELLED', sinceMs: cancel.doneAtMs, isFinal: true }
			: { status: 'CANCELLING', sinceMs: cancel.atMs, isFinal: false };
	}
	if (startsAtMs === undefined || nowMs < startsAtMs) {
		return { status: 'PENDING', sinceMs: run.createdAtMs, isFinal: false };
	}
	const endsAtMs = endOf(run);
	if (verdict === undefined || endsAtMs === undefined || nowMs < endsAtMs) {
		return { status: 'PROCESSING', sinceMs: startsAtMs, isFinal: false };
	}
	return { status: verdict.status, sinceMs: endsAtMs, isFinal: true };
}

/** When the run ends or ended on its own; undefined while that is open. */
export function endOf({ createdAtMs, dueAtMs, startsAtMs, readyAtMs, verdict }: StoredRun): number | undefined {
	if (startsAtMs === undefined || readyAtMs === undefined || verdict === undefined) return undefined;
	const waitedMs = startsAtMs - dueAtMs; // in the queue, on top of the run's own time
	return Math.max(startsAtMs, readyAtMs, createdAtMs + verdict.runMs + waitedMs);
}

/** The run's `updatedAt`: its last change of status or the last override. */
export function updatedAtMs(run: StoredRun, nowMs: number): number {
	return Math.max(phaseAt(run, nowMs).sinceMs, run.overriddenAtMs ?? 0);
}
