import { adviceForRun } from '../api/advice';
import { asExtendError } from '../api/errors';
import { stringAt } from '../api/json';
import type { Run } from '../api/types';
import { vanishedError } from '../runs/outcome';
import { hasFailed } from '../runs/status';
import type { BatchPlan, StartPlan } from './plan';
import type { FoundRun } from './runFinder';
import { findUsable, RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { classifierIdOf } from './startKey';

/** What earlier tries and other executions have left of a document. */
export type Earlier =
	/**
	 * A run that stands for a new one. `isOwn`: started by this execution, or one that this one goes on with.
	 * `isListed`: as a list shows it, without its result.
	 */
	| { kind: 'run'; run: Run; isOwn: boolean; isListed: boolean }
	/** A batch that Extend took; its list may not show the run yet. */
	| { kind: 'batch'; batchId: string }
	/** A batch request with an unknown outcome, of which the list does not show the run yet: it must not be sent again. */
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
		const { memory } = this.context;
		const { batchId, runIds } = memory.of(plan.startKey);
		if (batchId !== undefined) return await this.findInBatch(batchId, plan.startKey);
		if (runIds !== undefined) return await this.findRemembered(runIds);
		return plan.looksFirst ? await this.findListed(plan) : NOTHING;
	}

	/** Likewise for a document of a batch, whose request is not sent again while its outcome is unknown. */
	async findForBatch(plan: BatchPlan): Promise<Earlier> {
		const { knownBefore } = this.context.memory.of(plan.startKey);
		if (knownBefore === undefined) return await this.find(plan);
		const earlier = await this.findListed(plan);
		const isStillOpen = earlier.kind === 'none' && [...earlier.known].every((id) => knownBefore.includes(id));
		return isStillOpen ? { kind: 'unknownOutcome' } : earlier;
	}

	/** Whether a look had to end before it had gone 24 hours back. */
	async wasCutShort(): Promise<boolean> {
		const listings = await Promise.allSettled(this.days.values());
		return listings.some((listing) => listing.status === 'fulfilled' && listing.value.isCutShort);
	}

	/** The list of all runs may not show yet what this very execution has started. */
	private async findRemembered(runIds: readonly string[]): Promise<Earlier> {
		const id = runIds.at(-1) ?? '';
		const run = await this.context.extend.getRun(id).catch((caught: unknown) => {
			const error = asExtendError(caught);
			throw error.facts.status === 404 ? vanishedError({ id, status: '', json: {} }, error) : error;
		});
		return this.canStand(run) ? { kind: 'run', run, isOwn: true, isListed: false } : { kind: 'none', known: new Set(runIds) };
	}

	/** Whether the batch, which Extend has taken, stands for a document of it. */
	async findInBatch(batchId: string, startKey: string): Promise<Earlier> {
		const listed = this.batches.get(batchId) ?? this.finder.listBatch(batchId);
		this.batches.set(batchId, listed);
		const runs = (await listed).filter((run) => run.startKey === startKey);
		const canAnyStand = runs.length === 0 || runs.some((run) => this.canStand(run));
		return canAnyStand ? { kind: 'batch', batchId } : { kind: 'none', known: idsOf(runs) };
	}

	private async findListed({ startKey, target }: StartPlan): Promise<Earlier> {
		const classifierId = classifierIdOf(target);
		const listed = this.days.get(classifierId) ?? this.finder.listDay(classifierId);
		this.days.set(classifierId, listed);
		const runs = (await listed).runs.filter((run) => run.startKey === startKey);
		const usable = findUsable(runs, startKey);
		if (usable?.status === 'PROCESSED') return { kind: 'run', run: usable, isOwn: false, isListed: true };
		// It may have failed since it was listed.
		const run = usable === undefined ? undefined : await this.context.extend.getRun(usable.id);
		return run === undefined || hasFailed(run) ? { kind: 'none', known: idsOf(runs) } : { kind: 'run', run, isOwn: false, isListed: false };
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
