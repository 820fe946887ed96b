import type { NodeExecution } from '../n8n/nodeExecution';
import type { Outcome } from '../n8n/items';
import { paidIn } from '../n8n/items';
import { RunFinder } from '../starting/runFinder';
import { classifierIdOf } from '../starting/startKey';
import type { CancelledStart } from '../starting/unknownOutcome';
import { cancelledWhileStarting } from '../starting/unknownOutcome';
import type { PlannedDocument } from './plannedDocument';
import type { RunWaiter } from './runWaiter';

/** Sees to what a cancelled execution has started: n8n shows nobody the items of its last node. */
export class AfterCancel {
	private finder: RunFinder | undefined;
	/** Start keys of which nobody knows whether runs carry them. */
	private readonly unknownOutcomes: string[] = [];

	/** @param waiter of operations that wait; they can be told to cancel at Extend */
	constructor(
		private readonly execution: NodeExecution,
		private readonly waiter?: RunWaiter,
	) {}

	/**
	 * Looks for the run of a start with an unknown outcome and cancels it, where the options say so; else n8n's log names
	 * the start in the end.
	 */
	async settle(document: PlannedDocument, start: CancelledStart): Promise<void> {
		const isCancelled = this.waiter !== undefined && document.settings.wait.cancelsOnStop && (await this.cancel(document, start, this.waiter));
		if (!isCancelled) this.unknownOutcomes.push(document.plan.startKey);
	}

	/** Names in n8n's log what exists, and what may exist. */
	logUnseen(outcomes: Outcome[]): void {
		if (!this.execution.clock.isCancelled()) return;
		if (this.unknownOutcomes.length > 0) {
			const { message, advice } = cancelledWhileStarting(this.unknownOutcomes);
			this.execution.context.logger.warn(`${message}. ${advice}`);
		}
		const { runIds, batchIds } = paidIn(outcomes);
		const named = [...batchIds.map((id) => `batch ${id}`), ...runIds];
		if (named.length === 0) return;
		this.execution.context.logger.info(`The workflow was stopped, and n8n keeps no items of it. At Extend there are: ${named.join(', ')}`);
	}

	private async cancel({ plan }: PlannedDocument, { known }: CancelledStart, waiter: RunWaiter): Promise<boolean> {
		// Shared, so that many starts are looked for with one listing.
		this.finder ??= new RunFinder(waiter.accessAfterStop());
		const { runs } = await this.finder.findMade(new Set([plan.startKey]), classifierIdOf(plan.target), known);
		const found = runs.get(plan.startKey);
		if (found === undefined) return false;
		const now = await waiter.cancelAfterStop(found);
		this.execution.context.logger.info(`The workflow was stopped while Extend run ${now.id} was being started. It is ${now.status}`);
		return true;
	}
}
