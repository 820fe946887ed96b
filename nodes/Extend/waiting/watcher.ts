import type { Clock } from '../api/clock';
import { asExtendError, connectionError } from '../api/errors';
import { isFinal } from '../runs/status';
import { LIST_FROM, ListPolls } from './listPolls';
import type { OpenRun, Poll, RunToWatch, WatchEnd } from './openRun';
import { endAfterFailedPoll, noteFailedPoll, noteListedFinal, noteRead, noteStatus, openRun, putOffDeadline } from './openRun';
import { OpenRuns } from './openRuns';
import { giveUpMs, pollMs, putOffPollMs } from './pollTimes';
import { RunPolls } from './runPolls';
import { sweepRuns } from './sweep';

/** How soon a run is considered again that no list poll could tell about yet. */
const AWAITED_MS = 500;
/**
 * Watches all open runs of one credential in one loop. Few runs are polled one by one. Many are found in the list when they
 * finish, and then read. What is done at each event does not grow with the number of open runs.
 */
export class RunWatcher {
	private readonly runs = new OpenRuns();
	private readonly polls = new RunPolls();
	private readonly lists = new ListPolls();
	/** When a run of the credential was last seen to finish. */
	private lastFinishMs = 0;
	/** There is one loop while runs are open. It pauses until a moment unless the signal wakes it. */
	private loop: { wake: AbortController; untilMs: number } | undefined;

	/** @param clock ends no pause by itself: executions come and go while the watcher stays */
	constructor(private readonly clock: Clock) {}

	/** Resolves when the run is final, its time is over, the workflow is stopped, or Extend will not show the run. */
	async watch(watched: RunToWatch): Promise<WatchEnd> {
		const { run, source } = watched;
		if (run !== undefined && isFinal(run)) return { kind: 'final', run };
		if (source.clock.isCancelled()) return { kind: 'stopped', run };
		return await new Promise((settle) => {
			const open = { ...openRun(watched, this.clock, settle), addedAfter: this.lists.count };
			if (this.runs.add(open)) void source.clock.whenCancelled.then(() => this.endCancelled(source.clock));
			this.plan(open);
			if (this.loop === undefined) void this.run();
			else this.wakeInTime();
		});
	}

	private async run(): Promise<void> {
		while (this.runs.size > 0) {
			this.checkDue();
			if (this.runs.size === 0) break;
			this.loop = { wake: new AbortController(), untilMs: this.nextEventMs() };
			await this.clock.pause(this.loop.untilMs - this.clock.nowMs(), this.loop.wake.signal);
		}
		this.loop = undefined;
		this.lists.forget();
	}

	private wakeInTime(): void {
		if (this.loop !== undefined && (this.runs.size === 0 || this.nextEventMs() < this.loop.untilMs)) this.loop.wake.abort();
	}

	/** When something is to be done next. */
	private nextEventMs(): number {
		return Math.min(this.runs.agenda.firstMs(), this.listPollMs(), this.lists.slowMs());
	}

	private checkDue(): void {
		const nowMs = this.clock.nowMs();
		if (this.lists.becomesSlow(nowMs)) this.planAll();
		for (let open = this.runs.agenda.takeDue(nowMs); open !== undefined; open = this.runs.agenda.takeDue(nowMs)) this.check(open, nowMs);
		if (nowMs >= this.listPollMs()) void this.pollList();
	}

	private check(open: OpenRun, nowMs: number): void {
		putOffDeadline(open, this.lastFinishMs);
		if (nowMs >= giveUpMs(open, this.polls.lastReadMs)) return this.endAtDeadline(open);
		const list = this.lists.state(nowMs, this.runs.size);
		if (nowMs < pollMs(open, list)) return this.plan(open);
		const putOffMs = this.polls.areUnderWay(nowMs) ? putOffPollMs(open, list, nowMs) : undefined;
		if (putOffMs !== undefined) this.runs.agenda.plan(open, putOffMs);
		else if (nowMs >= open.deadlineMs || this.polls.mayBegin(open)) void this.poll(open);
		else this.runs.agenda.plan(open, open.deadlineMs);
	}

	/** Has the run checked when something is to be done about it. */
	private plan(open: OpenRun): void {
		if (!this.runs.has(open)) return;
		const nowMs = this.clock.nowMs();
		const list = this.lists.state(nowMs, this.runs.size);
		// It may show in no list at all.
		const againMs = list.isUseful && this.lists.isAwaited(open) ? nowMs + AWAITED_MS : Number.POSITIVE_INFINITY;
		this.runs.agenda.plan(open, Math.min(giveUpMs(open, this.polls.lastReadMs), pollMs(open, list), againMs));
	}

