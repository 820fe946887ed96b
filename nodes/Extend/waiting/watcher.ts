import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { asExtendError } from '../api/errors';
import type { Run } from '../api/types';
import { isFinal } from '../runs/status';
import { nextLookInMs } from './schedule';

export interface WatchPorts {
	/** One look at a run; throws ExtendError where it cannot be read. */
	look: (id: string) => Promise<Run>;
	clock: Clock;
}

export interface RunToWatch {
	id: string;
	/** As it was started; unset for a run of which only the ID is known: it is looked at without delay. */
	run?: Run;
	/** Moment, in ms, at which the wait is over. */
	deadlineMs: number;
}

/** How a wait ended; `run` is the newest that was seen. */
export type WatchEnd =
	| { kind: 'final'; run: Run }
	| { kind: 'deadline'; run?: Run; lastFault?: ExtendError }
	| { kind: 'stopped'; run?: Run }
	| { kind: 'unreadable'; run?: Run; error: ExtendError };

interface OpenRun extends RunToWatch {
	knownSinceMs: number;
	nextLookMs: number;
	isLooking: boolean;
	wasLookedAt: boolean;
	lastFault?: ExtendError;
	settle: (end: WatchEnd) => void;
}

/** Answers that no later look can change. @see https://docs.extend.ai/2026-02-09/developers/error-codes */
const ENDING_STATUSES = new Set([401, 402, 403, 404]);
/** How long past its deadline a look under way is still waited for. */
const GRACE_MS = 5_000;

/** Watches all runs of an execution in one loop; runs may be added at any time. */
export class RunWatcher {
	private readonly open = new Set<OpenRun>();
	private wake = new AbortController();
	private isLoopRunning = false;

	constructor(private readonly ports: WatchPorts) {}

	/** Resolves when the run is final, its time is over, the workflow is stopped, or Extend will not show the run. */
	async watch(run: RunToWatch): Promise<WatchEnd> {
		if (run.run !== undefined && isFinal(run.run)) return { kind: 'final', run: run.run };
		const nowMs = this.ports.clock.nowMs();
		return await new Promise((settle) => {
			const nextLookMs = run.run === undefined ? nowMs : this.nextLookMs(nowMs, nowMs, run.deadlineMs);
			this.open.add({ ...run, knownSinceMs: nowMs, nextLookMs, isLooking: false, wasLookedAt: run.run !== undefined, settle });
			this.wakeLoop();
		});
	}

	private wakeLoop(): void {
		this.wake.abort();
		if (!this.isLoopRunning) void this.loop();
	}

	private async loop(): Promise<void> {
		const { clock } = this.ports;
		this.isLoopRunning = true;
		while (this.open.size > 0) {
			this.wake = new AbortController();
			this.endHopeless();
			const nowMs = clock.nowMs();
			for (const run of this.open) {
				if (!run.isLooking && run.nextLookMs <= nowMs) void this.look(run);
			}
			if (this.open.size > 0) await clock.pause(this.nextEventMs() - nowMs, this.wake.signal);
		}
		this.isLoopRunning = false;
	}

	private endHopeless(): void {
		const nowMs = this.ports.clock.nowMs();
		for (const open of this.open) {
			if (this.ports.clock.stopped()) this.end(open, { kind: 'stopped', run: open.run });
			else if (open.wasLookedAt && nowMs >= open.deadlineMs + GRACE_MS) this.endAtDeadline(open);
		}
	}

	private async look(open: OpenRun): Promise<void> {
		open.isLooking = true;
		try {
			open.run = await this.ports.look(open.id);
			open.lastFault = undefined;
			if (isFinal(open.run)) this.end(open, { kind: 'final', run: open.run });
		} catch (caught) {
			const fault = asExtendError(caught);
			open.lastFault = fault;
			if (ENDING_STATUSES.has(Number(fault.facts.status))) this.end(open, { kind: 'unreadable', run: open.run, error: fault });
		}
		open.isLooking = false;
		open.wasLookedAt = true;
		const nowMs = this.ports.clock.nowMs();
		if (nowMs >= open.deadlineMs) this.endAtDeadline(open);
		open.nextLookMs = this.nextLookMs(nowMs, open.knownSinceMs, open.deadlineMs);
		this.wake.abort();
	}

	/** The last look falls on the deadline itself. */
	private nextLookMs(nowMs: number, knownSinceMs: number, deadlineMs: number): number {
		return Math.min(nowMs + nextLookInMs(nowMs - knownSinceMs, this.ports.clock.random()), deadlineMs);
	}

	private nextEventMs(): number {
		let firstMs = Number.POSITIVE_INFINITY;
		for (const open of this.open) firstMs = Math.min(firstMs, nextEventOf(open));
		return firstMs;
	}

	private endAtDeadline(open: OpenRun): void {
		this.end(open, { kind: 'deadline', run: open.run, lastFault: open.lastFault });
	}

	private end(open: OpenRun, end: WatchEnd): void {
		if (this.open.delete(open)) open.settle(end);
	}
}

/** A first look is waited for however long it takes: a wait looks at least once. */
function nextEventOf(open: OpenRun): number {
	if (!open.isLooking) return open.nextLookMs;
	return open.wasLookedAt ? open.deadlineMs + GRACE_MS : Number.POSITIVE_INFINITY;
}
