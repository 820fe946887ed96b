import type { ExtendAccess } from '../api/access';
import { asExtendError, isNotFound, stoppedError } from '../api/errors';
import type { Run } from '../api/types';
import type { NodeExecution } from '../n8n/nodeExecution';
import type { WaitOptions } from '../parameters/waiting';
import { runFacts, timeoutError, vanishedError } from '../runs/outcome';
import { cancelRun } from '../waiting/cancelRun';
import type { WatchEnd } from '../waiting/openRun';

/** All cancelling after a stop together may take this long; that of one run after its timeout as well. */
const CANCEL_WITHIN_MS = 10_000;
/** Where many runs meet their timeout, each next one waits this much longer for its turn. */
const CANCEL_TURN_MS = 200;
/** How long it is tried for one run, which Extend refuses to cancel before it has begun. */
export const TRY_TO_CANCEL_MS = 8_000;

/** A run to be waited for. */
export type WaitedRun = (
	/** As Extend has answered it, or a list has shown it under way. */
	| { kind: 'known'; run: Run }
	/** One of which the ID alone is known, or that a list shows as finished, without its result. */
	| { kind: 'toBeRead'; id: string; listed?: Run }
) & {
	/** Moment from which the timeout counts; the beginning of the wait when unset. */
	sinceMs?: number;
	/** Whether it belongs to another execution, which may be waiting for it too: it is never cancelled. */
	isForeign?: boolean;
};

export function idOf(waited: WaitedRun): string {
	return waited.kind === 'known' ? waited.run.id : waited.id;
}

/** The run as far as it is known. */
export function seenOf(waited: WaitedRun): Run | undefined {
	return waited.kind === 'known' ? waited.run : waited.listed;
}

/** The run as it is known; one of which nothing else is known has its ID only. */
export function knownRun(waited: WaitedRun): Run {
	return seenOf(waited) ?? { id: idOf(waited), status: '', json: { id: idOf(waited) } };
}

/** Waits for runs, and does what the options say when that takes too long or the execution is cancelled. */
export class RunWaiter {
	private afterStop: ExtendAccess | undefined;
	private timedOut = 0;

	constructor(readonly execution: NodeExecution) {}

	/**
	 * The run when it is final, or unfinished where the options say so.
	 * @throws ExtendError with the ID of the run when it could not be waited for to the end
	 */
	async waitFor(waited: WaitedRun, options: WaitOptions): Promise<Run> {
		const { watcher, source, context } = this.execution;
		const id = idOf(waited);
		const told = waited.kind === 'known' ? { run: waited.run } : { listed: waited.listed };
		const end = await watcher.watch({ id, ...told, timeoutMs: options.timeoutSeconds * 1_000, countsFromMs: waited.sinceMs, source });
		if (end.kind === 'final') return end.run;
		const seen = end.run ?? seenOf(waited);
		const facts = seen === undefined ? { runId: id } : runFacts(seen);
		if (end.kind === 'unreadable') throw seen !== undefined && isNotFound(end.error) ? vanishedError(seen, end.error) : end.error.withFacts(facts);
		if (end.kind === 'deadline') return await this.endAtDeadline(waited, end, options);
		if (options.cancelsOnStop && waited.isForeign !== true) return await this.cancel(id, this.accessAfterStop(), end.run);
		context.logger.info(`The workflow was stopped. Extend run ${id} continues at Extend`);
		throw stoppedError().withFacts(facts);
	}

	private async endAtDeadline(waited: WaitedRun, end: Extract<WatchEnd, { kind: 'deadline' }>, options: WaitOptions): Promise<Run> {
		const id = idOf(waited);
		if (end.run === undefined) throw asExtendError(end.pause ?? end.lastFault).withFacts({ runId: id });
		if (options.onTimeout === 'return') return end.run;
		// Its time is not over: it is not cancelled for that.
		if (end.pause !== undefined) throw end.pause.withFacts(runFacts(end.run));
		if (options.onTimeout === 'error') throw timeoutError(end.run, options.timeoutSeconds, end.lastFault);
		if (waited.isForeign !== true) return await this.cancel(id, this.accessAfterTimeout(), end.run);
		this.execution.hint(`Run ${id} was not cancelled, because another execution started it`);
		return end.run;
	}

	/** One bound for all runs that are open when the workflow is stopped. */
	accessAfterStop(): ExtendAccess {
		this.afterStop ??= this.execution.extendFor(CANCEL_WITHIN_MS);
		return this.afterStop;
	}

	private accessAfterTimeout(): ExtendAccess {
		return this.execution.extendWithin(CANCEL_WITHIN_MS + CANCEL_TURN_MS * this.timedOut++);
	}

	/** The run of a start that was under way when the workflow was stopped, as it is once it was tried to cancel it. */
	async cancelAfterStop(run: Run): Promise<Run> {
		return await this.cancel(run.id, this.accessAfterStop(), run);
	}

	/** The run as it is once it was tried to cancel it; what could not be cancelled is named in the log. */
	private async cancel(id: string, access: ExtendAccess, lastSeen: Run | undefined): Promise<Run> {
		try {
			const cancellation = await cancelRun(id, access, TRY_TO_CANCEL_MS);
			if (cancellation.kind === 'refused') this.logUncancelled(id, cancellation.error.message);
			return cancellation.kind === 'cancelled' ? await this.readAgain(cancellation.run, access) : cancellation.run;
		} catch (caught) {
			const error = asExtendError(caught).withFacts({ runId: id });
			this.logUncancelled(id, error.facts.code === 'STOPPED' ? 'there was no time left' : error.message);
			if (lastSeen === undefined) throw stoppedError().withFacts({ runId: id });
			return lastSeen;
		}
	}

	/** The run as it is by now; where it cannot be read, as it was. */
	private async readAgain(run: Run, { extend }: ExtendAccess): Promise<Run> {
		try {
			return await extend.getRun(run.id);
		} catch (caught) {
			this.execution.context.logger.info(`Extend run ${run.id} was cancelled and not read again: ${asExtendError(caught).message}`);
			return run;
		}
	}

	private logUncancelled(id: string, reason: string): void {
		this.execution.context.logger.warn(`Extend run ${id} could not be cancelled: ${reason}`);
	}
}
