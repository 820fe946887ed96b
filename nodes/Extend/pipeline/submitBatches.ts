import type { JsonObject } from '../api/json';
import { stringAt } from '../api/json';
import type { Run, SavedTarget } from '../api/types';
import { isFinal } from '../runs/status';
import { asTheyCome } from '../starting/asTheyCome';
import type { Match } from '../starting/batchMatcher';
import { BatchMatcher } from '../starting/batchMatcher';
import type { Placement } from '../starting/batchPlacement';
import { BatchStarter } from '../starting/batchStarter';
import type { StartContext } from '../starting/startContext';
import { listBatch } from './listBatch';
import type { PlannedDocument } from './plannedDocument';
import type { RunWaiter, WaitedRun } from './runWaiter';
import type { Submission, Submitted } from './submission';

/** A document of an item that goes into a batch. */
export type BatchedDocument = PlannedDocument<SavedTarget>;

/** Submits documents in as few batches as Extend takes; their runs come back when Extend's list shows them. */
export class BatchedRuns implements Submission<SavedTarget> {
	private readonly starter: BatchStarter<BatchedDocument>;

	constructor(
		context: StartContext,
		private readonly waiter: RunWaiter,
	) {
		this.starter = new BatchStarter(context);
	}

	submit(documents: readonly BatchedDocument[]): AsyncGenerator<Submitted> {
		return asTheyCome(async (emit) => {
			const placed: Array<Promise<void>> = [];
			for await (const placement of this.starter.start(documents)) placed.push(this.submitPlaced(placement, emit));
			await Promise.all(placed);
		});
	}

	async wasLookCutShort(): Promise<boolean> {
		return await this.starter.wasLookCutShort();
	}

	private async submitPlaced(placement: Placement<BatchedDocument>, emit: (submitted: Submitted) => void): Promise<void> {
		if (placement.kind === 'failed') return emit(placement);
		if (placement.kind === 'batch') {
			for await (const submitted of this.runsOf(placement)) emit(submitted);
			return;
		}
		const isReused = placement.kind === 'reused';
		const sinceMs = this.waiter.execution.clock.nowMs();
		for (const { document, run, ...reused } of placement.runs) {
			const isForeign = 'isOwn' in reused && !reused.isOwn;
			emit({ kind: 'run', document, run: { ...asWaited(run.json, sinceMs), isForeign }, isReused, wasSentAgain: false });
		}
	}

	/** The runs of a batch, each as soon as it is known whose it is. */
	private async *runsOf({ batch, documents, isReused, isOwn }: Extract<Placement<BatchedDocument>, { kind: 'batch' }>): AsyncGenerator<Submitted> {
		const { execution } = this.waiter;
		const sinceMs = execution.clock.nowMs();
		const settings = documents.map((document) => document.settings.wait);
		const timeoutSeconds = Math.max(...settings.map((each) => each.timeoutSeconds));
		const cancelsOnStop = isOwn && settings.some((each) => each.cancelsOnStop);
		const matcher = new BatchMatcher(batch, documents);
		const submitted = (match: Match<BatchedDocument>, countsFromMs = sinceMs): Submitted => {
			if (match.kind === 'failed') return match;
			return { kind: 'run', document: match.document, run: { ...asWaited(match.listed, countsFromMs), isForeign: !isOwn }, isReused, wasSentAgain: false };
		};
		const list = listBatch(this.waiter, batch, { sinceMs, timeoutSeconds, cancelsOnStop });
		let listed = await list.next();
		for (; listed.done !== true; listed = await list.next()) {
			const { runs, countsFromMs } = listed.value;
			yield* matcher.match(runs).map((match) => submitted(match, countsFromMs));
		}
		const end = listed.value;
		if (end.kind === 'complete' || end.kind === 'over') {
			const matches = await matcher.matchUnlisted(execution.extend, (message) => execution.context.logger.warn(message));
			yield* matches.map((match) => submitted(match));
		}
		if (end.kind === 'stopped' && cancelsOnStop) await Promise.all(matcher.runsOfMissing().map(async (run) => await this.waiter.cancelAfterStop(run)));
		yield* matcher.matchNone(end, timeoutSeconds).map((match) => submitted(match));
	}
}

/** A run as a list shows it, to be waited for. A finished one is still to be read, since lists hold no result. */
export function asWaited(listed: JsonObject, sinceMs: number): WaitedRun {
	const id = stringAt(listed, 'id') ?? '';
	const status = stringAt(listed, 'status');
	if (status === undefined) return { kind: 'toBeRead', id, sinceMs };
	const run: Run = { id, status, json: listed };
	return isFinal(run) ? { kind: 'toBeRead', id, listed: run, sinceMs } : { kind: 'known', run, sinceMs };
}
