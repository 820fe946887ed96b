import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { objectAt, stringAt } from '../api/json';
import type { Run } from '../api/types';
import { isInQueue } from '../runs/status';
import type { Planned } from './agenda';
import { Failures } from './failures';
import { putOffMs } from './queueTime';
import { trustListForMs } from './schedule';
import type { ListRuns } from './sweep';

const TOO_FAST = 429;

/** How the runs of one execution are reached, and whether it was cancelled. */
export interface RunSource {
	/**
	 * Reads a run once; throws ExtendError where that does not succeed.
	 * @param onSent called when its turn has come and the request goes out
	 */
	poll: (id: string, onSent: () => void) => Promise<Run>;
	list: ListRuns;
	clock: Pick<Clock, 'isCancelled' | 'whenCancelled'>;
}

export interface RunToWatch {
	id: string;
	/** As it was started; unset for a run of which only the ID is known: it is polled without delay. */
	run?: Run;
	/** As a list has shown it, if that says it is final: only its read is missing. */
	listed?: Run;
	timeoutMs: number;
	/** Moment, in ms, from which the timeout counts; the beginning of the wait when unset. */
	countsFromMs?: number;
	source: RunSource;
}

/** How a wait ended; `run` is the newest that was seen. */
export type WatchEnd =
	| { kind: 'final'; run: Run }
	/** `pause`: why it ended before its deadline, for Extend asks to wait beyond it. */
	| { kind: 'deadline'; run?: Run; lastFault?: ExtendError; pause?: ExtendError }
	| { kind: 'stopped'; run?: Run }
	| { kind: 'unreadable'; run?: Run; error: ExtendError };

/** A poll under way: since when it waits for its turn, and since when it is on its way, in ms. */
export interface Poll {
	sinceMs: number;
	sentMs?: number;
}

export interface OpenRun extends RunToWatch, Planned {
	settle: (end: WatchEnd) => void;
	/** When its wait began. */
	sinceMs: number;
	classifierId?: string;
	/** How much its pauses vary from those of others; in [0, 1). */
	jitter: number;

	/** When the wait is over, though it is put off while `isPending` and Extend's queue moves on. */
	deadlineMs: number;
	/** Whether it is in Extend's queue, as last seen. */
	isPending: boolean;

	/** The one poll under way, if any. */
	poll?: Poll;
	/** When it is polled, unless the list shows before that it is still under way. */
	nextPollMs: number;
	/** When it is polled whatever the list shows. Never before `nextPollMs`. */
	trustedUntilMs: number;

	/** Whether a list has shown it as final since it was last read. Then it is owed a read. */
	isListedFinal: boolean;
	/** Since when it is owed a read that its timeout cannot take away: for that, or since a poll was refused for coming too fast. */
	owedSinceMs?: number;
	/** How many list polls had ended when it came. */
	addedAfter: number;
	/** The list poll that has shown it last; 0 for none. */
	listedIn: number;
	/** The list poll after which a poll of the run did not succeed, so that only a later one is believed; -1 for none. */
	doubtedAfter: number;

	failures: Failures;
	/** When the last poll that succeeded ended. */
	lastReadMs: number;
	/** Since when its polls do not succeed though their turn comes. */
	failingSinceMs?: number;
}

export function openRun(watched: RunToWatch, clock: Pick<Clock, 'nowMs' | 'random'>, settle: OpenRun['settle']): OpenRun {
	const nowMs = clock.nowMs();
	const { run, listed, timeoutMs, countsFromMs = nowMs } = watched;
	const open: OpenRun = {
		...watched,
		settle,
		sinceMs: nowMs,
		classifierId: stringAt(objectAt((run ?? listed)?.json, 'classifier'), 'id'),
		jitter: clock.random(),
		checkMs: Number.POSITIVE_INFINITY,
		deadlineMs: countsFromMs + timeoutMs,
		isPending: run !== undefined && isInQueue(run),
		nextPollMs: nowMs,
		trustedUntilMs: nowMs,
		isListedFinal: false,
		addedAfter: 0,
		listedIn: 0,
		doubtedAfter: -1,
		failures: new Failures(),
		lastReadMs: nowMs,
	};
	if (run !== undefined) noteRead(open, nowMs, open.jitter);
	if (listed !== undefined) noteListedFinal(open, nowMs);
	return open;
}

