import { adviceForRun } from '../api/advice';
import { asExtendError, isNotFound } from '../api/errors';
import { stringAt } from '../api/json';
import type { Run } from '../api/types';
import { vanishedError } from '../runs/outcome';
import { hasFailed } from '../runs/status';
import type { BatchPlan, StartPlan } from './plan';
import type { FoundRun } from './foundRun';
import type { RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { readMade } from './startContext';
import { classifierIdOf, isSharedByExecutions } from './startKey';
import { MAX_UNKNOWN_STARTS } from './unknownOutcome';

/** What earlier tries and other executions have left of a document. */
export type Earlier =
	/**
	 * A run that stands for a new one. `isOwn`: started by this execution, or one that this one goes on with.
	 * `isListed`: as a list shows it, without its result.
	 */
	| { kind: 'run'; run: Run; isOwn: boolean; isListed: boolean }
	/** A batch that Extend took; its list may not show the run yet. */
	| { kind: 'batch'; batchId: string }
	/** A start with an unknown outcome, of which the list does not show the run yet: it must not be sent again. */
	| { kind: 'unknownOutcome' }
	/** Nothing that can be used; `known` are IDs of runs that carry the start key, and have failed. */
	| { kind: 'none'; known: ReadonlySet<string> };

const NOTHING: Earlier = { kind: 'none', known: new Set() };

/** Looks for runs that exist already: in what this execution remembers, else in one pass through the list for each classifier. */
export class EarlierRuns {
	private readonly days = new Map<string | undefined, ReturnType<RunFinder['listDay']>>();
	private readonly batches = new Map<string, Promise<FoundRun[]>>();

	constructor(
		private readonly context: StartContext,
		private readonly finder: Pick<RunFinder, 'listDay' | 'listBatch'>,
	) {}

	/** @throws ExtendError when it cannot be told, so that nothing must be started */
	async find(plan: StartPlan): Promise<Earlier> {
		const { unknownStarts = 0 } = this.context.memory.of(plan.startKey);
		return await this.findOf(plan, unknownStarts < MAX_UNKNOWN_STARTS);
	}

	/** Likewise for a document of a batch, whose request is not sent again while its outcome is unknown. */
	async findForBatch(plan: BatchPlan): Promise<Earlier> {
		return await this.findOf(plan, false);
	}

	/** Whether a look had to end before it had gone 24 hours back. */
	async wasCutShort(): Promise<boolean> {
		const listings = await Promise.allSettled(this.days.values());
		return listings.some((listing) => listing.status === 'fulfilled' && listing.value.isCutShort);
	}

	/** Whether the batch, which Extend has taken, stands for a document of it. */
	async findInBatch(batchId: string, startKey: string): Promise<Extract<Earlier, { kind: 'batch' | 'none' }>> {
		const listed = this.batches.get(batchId) ?? this.finder.listBatch(batchId);
		this.batches.set(batchId, listed);
		const remembered = this.context.memory.of(startKey);
		const isOwn = remembered.batchId === batchId;
		const runs = (await listed).filter((run) => run.startKey === startKey);
		const canAnyStand = runs.length === 0 || runs.some((run) => (isOwn ? this.canStand(run) : !hasFailed(run)));
		return canAnyStand ? { kind: 'batch', batchId } : { kind: 'none', known: new Set([...(remembered.runIds ?? []), ...idsOf(runs)]) };
	}

	private async findOf(plan: StartPlan, canBeSentAgain: boolean): Promise<Earlier> {
		const { batchId, runIds, knownBefore } = this.context.memory.of(plan.startKey);
		if (batchId !== undefined) return await this.findInBatch(batchId, plan.startKey);
		if (runIds !== undefined) return await this.findRemembered(runIds);
		if (knownBefore !== undefined) return await this.findAfterUnknownOutcome(plan, knownBefore, canBeSentAgain);
		return plan.looksFirst ? await this.findListed(plan) : NOTHING;
	}

	/** A list that leaves something out does not tell that nothing was made; nor does one just after the start. */
	private async findAfterUnknownOutcome(plan: StartPlan, knownBefore: readonly string[], canBeSentAgain: boolean): Promise<Earlier> {
		const earlier = await this.findListed(plan);
		if (earlier.kind !== 'none') return earlier;
		const known = new Set([...knownBefore, ...earlier.known]);
		const hasEnded = known.size > knownBefore.length;
		const { isConclusive } = await this.listDay(plan);
		const isSure = isConclusive || this.context.memory.isNewExecution;
		return hasEnded || (canBeSentAgain && isSure) ? { kind: 'none', known } : { kind: 'unknownOutcome' };
	}

	/** The list of all runs may not show yet what this very execution has started. */
	private async findRemembered(runIds: readonly string[]): Promise<Earlier> {
		const id = runIds.at(-1) ?? '';
		const run = await readMade(id, this.context).catch((caught: unknown) => {
			const error = asExtendError(caught);
			throw isNotFound(error) ? vanishedError({ id, status: '', json: {} }, error) : error;
		});
		return this.canStand(run) ? { kind: 'run', run, isOwn: true, isListed: false } : { kind: 'none', known: new Set(runIds) };
	}

	private async findListed(plan: StartPlan): Promise<Earlier> {
		const runs = (await this.listDay(plan)).runs.filter((run) => run.startKey === plan.startKey);
		const isOwn = !isSharedByExecutions(plan.startKey);
		for (const listed of runs.filter((one) => !hasFailed(one))) {
			if (listed.status === 'PROCESSED') return { kind: 'run', run: listed, isOwn, isListed: true };
			// It may have failed since it was listed.
			const run = await readMade(listed.id, this.context);
			if (!hasFailed(run)) return { kind: 'run', run, isOwn, isListed: false };
		}
		return { kind: 'none', known: idsOf(runs) };
	}

	/** One pass through the list for each classifier. */
	private async listDay({ target }: StartPlan): ReturnType<RunFinder['listDay']> {
		const classifierId = classifierIdOf(target);
		const listed = this.days.get(classifierId) ?? this.finder.listDay(classifierId);
		this.days.set(classifierId, listed);
		return await listed;
	}

	/** One that failed is started anew, but not in the same execution for a reason that nobody has changed meanwhile. */
	private canStand({ status, json }: Pick<Run, 'status' | 'json'>): boolean {
		if (!hasFailed({ status })) return true;
		return !this.context.memory.isNewExecution && !adviceForRun(status, stringAt(json, 'failureReason')).retryable;
	}
}

function idsOf(runs: readonly FoundRun[]): ReadonlySet<string> {
	return new Set(runs.map(({ id }) => id));
}
