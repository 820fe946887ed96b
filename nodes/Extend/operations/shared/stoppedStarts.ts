import type { NodeExecution } from '../../n8n/nodeExecution';
import type { Outcome } from '../../n8n/items';
import { paidIn } from '../../n8n/items';
import { readWaitOptions } from '../../parameters/waiting';
import type { FoundRun } from '../../starting/finder';
import { RunFinder } from '../../starting/finder';
import type { StartPlan } from '../../starting/plan';
import { classifierIdOf } from '../../starting/plan';
import { stoppedWhileStarting } from '../../starting/unconfirmed';
import type { RunWaiter } from './waitForRun';

/** A start under way when the workflow was stopped, which Extend may carry out all the same. */
export interface LeftStart {
	itemIndex: number;
	plan: StartPlan;
	/** IDs of runs that carry its token from before. */
	known: ReadonlySet<string>;
}

/** Takes leave of what a stopped workflow has started: n8n shows nobody the items of its last node. */
export class StoppedStarts {
	private finder: RunFinder | undefined;

	/** @param waiter of operations that wait; they can be told to cancel at Extend */
	constructor(
		private readonly run: NodeExecution,
		private readonly waiter?: RunWaiter,
	) {}

	/**
	 * Looks for the runs of starts that nobody knows the outcome of and cancels them, where the options say so; n8n's log
	 * names the others.
	 * @param starts all of one classifier
	 */
	async leave(starts: readonly LeftStart[]): Promise<void> {
		const found = this.waiter === undefined ? new Map<string, FoundRun>() : await this.cancel(starts, this.waiter);
		const left = starts.map(({ plan }) => plan.token).filter((token) => !found.has(token));
		if (left.length === 0) return;
		const { message, advice } = stoppedWhileStarting(left);
		this.run.context.logger.warn(`${message}. ${advice}`);
	}

	/** Names in n8n's log what exists. */
	logUnseen(outcomes: Outcome[]): void {
		if (!this.run.clock.isCancelled()) return;
		const { runIds, batchIds } = paidIn(outcomes);
		const named = [...batchIds.map((id) => `batch ${id}`), ...runIds];
		if (named.length > 0) this.run.context.logger.info(`The workflow was stopped, and its items are lost. At Extend there are: ${named.join(', ')}`);
	}

	private async cancel(starts: readonly LeftStart[], waiter: RunWaiter): Promise<Map<string, FoundRun>> {
		const wanted = starts.filter(({ itemIndex }) => readWaitOptions(this.run.read(itemIndex)).cancelsOnStop);
		const [first] = wanted;
		if (first === undefined) return new Map();
		const tokens = new Set(wanted.map(({ plan }) => plan.token));
		const known = new Set(wanted.flatMap((start) => [...start.known]));
		const found = await this.finderAfterStop(waiter).findAllFresh(tokens, classifierIdOf(first.plan.target), known);
		await Promise.all([...found.values()].map(async (run) => await this.cancelRun(run, waiter)));
		return found;
	}

	private async cancelRun({ id, status, json }: FoundRun, waiter: RunWaiter): Promise<void> {
		const { logger } = this.run.context;
		const now = await waiter.cancelAfterStop({ id, status, json });
		logger.info(`The workflow was stopped while Extend run ${id} was being started; it is ${now.status}`);
	}

	/** Shared, so that many starts are looked for with one listing. */
	private finderAfterStop(waiter: RunWaiter): RunFinder {
		const { extend, clock } = waiter.clientAfterStop();
		this.finder ??= new RunFinder({ listRuns: async (...query) => await extend.listRuns(...query), clock });
		return this.finder;
	}
}
