import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { asExtendError, connectionError } from '../api/errors';
import { isFinal } from '../runs/status';
import type { OpenRun, RunToWatch, WatchEnd, WatchState } from './openRun';
import { giveUpMs, isHopeless, lookMs, noteFailedLook, noteListedFinal, noteLook, noteStatus, noteUnchanged, openRun, putOffDeadline } from './openRun';
import { nextSweepInMs } from './schedule';
import type { Sweep } from './sweep';
import { commonClassifier, sweepRuns } from './sweep';

/** From so many open runs on, one look at the list costs less than looking at each. */
const SWEEP_FROM = 3;
/** After so many sweeps in a row that told little, runs are asked for one by one, and sweeps become rare. */
const MAX_USELESS_SWEEPS = 3;
const RARE_SWEEP_MS = 15_000;
/** A look or sweep that takes longer does not hold up the others. */
const SLOW_LOOK_MS = 1_500;
const SLOW_SWEEP_MS = 5_000;
/** So long after a look it is taken that others follow at once. */
const BUSY_AFTER_LOOK_MS = 500;

/**
 * Watches all open runs of one credential in one loop; runs may be added at any time, by any execution.
 * Few runs are asked for one by one. Many are found in the list when they finish, and then read; the list is not
 * looked at while finished runs wait to be read.
 */
export class RunWatcher {
	private readonly open = new Set<OpenRun>();
	private wake = new AbortController();
	private isLoopRunning = false;
	private lookCount = 0;
	private lastLookEndMs = 0;
	private lastReadMs = 0;
	/** When a run of the credential was last seen to finish. */
	private lastFinishMs = 0;
	private sweepBegunMs: number | undefined;
	private nextSweepMs = 0;
	private uselessSweeps = 0;
	private newestMs = Number.NEGATIVE_INFINITY;

	/** @param clock ends no pause by itself: executions come and go while the watcher stays */
	constructor(private readonly clock: Clock) {}

	/** Resolves when the run is final, its time is over, the workflow is stopped, or Extend will not show the run. */
	async watch(run: RunToWatch): Promise<WatchEnd> {
		if (run.run !== undefined && isFinal(run.run)) return { kind: 'final', run: run.run };
		return await new Promise((settle) => {
			this.open.add(openRun(run, this.clock, settle));
			void run.source.clock.whenCancelled.then(() => this.wake.abort());
			this.wake.abort();
			if (!this.isLoopRunning) void this.loop();
		});
	}

	private async loop(): Promise<void> {
		this.isLoopRunning = true;
		while (this.open.size > 0) {
			this.wake = new AbortController();
			this.endHopeless();
			this.lookAtDue();
			if (this.open.size > 0) await this.clock.pause(this.nextEventMs() - this.clock.nowMs(), this.wake.signal);
		}
		this.isLoopRunning = false;
		this.uselessSweeps = 0;
		this.newestMs = Number.NEGATIVE_INFINITY;
	}

	private endHopeless(): void {
		const nowMs = this.clock.nowMs();
		for (const open of this.open) {
			putOffDeadline(open, this.lastFinishMs);
			if (open.source.clock.isCancelled()) this.end(open, { kind: 'stopped', run: open.run });
			else if (nowMs >= giveUpMs(open, this.lastReadMs)) this.endAtDeadline(open);
		}
	}

	private lookAtDue(): void {
		const nowMs = this.clock.nowMs();
		for (const open of this.open) {
			if (nowMs >= lookMs(open, this.state())) void this.look(open);
		}
		if (nowMs >= this.sweepMs()) void this.sweep();
	}

	/** Whether the list shows when runs finish, so that they need not be asked for one by one. */
	private isSwept(): boolean {
		const isSlow = this.sweepBegunMs !== undefined && this.clock.nowMs() >= this.sweepBegunMs + SLOW_SWEEP_MS;
		return this.open.size >= SWEEP_FROM && !isSlow && this.uselessSweeps < MAX_USELESS_SWEEPS;
	}

	private state(): WatchState {
		return { isSwept: this.isSwept(), isReading: this.lookCount > 0 || this.clock.nowMs() < this.lastLookEndMs + BUSY_AFTER_LOOK_MS };
	}

	/** When the list may be looked at: not while it is, nor while finished runs wait to be read and get their turn. */
	private sweepMs(): number {
		const areAllLookedAt = this.open.size === this.lookCount;
		if (this.open.size < SWEEP_FROM || this.sweepBegunMs !== undefined || areAllLookedAt) return Number.POSITIVE_INFINITY;
		return this.lookCount === 0 ? this.nextSweepMs : Math.max(this.nextSweepMs, this.lastLookEndMs + SLOW_LOOK_MS);
	}

