import type { Clock } from '../api/clock';
import { asExtendError, isLikelyPermanent } from '../api/errors';
import type { ExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { numberAt, stringAt } from '../api/json';
import { LARGEST_PAGE, pagesOf } from '../api/pagination';
import type { BatchRun } from '../api/types';
import { isBatchOver } from '../runs/status';
import { nextLookInMs, nextTryInMs } from './schedule';
import type { ListRuns } from './sweep';
import { isHopeless } from './openRun';

/** How long a list may lag: a batch that is over shows all its runs by then. */
const LIST_LAG_MS = 15_000;

export interface BatchPorts {
	list: ListRuns;
	getBatch: (id: string) => Promise<BatchRun>;
	clock: Clock;
}

/** Why no more runs of a batch are looked for. */
export type BatchListEnd =
	| { kind: 'complete' }
	/** The batch is over, and some runs are not in the list: they were deleted, or the workspace keeps none. */
	| { kind: 'over' }
	| { kind: 'deadline'; lastFault?: ExtendError }
	| { kind: 'stopped' }
	/** An answer that no later look can change. */
	| { kind: 'unreadable'; error: ExtendError };

/**
 * Hands over the runs of a batch, as a list shows them, as soon as it does; oldest first within a look.
 * @param deadlineMs moment at which it is given up
 */
export async function findBatchRuns(
	batch: BatchRun,
	{ deadlineMs, take }: { deadlineMs: number; take: (runs: JsonObject[]) => void },
	ports: BatchPorts,
): Promise<BatchListEnd> {
	const { clock } = ports;
	const search = new BatchSearch(batch, { deadlineMs, take }, ports);
	const begunMs = clock.nowMs();
	for (;;) {
		const end = await search.look();
		if (end !== undefined) return end;
		if (clock.isCancelled()) return { kind: 'stopped' };
		const nowMs = clock.nowMs();
		if (nowMs >= deadlineMs) return { kind: 'deadline', lastFault: search.lastFault };
		const plannedMs = Math.max(search.nextInMs(nowMs - begunMs, clock.random()), search.lastFault?.facts.retryAfterMs ?? 0);
		await clock.pause(Math.min(plannedMs, deadlineMs - nowMs));
	}
}

class BatchSearch {
	lastFault: ExtendError | undefined;
	private readonly seen = new Set<string>();
	private overSinceMs: number | undefined;
	private faults = 0;
	private refusals = 0;

	constructor(
		private readonly batch: BatchRun,
		private readonly wait: { deadlineMs: number; take: (runs: JsonObject[]) => void },
		private readonly ports: BatchPorts,
	) {}

	/** The end, if it has come. A look that does not succeed ends nothing. */
	async look(): Promise<BatchListEnd | undefined> {
		try {
			await this.list();
			if (this.areAllSeen()) return { kind: 'complete' };
			const nowMs = this.ports.clock.nowMs();
			if (this.overSinceMs === undefined && isBatchOver(await this.ports.getBatch(this.batch.id))) this.overSinceMs = nowMs;
			this.lastFault = undefined;
			this.faults = 0;
			this.refusals = 0;
			return this.overSinceMs !== undefined && nowMs - this.overSinceMs >= LIST_LAG_MS ? { kind: 'over' } : undefined;
		} catch (caught) {
			const error = asExtendError(caught);
			this.faults += 1;
			this.refusals = isLikelyPermanent(error) ? this.refusals + 1 : 0;
			if (isHopeless({ lastFault: error, refusals: this.refusals })) return { kind: 'unreadable', error };
			this.lastFault = error;
			return undefined;
		}
	}

	/** Milliseconds to the next look. */
	nextInMs(ageMs: number, random: number): number {
		return this.faults === 0 ? nextLookInMs(ageMs, random) : nextTryInMs(this.faults, ageMs, random);
	}

	/** A batch holds one run at least: a count of 0 says as little as none. */
	private areAllSeen(): boolean {
		const count = numberAt(this.batch.json, 'runCount') ?? 0;
		return count > 0 && this.seen.size >= count;
	}

	private async list(): Promise<void> {
		const query = { batchId: this.batch.id, sortBy: 'createdAt', sortDir: 'asc' };
		for await (const runs of pagesOf(async (token) => await this.ports.list(query, LARGEST_PAGE, token))) {
			this.wait.take(runs.filter((run) => this.isNew(run)));
			if (this.ports.clock.nowMs() >= this.wait.deadlineMs) return; // a list may never come to its end
		}
	}

	private isNew(run: JsonObject): boolean {
		const id = stringAt(run, 'id');
		if (id === undefined || this.seen.has(id)) return false;
		this.seen.add(id);
		return true;
	}
}
