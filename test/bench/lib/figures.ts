import type { RunLog } from '../protocol';
import type { Encounter } from './duel';

/** What the table shows of one client's work on some documents. */
export interface Figures {
	finished: number;
	/** Runs over one for each document. */
	duplicates: number;
	wallMs: number;
	/** Wall time ÷ the time at which the server finished the last run. */
	wallShare: number;
	/** From the client's start to the creation of the last run. */
	startedWithinMs: number;
	getsPerDocument: number;
	refused: number;
	latenessMs: Spread;
	idealLatenessMs: Spread;
	peakBytes: number;
	messages: string[];
}

export interface Spread {
	mean: number;
	p95: number;
}

/** The plan's reads per second. @see https://docs.extend.ai/2026-02-09/general/rate-limits */
const READS_PER_WINDOW = 10;
const WINDOW_MS = 1_000;

/** Mean and 95th percentile (the nearest value); NaN for no values. */
export function spreadOf(values: readonly number[]): Spread {
	const sorted = [...values].sort((one, other) => one - other);
	const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
	return { mean, p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN };
}

/** Lateness of a reader who is told of each finish at once, and has the plan's reads per second like everybody. */
export function idealLatenessMs(finishedMs: readonly number[]): number[] {
	const reads: number[] = [];
	return [...finishedMs]
		.sort((one, other) => one - other)
		.map((atMs, index) => {
			const freeMs = (reads[index - READS_PER_WINDOW] ?? Number.NEGATIVE_INFINITY) + WINDOW_MS;
			const readMs = Math.max(atMs, freeMs);
			reads.push(readMs);
			return readMs - atMs;
		});
}

export function figuresOf({ report, log }: Encounter, documents: number): Figures {
	const { startMs, endMs, finished, peakBytes, messages } = report;
	const found = log.runs.filter((run): run is RunLog & { finishedMs: number; foundMs: number } => run.foundMs !== undefined && run.finishedMs !== undefined);
	const finishes = log.runs.flatMap(({ finishedMs }) => finishedMs ?? []);
	const lastMs = Math.max(...finishes);
	const distinct = new Set(log.runs.map(({ document }) => document)).size;
	return {
		finished,
		duplicates: log.runs.length - distinct,
		wallMs: endMs - startMs,
		wallShare: finished < documents ? Number.NaN : (endMs - startMs) / (lastMs - startMs),
		startedWithinMs: Math.max(...log.runs.map(({ createdMs }) => createdMs)) - startMs,
		getsPerDocument: log.gets / documents,
		refused: log.refused,
		latenessMs: spreadOf(found.map(({ finishedMs, foundMs }) => foundMs - finishedMs)),
		idealLatenessMs: spreadOf(idealLatenessMs(finishes)),
		peakBytes,
		messages,
	};
}