	/** For when the list is of less use than before: runs may have to be polled sooner. */
	private planAll(): void {
		for (const open of this.runs) this.plan(open);
	}

	/** When the list may be polled: not while it is, nor while finished runs wait to be read and get their turn. */
	private listPollMs(): number {
		if (this.polls.underWay >= this.runs.size) return Number.POSITIVE_INFINITY;
		return Math.max(this.lists.dueMs(this.runs.size), this.polls.holdListMs());
	}

	private async poll(open: OpenRun): Promise<void> {
		const poll: Poll = { sinceMs: this.clock.nowMs() };
		open.poll = poll;
		this.polls.begin(open);
		this.plan(open);
		const onSent = (): void => {
			poll.sentMs = this.clock.nowMs();
			this.plan(open);
			this.wakeInTime();
		};
		try {
			const run = await open.source.poll(open.id, onSent);
			open.run = run;
			noteStatus(open, run.status, this.lastFinishMs);
			noteRead(open, this.clock.nowMs(), this.clock.random());
			this.polls.lastReadMs = this.clock.nowMs();
			if (isFinal(run)) this.lastFinishMs = this.clock.nowMs();
			if (isFinal(run)) this.end(open, { kind: 'final', run });
		} catch (caught) {
			const error = asExtendError(caught);
			noteFailedPoll(open, error, { clock: this.clock, lastListPoll: this.lists.count });
			const end = endAfterFailedPoll(open, error, this.clock.nowMs());
			if (end !== undefined) this.end(open, end);
		}
		this.endPoll(open);
	}

	private endPoll(open: OpenRun): void {
		const nowMs = this.clock.nowMs();
		open.poll = undefined;
		putOffDeadline(open, this.lastFinishMs);
		if (nowMs >= open.deadlineMs && open.owedSinceMs === undefined) this.endAtDeadline(open);
		this.plan(open);
		this.polls.end(open, nowMs);
		for (let next = this.polls.takeWaiting(); next !== undefined; next = this.polls.takeWaiting()) this.check(next, nowMs);
		this.wakeInTime();
	}

	private async pollList(): Promise<void> {
		const wasUseful = this.lists.begin(this.clock.nowMs(), this.runs.size);
		let askedForMs = 0;
		let isComplete = false;
		try {
			isComplete = await this.sweep();
		} catch (caught) {
			const fault = asExtendError(caught);
			askedForMs = fault.facts.retryAfterMs ?? 0;
			// The execution that asked was stopped: that says nothing about the runs of others.
			if (fault.facts.code !== 'STOPPED') this.lists.noteFailed(fault, this.clock.nowMs());
		}
		const nowMs = this.clock.nowMs();
		this.lists.end(this.runs.youngest(), { nowMs, random: this.clock.random(), askedForMs });
		if (!isComplete || (wasUseful && !this.lists.isUseful(nowMs))) this.planAll();
		this.wakeInTime();
	}

	/** Whether the list was read back to the last time. */
	private async sweep(): Promise<boolean> {
		const [first] = this.runs;
		if (first === undefined) return true;
		const sweep = await sweepRuns({ ...this.runs.sought(), sinceMs: this.lists.newestMs }, first.source.list);
		const nowMs = this.clock.nowMs();
		this.lastFinishMs = sweep.showsFinish ? nowMs : this.lastFinishMs;
		this.lists.noteTold(sweep, nowMs);
		for (const [id, status] of sweep.statusById) this.noteListed(id, status, nowMs);
		this.lists.noteUse();
		return sweep.isComplete;
	}

	private noteListed(id: string, status: string, nowMs: number): void {
		for (const open of this.runs.withId(id)) {
			this.lists.noteShown(open);
			if (open.poll !== undefined) continue;
			noteStatus(open, status, this.lastFinishMs);
			if (!isFinal({ status })) continue;
			noteListedFinal(open, nowMs);
			this.plan(open);
		}
	}

	private endCancelled(clock: RunToWatch['source']['clock']): void {
		for (const open of this.runs.ofClock(clock)) this.end(open, { kind: 'stopped', run: open.run });
		this.wakeInTime();
	}

	private endAtDeadline(open: OpenRun): void {
		const unread = open.run === undefined ? connectionError('no answer came before the timeout') : undefined;
		this.end(open, { kind: 'deadline', run: open.run, lastFault: open.failures.last ?? this.lists.faultSince(open.lastReadMs) ?? unread });
	}

	private end(open: OpenRun, end: WatchEnd): void {
		if (!this.runs.delete(open)) return;
		this.lists.noteEnded(open);
		this.polls.forget(open);
		if (this.runs.size < LIST_FROM) this.planAll();
		open.settle(end);
	}
}