/**
 * Notes the status that was last seen. Time in Extend's queue does not count towards the timeout while the queue moves
 * on, so that the deadline is put off until the run is seen to leave it.
 * @param lastFinishMs when a run of the credential was last seen to finish
 */
export function noteStatus(open: OpenRun, status: string, lastFinishMs: number): void {
	putOffDeadline(open, lastFinishMs);
	open.isPending = isInQueue({ status });
}

/** Puts off the deadline of a run that is still in Extend's queue, though not for longer than a day in all. */
export function putOffDeadline(open: OpenRun, lastFinishMs: number): void {
	if (!open.isPending) return;
	open.deadlineMs = putOffMs({ ...open, sinceMs: open.countsFromMs ?? open.sinceMs }, lastFinishMs);
}

/** After a poll that has read the run. The last poll falls on the deadline. */
export function noteRead(open: OpenRun, nowMs: number, random: number): void {
	open.failures.clear();
	open.lastReadMs = nowMs;
	open.failingSinceMs = undefined;
	open.isListedFinal = false;
	open.owedSinceMs = undefined;
	open.doubtedAfter = -1;
	const ageMs = nowMs - open.sinceMs;
	open.trustedUntilMs = nowMs + trustListForMs(ageMs);
	open.nextPollMs = Math.min(nowMs + open.failures.nextPollInMs(ageMs, random), open.deadlineMs);
}

/**
 * After a poll that did not succeed.
 * @param lastListPoll the list poll that was made last; what it has shown is not believed any more
 */
export function noteFailedPoll(
	open: OpenRun,
	fault: ExtendError,
	{ clock, lastListPoll }: { clock: Pick<Clock, 'nowMs' | 'random'>; lastListPoll: number },
): void {
	const nowMs = clock.nowMs();
	open.failures.note(fault);
	if (fault.facts.status === TOO_FAST) {
		open.owedSinceMs ??= nowMs;
	} else {
		open.failingSinceMs ??= nowMs;
		if (!open.isListedFinal) open.owedSinceMs = undefined;
	}
	open.doubtedAfter = lastListPoll;
	const plannedMs = nowMs + open.failures.nextPollInMs(nowMs - open.sinceMs, clock.random());
	// The last poll falls on the deadline, but one that is owed has no such end.
	open.nextPollMs = nowMs < open.deadlineMs ? Math.min(plannedMs, open.deadlineMs) : plannedMs;
	open.trustedUntilMs = open.nextPollMs;
}

/**
 * How a poll that did not succeed ends the wait, if it does: no later one can change the answer, or Extend asks to wait
 * beyond the deadline. A run that is known to have finished waits for its read all the same.
 */
export function endAfterFailedPoll(open: OpenRun, error: ExtendError, nowMs: number): WatchEnd | undefined {
	const { run, listed, failures, deadlineMs } = open;
	if (failures.arePermanent({ wasSeen: (run ?? listed) !== undefined })) return { kind: 'unreadable', run, error };
	const pause = open.isListedFinal ? undefined : failures.pauseBeyond(deadlineMs, nowMs);
	return pause === undefined ? undefined : { kind: 'deadline', run, pause };
}

/** After a list has shown the run as final: it is read at once, or as planned where that did not succeed. */
export function noteListedFinal(open: OpenRun, nowMs: number): void {
	open.owedSinceMs ??= nowMs;
	open.isListedFinal = true;
	if (open.failures.areNone) open.nextPollMs = nowMs;
}