	private async look(open: OpenRun): Promise<void> {
		const look: OpenRun['look'] = { sinceMs: this.clock.nowMs() };
		const onSent = (): void => {
			look.sentMs = this.clock.nowMs();
			this.wake.abort();
		};
		open.look = look;
		this.lookCount += 1;
		try {
			open.run = await open.source.look(open.id, onSent);
			this.lastReadMs = this.clock.nowMs();
			noteStatus(open, open.run.status, this.lastFinishMs);
			noteLook(open, this.lastReadMs, this.clock.random());
			if (isFinal(open.run)) this.lastFinishMs = this.lastReadMs;
			if (isFinal(open.run)) this.end(open, { kind: 'final', run: open.run });
		} catch (caught) {
			const error = asExtendError(caught);
			noteFailedLook(open, error, this.clock);
			if (isHopeless(open)) this.end(open, { kind: 'unreadable', run: open.run, error });
		}
		const nowMs = this.clock.nowMs();
		open.look = undefined;
		this.lookCount -= 1;
		this.lastLookEndMs = nowMs;
		putOffDeadline(open, this.lastFinishMs);
		if (nowMs >= open.deadlineMs && open.owedSinceMs === undefined) this.endAtDeadline(open);
		this.wake.abort();
	}

	private async sweep(): Promise<void> {
		this.sweepBegunMs = this.clock.nowMs();
		const runs = [...this.open].filter(({ run, look }) => run !== undefined && look === undefined);
		let askedForMs = 0;
		try {
			await this.sweepFor(runs);
		} catch (caught) {
			const fault = asExtendError(caught);
			askedForMs = fault.facts.retryAfterMs ?? 0;
			// The execution that asked was stopped: that says nothing about the runs of others.
			if (fault.facts.code !== 'STOPPED') this.noteFailedSweep(runs, fault);
		}
		const nowMs = this.clock.nowMs();
		const youngestMs = runs.reduce((youngest, { sinceMs }) => Math.min(youngest, nowMs - sinceMs), Number.POSITIVE_INFINITY);
		const gapMs = nextSweepInMs(youngestMs, this.clock.random());
		this.nextSweepMs = nowMs + Math.max(this.uselessSweeps < MAX_USELESS_SWEEPS ? gapMs : RARE_SWEEP_MS, askedForMs);
		this.sweepBegunMs = undefined;
		this.wake.abort();
	}

	private noteFailedSweep(runs: OpenRun[], fault: ExtendError): void {
		this.uselessSweeps += 1;
		for (const open of runs) open.lastFault = fault;
	}

	private async sweepFor(runs: OpenRun[]): Promise<void> {
		const [first] = runs;
		if (first === undefined) return;
		const ids = new Set(runs.map(({ id }) => id));
		const request = { ids, classifierId: commonClassifier(runs.map(({ run }) => run)), sinceMs: this.newestMs };
		const sweep = await sweepRuns(request, first.source.list);
		this.newestMs = sweep.newestMs;
		if (sweep.showsFinish) this.lastFinishMs = this.clock.nowMs();
		const told = runs.filter((open) => this.apply(open, sweep));
		this.uselessSweeps = told.length * 2 >= runs.length ? 0 : this.uselessSweeps + 1;
	}

	/** Whether the sweep could tell how the run stands; a finished one is read at once. */
	private apply(open: OpenRun, { statusById, isComplete }: Sweep): boolean {
		const status = statusById.get(open.id);
		const isKnown = status !== undefined || (isComplete && open.wasListed);
		open.wasListed = isKnown;
		open.isMissing = !isKnown;
		if (open.look !== undefined || !this.open.has(open)) return isKnown;
		if (status !== undefined) noteStatus(open, status, this.lastFinishMs);
		if (status !== undefined && isFinal({ status })) noteListedFinal(open, this.clock.nowMs());
		else if (isKnown) noteUnchanged(open, this.clock.nowMs(), this.clock.random());
		return isKnown;
	}

	/** When something is to be done next; looks and sweeps under way wake the loop by themselves. */
	private nextEventMs(): number {
		const state = this.state();
		const isSlowMs = this.sweepBegunMs === undefined || !state.isSwept ? Number.POSITIVE_INFINITY : this.sweepBegunMs + SLOW_SWEEP_MS;
		let firstMs = Math.min(this.sweepMs(), isSlowMs);
		for (const open of this.open) firstMs = Math.min(firstMs, lookMs(open, state), giveUpMs(open, this.lastReadMs));
		return firstMs;
	}

	private endAtDeadline(open: OpenRun): void {
		const lastFault = open.lastFault ?? (open.run === undefined ? connectionError('no answer came before the timeout') : undefined);
		this.end(open, { kind: 'deadline', run: open.run, lastFault });
	}

	private end(open: OpenRun, end: WatchEnd): void {
		if (this.open.delete(open)) open.settle(end);
	}
}
