import { meet, type Contest } from '../lib/duel';
import { figuresOf, type Figures } from '../lib/figures';
import { count, fixed, megabytes, seconds } from '../lib/format';
import type { ClientName } from '../protocol';
import { runTimesMs } from '../workload';
import type { BenchContext, Check } from './types';

export const CONTEST_TITLES = [
	'Documents', 'Limits', 'Client', 'Finished', 'Duplicates', 'Wall', 'Wall ÷ last finish', 'GETs a document', 'Refused', 'Lateness mean', 'p95', 'Ideal reader', 'Peak memory',
];

export const CLIENT_TEXTS: Record<ClientName, string> = {
	node: 'Extend Classify',
	batch: 'Extend Classify, batch',
	executions: 'Extend Classify, an execution each',
	wait: 'Extend Classify, Wait for Completion',
	get: 'Extend Classify, Get',
	httpGet: 'HTTP Request',
	sdk: 'SDK `createAndPoll`',
	loop: 'HTTP Request + Wait + IF',
	sequential: 'one after another',
};

export interface ContestPlan {
	client: ClientName;
	documents: number;
	isLimited: boolean;
	boundMs: number;
	/** What a document takes; as usual when unset. */
	runMs?: number;
	excess?: Contest['excess'];
	finishedRuns?: number;
}

/** Lets a client do its work and gives the figures of it. */
export async function hold({ place, seed }: BenchContext, plan: ContestPlan): Promise<Figures> {
	const { documents, runMs } = plan;
	const times = runMs === undefined ? runTimesMs(documents, seed) : Array.from({ length: documents }, () => runMs);
	return figuresOf(await meet({ ...plan, runTimesMs: times }, place), documents);
}

export function limitsText({ isLimited, excess }: Pick<ContestPlan, 'isLimited' | 'excess'>): string {
	if (excess !== undefined) return excess === 'queue' ? '10/s, 80 files/min queued' : '10/s, 80 files/min refused';
	return isLimited ? '10/s' : 'none';
}

/** The row of the table, for the titles above. */
export function rowOf(plan: ContestPlan, figures: Figures): string[] {
	const { finished, duplicates, wallMs, wallShare, getsPerDocument, refused, latenessMs, idealLatenessMs, peakBytes } = figures;
	return [
		...startOfRow(plan),
		`${count(finished)} of ${count(plan.documents)}`,
		count(duplicates),
		seconds(wallMs, 1),
		fixed(wallShare, 3),
		fixed(getsPerDocument, 2),
		count(refused),
		seconds(latenessMs.mean),
		seconds(latenessMs.p95),
		plan.isLimited ? seconds(idealLatenessMs.mean) : '–',
		megabytes(peakBytes),
	];
}

export function startOfRow(plan: ContestPlan): string[] {
	return [count(plan.documents), limitsText(plan), CLIENT_TEXTS[plan.client]];
}

/** A row for what was not done, with the reason. */
export function emptyRow(plan: ContestPlan, reason: string): string[] {
	return [...startOfRow(plan), reason, ...Array.from({ length: CONTEST_TITLES.length - 4 }, () => '–')];
}

/** The check of a figure that must not exceed a limit. */
export function atMost(subject: string, what: string, [value, limit]: readonly [number, number], format: (value: number) => string): Check {
	return { subject, target: `${what} ≤ ${format(limit)}`, measured: format(value), isMet: value <= limit };
}

/** The checks that hold wherever documents are classified. */
export function completeness(subject: string, documents: number, { finished, duplicates }: Figures): Check[] {
	return [
		{ subject, target: `${count(documents)} of ${count(documents)}`, measured: count(finished), isMet: finished === documents },
		{ subject, target: 'no duplicate', measured: count(duplicates), isMet: duplicates === 0 },
	];
}
