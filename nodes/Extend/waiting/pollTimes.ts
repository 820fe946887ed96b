import type { OpenRun } from './openRun';
import { nextPollInMs } from './schedule';

/** How long past its deadline a poll under way is still waited for, and a first one: a wait polls at least once. */
const GRACE_MS = 5_000;
const FIRST_GRACE_MS = 15_000;
/**
 * How long past its deadline a run waits for a read that it is owed, while no read of any run succeeds: one that has
 * finished, or that waits for its first turn, and one whose poll was refused for coming too fast.
 */
const STALL_MS = 120_000;
const REFUSED_STALL_MS = 15_000;
/** While runs are being read, a poll that only checks the list can wait this much longer, and is considered so often. */
const TRUST_EXTENSION_MS = 30_000;
const RECONSIDER_MS = 5_000;

/** What the list is good for at the moment. */
export interface ListState {
	/** Whether list polls look after the runs; then only those are polled that the list does not tell about. */
	isUseful: boolean;
	/** Whether the last list poll has told how a run stands. */
	tellsOf: (open: OpenRun) => boolean;
	/** When the last list poll that told anything ended, in ms. */
	lastToldMs: number;
}

/**
 * When the wait is over whatever comes: a poll under way is waited for a little past the deadline, and one that waits
 * for its turn as long as reads go on. A computer that slept over the deadline polls when it wakes.
 * @param lastReadMs when a run was last read, whichever it was
 */
export function giveUpMs(open: OpenRun, lastReadMs: number): number {
	const { deadlineMs, poll, owedSinceMs = poll?.sinceMs } = open;
	if (owedSinceMs === undefined) return Number.POSITIVE_INFINITY;
	if (poll?.sentMs !== undefined && open.owedSinceMs === undefined) {
		return Math.max(deadlineMs, poll.sentMs) + (open.run === undefined ? FIRST_GRACE_MS : GRACE_MS);
	}
	const stallMs = open.isListedFinal || open.owedSinceMs === undefined ? STALL_MS : REFUSED_STALL_MS;
	return Math.max(deadlineMs, open.failingSinceMs ?? Math.max(lastReadMs, owedSinceMs)) + stallMs;
}

/** The moment from which the run is to be polled; infinite while it is. */
export function pollMs(open: OpenRun, list: ListState): number {
	if (open.poll !== undefined) return Number.POSITIVE_INFINITY;
	if (open.isListedFinal) return open.nextPollMs;
	const isTold = open.run !== undefined && list.tellsOf(open);
	if (isTold && list.isUseful) return Math.min(open.trustedUntilMs, open.deadlineMs);
	// A list poll that showed no change puts the next poll off, though not beyond what lists are trusted with.
	const toldMs = isTold ? list.lastToldMs + nextPollInMs(list.lastToldMs - open.sinceMs, open.jitter) : 0;
	return Math.min(Math.max(open.nextPollMs, toldMs), open.trustedUntilMs, open.deadlineMs);
}

/** Until when a poll that is due can be put off since runs are being read; undefined if it cannot. */
export function putOffPollMs(open: OpenRun, list: ListState, nowMs: number): number | undefined {
	const onlyChecks = !open.isListedFinal && open.run !== undefined && list.isUseful && list.tellsOf(open);
	const untilMs = Math.min(open.trustedUntilMs + TRUST_EXTENSION_MS, open.deadlineMs, nowMs + RECONSIDER_MS);
	return onlyChecks && untilMs > nowMs ? untilMs : undefined;
}
