import type { ExtendClient } from '../api/client';
import type { Clock } from '../api/clock';
import { asExtendError } from '../api/errors';
import type { ExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { numberAt, stringAt } from '../api/json';
import { LARGEST_PAGE, pagesOf } from '../api/pagination';
import type { BatchRun } from '../api/types';
import { isBatchOver, isFinal } from '../runs/status';
import { Failures } from './failures';
import { putOffMs } from './queueTime';

/** How long a list may lag: a batch that is over shows all its runs by then. */
const LIST_LAG_MS = 15_000;
/** How long past the deadline a poll under way is still waited for, and one that waits for its turn. */
const GRACE_MS = 5_000;
const STALL_MS = 120_000;

export interface BatchPorts {
	/** Asks once, without repeating a failed request; tells when a request goes out. */
	extend: { once: (onSent: () => void) => Pick<ExtendClient, 'listRuns' | 'getBatch'> };
	clock: Clock;
}

/** Why no more runs of a batch are looked for. */
export type BatchListEnd =
	| { kind: 'complete' }
	/** The batch is over, and some runs are not in the list: they were deleted, or the workspace keeps none. */
	| { kind: 'over' }
	| { kind: 'deadline'; lastFault?: ExtendError }
	| { kind: 'stopped' }
	/** An answer that no later poll can change, or that asks to wait beyond the deadline. */
	| { kind: 'unreadable'; error: ExtendError };

export interface BatchWait {
	/** Moment, in ms, from which the timeout counts. It counts anew with each run that shows or finishes, for a day at most. */
	sinceMs: number;
	timeoutMs: number;
	/**
	 * Gets runs as soon as a list shows them, oldest first.
	 * @param countsFromMs moment from which their timeout counts
	 */
	take: (runs: JsonObject[], countsFromMs: number) => void;
}

/** Hands over the runs of a batch, which no other answer names, as a list shows them. */
export async function findBatchRuns(batch: BatchRun, wait: BatchWait, ports: BatchPorts): Promise<BatchListEnd> {
	const { clock } = ports;
	const search = new BatchSearch(batch, wait, ports);
	const begunMs = clock.nowMs();
	for (;;) {
		const end = await search.pollInTime();
		if (end !== undefined) return end;
		if (clock.isCancelled()) return { kind: 'stopped' };
		const nowMs = clock.nowMs();
		if (nowMs >= search.deadlineMs) return { kind: 'deadline', lastFault: search.failures.last };
		const pause = search.failures.pauseBeyond(search.deadlineMs, nowMs);
		if (pause !== undefined) return { kind: 'unreadable', error: pause };
		const plannedMs = search.failures.nextPollInMs(nowMs - begunMs, clock.random());
		await clock.pause(Math.min(plannedMs, search.deadlineMs - nowMs));
	}
}

class BatchSearch {
	readonly failures = new Failures();
	deadlineMs: number;
	/** From when the timeout of runs counts that show now: those that show later have waited in Extend's queue until then. */
	private countsFromMs: number;
	private readonly seen = new Set<string>();
	private readonly finished = new Set<string>();
	private overSinceMs: number | undefined;
	/** Whether a poll was given up: what it may still find is not handed over. */
	private isOver = false;
	private giveUpMs = Number.POSITIVE_INFINITY;
	private wake = new AbortController();
	private readonly extend: Pick<ExtendClient, 'listRuns' | 'getBatch'>;

	constructor(
		private readonly batch: BatchRun,
		private readonly wait: BatchWait,
		private readonly ports: BatchPorts,
	) {
		this.countsFromMs = wait.sinceMs;
		this.deadlineMs = wait.sinceMs + wait.timeoutMs;
		this.extend = ports.extend.once(() => {
			this.giveUpMs = Math.max(this.deadlineMs, ports.clock.nowMs()) + GRACE_MS;
			this.wake.abort();
		});
	}

	/** The end, if it has come with this poll, which is given up some time after the deadline: a page may hang. */
	async pollInTime(): Promise<BatchListEnd | undefined> {
		const { clock } = this.ports;
		let polled: { end: BatchListEnd | undefined } | undefined;
		this.giveUpMs = Math.max(this.deadlineMs, clock.nowMs()) + STALL_MS;
		const polling = this.poll().then((end) => {
			polled = { end };
			this.wake.abort();
		});
		while (polled === undefined && clock.nowMs() < this.giveUpMs && !clock.isCancelled()) {
			this.wake = new AbortController();
			await Promise.race([polling, clock.pause(this.giveUpMs - clock.nowMs(), this.wake.signal)]);
		}
		this.isOver = polled === undefined;
		return polled?.end;
	}

	/** The end, if it has come. A poll that does not succeed ends nothing. */
	private async poll(): Promise<BatchListEnd | undefined> {
		try {
			await this.list();
			if (this.areAllSeen()) return { kind: 'complete' };
			const nowMs = this.ports.clock.nowMs();
			if (this.overSinceMs === undefined && isBatchOver(await this.extend.getBatch(this.batch.id))) this.overSinceMs = nowMs;
			this.failures.clear();
			return this.overSinceMs !== undefined && nowMs - this.overSinceMs >= LIST_LAG_MS ? { kind: 'over' } : undefined;
		} catch (caught) {
			const error = asExtendError(caught);
			this.failures.note(error);
			return this.failures.arePermanent({ wasSeen: true }) ? { kind: 'unreadable', error } : undefined;
		}
	}

	/** A batch holds one run at least: a count of 0 says as little as none. */
	private areAllSeen(): boolean {
		const count = numberAt(this.batch.json, 'runCount') ?? 0;
		return count > 0 && this.seen.size >= count;
	}

	private async list(): Promise<void> {
		const query = { batchId: this.batch.id, sortBy: 'createdAt', sortDir: 'asc' };
		if (this.seen.size > 0) this.countsFromMs = this.ports.clock.nowMs();
		for await (const runs of pagesOf(async (token) => await this.extend.listRuns(query, LARGEST_PAGE, token))) {
			if (this.isOver) return;
			const isMoving = runs.filter((run) => this.hasMoved(run)).length > 0;
			this.wait.take(runs.filter((run) => this.isNew(run)), this.countsFromMs);
			if (isMoving) this.deadlineMs = putOffMs({ ...this.wait, deadlineMs: this.deadlineMs }, this.countsFromMs);
			if (this.ports.clock.nowMs() >= this.deadlineMs) return; // a list may never come to its end
		}
	}

	/** Whether the run has shown or finished since the last poll. */
	private hasMoved(run: JsonObject): boolean {
		const id = stringAt(run, 'id') ?? '';
		const hasFinished = isFinal({ status: stringAt(run, 'status') ?? 'PENDING' }) && !this.finished.has(id);
		if (hasFinished) this.finished.add(id);
		return hasFinished || !this.seen.has(id);
	}

	private isNew(run: JsonObject): boolean {
		const id = stringAt(run, 'id');
		if (id === undefined || this.seen.has(id)) return false;
		this.seen.add(id);
		return true;
	}
}
