import { asExtendError, stoppedError } from '../../api/errors';
import type { Run } from '../../api/types';
import type { NodeExecution } from '../../n8n/nodeExecution';
import type { WaitOptions } from '../../parameters/waiting';
import { runFacts, timeoutError, vanishedError } from '../../runs/outcome';
import type { RunToWatch, WatchEnd } from '../../waiting/openRun';
import { cancelRun } from './cancelling';

/** All cancelling after a stop together may take this long; that of one run after its timeout as well. */
const CANCEL_WITHIN_MS = 10_000;
/** Where many runs meet their timeout, each next one waits this much longer for its turn. */
const CANCEL_TURN_MS = 200;
/** How long it is tried for one run, which Extend refuses to cancel before it has begun. */
export const TRY_TO_CANCEL_MS = 8_000;

/** What cancelling needs. */
export type Client = ReturnType<NodeExecution['extendFor']>;

export interface WaitedRun extends Pick<RunToWatch, 'id' | 'run' | 'listed'> {
	/** Moment from which the timeout counts; the beginning of the wait when unset. */
	sinceMs?: number;
}

/** Waits for the runs of a node run, and does what the options say when that takes too long or is stopped. */
export class RunWaiter {
	private afterStop: Client | undefined;
	private timedOut = 0;

	constructor(readonly run: NodeExecution) {}

	/**
	 * The run when it is final, or unfinished where the options say so.
	 * @throws ExtendError with the ID of the run when it could not be waited for to the end
	 */
	async waitFor({ id, run, listed, sinceMs }: WaitedRun, options: WaitOptions): Promise<Run> {
		const { watcher, source } = this.run;
		const timeoutMs = options.timeoutSeconds * 1_000;
		const end = await watcher.watch({ id, run, listed, timeoutMs, countsFromMs: sinceMs, source });
		if (end.kind === 'final') return end.run;
		const seen = end.run ?? listed;
		const facts = seen === undefined ? { runId: id } : runFacts(seen);
		if (end.kind === 'unreadable') throw seen !== undefined && end.error.facts.status === 404 ? vanishedError(seen, end.error) : end.error.withFacts(facts);
		if (end.kind === 'deadline') return await this.endAtDeadline(id, end, options);
		if (options.cancelsOnStop) return await this.cancel(id, this.clientAfterStop(), end.run);
		this.run.context.logger.info(`The workflow was stopped; Extend run ${id} goes on`);
		throw stoppedError().withFacts(facts);
	}

	private async endAtDeadline(id: string, end: Extract<WatchEnd, { kind: 'deadline' }>, options: WaitOptions): Promise<Run> {
		if (end.run === undefined) throw asExtendError(end.lastFault).withFacts({ runId: id });
		if (options.onTimeout === 'return') return end.run;
		if (options.onTimeout === 'cancel') return await this.cancel(id, this.clientAfterTimeout(), end.run);
		throw timeoutError(end.run, options.timeoutSeconds, end.lastFault);
	}

	/** One bound for all runs that are open when the workflow is stopped. */
	clientAfterStop(): Client {
		this.afterStop ??= this.run.extendFor(CANCEL_WITHIN_MS);
		return this.afterStop;
	}

	private clientAfterTimeout(): Client {
		return this.run.extendWithin(CANCEL_WITHIN_MS + CANCEL_TURN_MS * this.timedOut++);
	}

	/** The run of a start that was under way when the workflow was stopped, as it is once it was tried to cancel it. */
	async cancelAfterStop(run: Run): Promise<Run> {
		return await this.cancel(run.id, this.clientAfterStop(), run);
	}

	/** The run as it is once it was tried to cancel it; what could not be cancelled is named in the log. */
	private async cancel(id: string, client: Client, lastSeen: Run | undefined): Promise<Run> {
		try {
			const cancellation = await cancelRun(id, client, TRY_TO_CANCEL_MS);
			if (cancellation.kind === 'refused') this.logUncancelled(id, cancellation.error.message);
			return cancellation.kind === 'cancelled' ? await this.readAgain(cancellation.run, client) : cancellation.run;
		} catch (caught) {
			const error = asExtendError(caught).withFacts({ runId: id });
			this.logUncancelled(id, error.facts.code === 'STOPPED' ? 'there was no time left' : error.message);
			if (lastSeen === undefined) throw stoppedError().withFacts({ runId: id });
			return lastSeen;
		}
	}

	/** The run as it is by now; where it cannot be read, as it was. */
	private async readAgain(run: Run, { extend }: Client): Promise<Run> {
		try {
			return await extend.getRun(run.id);
		} catch (caught) {
			this.run.context.logger.info(`Extend run ${run.id} was cancelled and not read again: ${asExtendError(caught).message}`);
			return run;
		}
	}

	private logUncancelled(id: string, reason: string): void {
		this.run.context.logger.warn(`Extend run ${id} could not be cancelled: ${reason}`);
	}
}
