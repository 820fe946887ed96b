import { meet } from '../lib/duel';
import { figuresOf } from '../lib/figures';
import { count, fixed, megabytes, seconds } from '../lib/format';
import { atMost, completeness, emptyRow, hold, rowOf, type ContestPlan } from './contest';
import type { BenchContext, Case, Outcome } from './types';

const MINUTE_MS = 60_000;
const LONG_RUN_MS = 20_000;
/** Requests per second that the node begins with, whatever the limits. */
const FIRST_RATE = 10;
/** n8n's own data about an item, such as where it came from, comes on top of the output. */
const OUTPUT_SHARE = 1.5;
/** With fewer runs their output is little beside what any first execution leaves behind. */
const ENOUGH_RUNS = 5_000;

export interface SpecialOptions {
	executions: number;
	/** Runs that have finished before they are waited for. */
	finished: number;
	/** Numbers of documents that are sent one by one and as a batch. */
	batches: readonly number[];
	/** Documents with the plan's files a minute; 0 to leave these cases out. */
	throughput: number;
}

/** The cases beside the comparison. */
export function specialCases({ executions, finished, batches, throughput }: SpecialOptions): Case[] {
	const excesses = throughput === 0 ? [] : (['queue', 'refuse'] as const);
	return [singleCase(), finishedCase(finished), executionsCase(executions), ...batches.map(batchCase), ...excesses.map((excess) => throughputCase(excess, throughput))];
}

function special(id: string, plan: ContestPlan, expectedMs: number, run: (context: BenchContext) => Promise<Outcome>): Case {
	return { id: `special:${id}`, section: 'special', isHeavy: false, expectedMs, run, failedRow: (reason) => emptyRow(plan, reason) };
}

function singleCase(): Case {
	const plan: ContestPlan = { client: 'node', documents: 1, isLimited: true, runMs: LONG_RUN_MS, boundMs: MINUTE_MS };
	return special('single', plan, LONG_RUN_MS, async (context) => {
		const sdkPlan: ContestPlan = { ...plan, client: 'sdk' };
		const [ours, sdk] = await Promise.all([hold(context, plan), hold(context, sdkPlan)]);
		const subject = '1 document of 20 s';
		const gets = { subject, target: `fewer GETs than the SDK (${fixed(sdk.getsPerDocument, 0)})`, measured: fixed(ours.getsPerDocument, 0) };
		return {
			rows: [rowOf(plan, ours), rowOf(sdkPlan, sdk)],
			checks: [
				{ ...gets, isMet: ours.getsPerDocument < sdk.getsPerDocument },
				atMost(subject, 'lateness', [ours.latenessMs.mean, LONG_RUN_MS / 10], seconds),
			],
		};
	});
}

function executionsCase(documents: number): Case {
	const plan: ContestPlan = { client: 'executions', documents, isLimited: true, boundMs: 5 * MINUTE_MS };
	return special('executions', plan, documents * 100 + MINUTE_MS, async (context) => {
		const figures = await hold(context, plan);
		const subject = `${count(documents)} executions of one document, limits 10/s`;
		const problems = figures.messages.length;
		return {
			rows: [rowOf(plan, figures)],
			checks: [
				...completeness(subject, documents, figures),
				{ subject, target: 'no message of something gone wrong', measured: count(problems), isMet: problems === 0 },
				atMost(subject, 'GETs a document', [figures.getsPerDocument, 4], (value) => fixed(value, 2)),
			],
			notes: figures.messages,
		};
	});
}

/** The same documents with a start each and as a batch, each against a server of its own. */
function batchCase(documents: number): Case {
	const plan: ContestPlan = { client: 'batch', documents, isLimited: true, boundMs: 10 * MINUTE_MS };
	return special(`batch:${documents}`, plan, documents * 200 + MINUTE_MS, async (context) => {
		const singlePlan: ContestPlan = { ...plan, client: 'node' };
		const [batch, single] = await Promise.all([hold(context, plan), hold(context, singlePlan)]);
		const subject = `${count(documents)} documents as a batch, limits 10/s`;
		return {
			rows: [rowOf(plan, batch), rowOf(singlePlan, single)],
			checks: [
				...completeness(subject, documents, batch),
				{ subject, target: `done before single starts (${seconds(single.wallMs, 1)})`, measured: seconds(batch.wallMs, 1), isMet: batch.wallMs < single.wallMs },
			],
			notes: [...batch.messages, ...single.messages],
		};
	});
}

function throughputCase(excess: 'queue' | 'refuse', documents: number): Case {
	const plan: ContestPlan = { client: 'node', documents, isLimited: true, excess, boundMs: 25 * MINUTE_MS };
	return special(`throughput:${excess}`, plan, (documents / 80) * MINUTE_MS + MINUTE_MS, async (context) => {
		const figures = await hold(context, plan);
		const subject = `${count(documents)} documents, 80 files a minute, ${excess === 'queue' ? 'queued' : 'refused'}`;
		return { rows: [rowOf(plan, figures)], checks: completeness(subject, documents, figures), notes: figures.messages };
	});
}

function finishedCase(finishedRuns: number): Case {
	const plan: ContestPlan = { client: 'wait', documents: finishedRuns, isLimited: false, finishedRuns, boundMs: 25 * MINUTE_MS };
	return special('finished', plan, (finishedRuns / FIRST_RATE) * 1_000, async ({ place }) => {
		const { report, log } = await meet({ ...plan, runTimesMs: [], documents: 0 }, place);
		const subject = `${count(finishedRuns)} runs already finished, Wait for Completion`;
		const requests = log.requests - log.lists;
		const { heapBytes = Number.NaN, outputBytes = Number.NaN } = report;
		const figures = { ...figuresOf({ report, log }, finishedRuns), wallShare: Number.NaN, latenessMs: { mean: Number.NaN, p95: Number.NaN } };
		return {
			rows: [rowOf(plan, figures)],
			checks: [
				...completeness(subject, finishedRuns, figures).slice(0, 1),
				atMost(subject, 'requests but lists', [requests, finishedRuns], count),
				...(finishedRuns < ENOUGH_RUNS ? [] : [atMost(subject, `memory kept, ${OUTPUT_SHARE} × the output`, [heapBytes, OUTPUT_SHARE * outputBytes], megabytes)]),
			],
			notes: [`${subject}: ${count(log.lists)} lists, ${megabytes(heapBytes)} kept on the heap, of which the output takes ${megabytes(outputBytes)}`, ...report.messages],
		};
	});
}
