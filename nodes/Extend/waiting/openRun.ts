import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { isPermanent, isLikelyPermanent } from '../api/errors';
import type { Run } from '../api/types';
import { isInQueue } from '../runs/status';
import { putOffMs } from './queueTime';
import { nextLookInMs, nextTryInMs, TRUST_EXTENSION_MS, trustListForMs } from './schedule';
import type { ListRuns } from './sweep';

/** A proxy may say no for a moment; Extend itself does not change its mind. */
const MAX_REFUSALS = 5;
/** How long past its deadline a look under way is still waited for, and a first one: a wait looks at least once. */
const GRACE_MS = 5_000;
const FIRST_GRACE_MS = 15_000;
/** How long past its deadline a run waits for a read that it is owed, while no read of any run succeeds. */
const STALL_MS = 120_000;
const TOO_FAST = 429;

/** How the runs of one execution are reached, and whether it was stopped. */
export interface RunSource {
	/**
	 * One look at a run; throws ExtendError where it cannot be read.
	 * @param onSent called when its turn has come and the request goes out
	 */
	look: (id: string, onSent: () => void) => Promise<Run>;
	list: ListRuns;
	clock: Pick<Clock, 'isCancelled' | 'whenCancelled'>;
}

export interface RunToWatch {
	id: string;
	/** As it was started; unset for a run of which only the ID is known: it is looked at without delay. */
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
	| { kind: 'deadline'; run?: Run; lastFault?: ExtendError }
	| { kind: 'stopped'; run?: Run }
	| { kind: 'unreadable'; run?: Run; error: ExtendError };

export interface OpenRun extends RunToWatch {
	sinceMs: number;
	/** Moment, in ms, at which the wait is over, unless the run is still in Extend's queue, which moves on. */
	deadlineMs: number;
	/** Whether it is in Extend's queue, as last seen. */
	isPending: boolean;
	/** The look under way: since when it waits for its turn, and since when it is on its way, in ms. */
	look?: { sinceMs: number; sentMs?: number };
	/** Since when it is owed a read: a list shows it as final, or its last look was refused for coming too fast. */
	owedSinceMs?: number;
	isListedFinal: boolean;
	/** Since when reads of it do not succeed though their turn comes. */
	failingSinceMs?: number;
	/** When it is asked for by its ID, unless the list shows before that it is still under way. */
	nextLookMs: number;
	/** When it is asked for by its ID whatever the list shows. */
	trustedUntilMs: number;
	/** Whether the last sweep could not tell how it stands. */
	isMissing: boolean;
	/** Whether a sweep has shown it and none has lost sight of it since: a later one that does not shows no change. */
	wasListed: boolean;
	lastFault?: ExtendError;
	/** How many looks in a row did not succeed. */
	faults: number;
	/** How many looks in a row were answered with a no, or with something else than a run. */
	refusals: number;
	settle: (end: WatchEnd) => void;
}

export function openRun(run: RunToWatch, clock: Pick<Clock, 'nowMs' | 'random'>, settle: OpenRun['settle']): OpenRun {
	const nowMs = clock.nowMs();
	const times = { sinceMs: nowMs, deadlineMs: (run.countsFromMs ?? nowMs) + run.timeoutMs, nextLookMs: nowMs, trustedUntilMs: nowMs };
	const isPending = run.run !== undefined && isInQueue(run.run);
	const open: OpenRun = { ...run, ...times, isPending, isMissing: false, wasListed: false, isListedFinal: false, faults: 0, refusals: 0, settle };
	if (run.run !== undefined) noteLook(open, nowMs, clock.random());
	if (run.listed !== undefined) noteListedFinal(open, nowMs);
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
	if (open.isPending) open.deadlineMs = putOffMs(open, lastFinishMs);
}

/** After a look at the run itself. The last look falls on the deadline. */
export function noteLook(open: OpenRun, nowMs: number, random: number): void {
	open.lastFault = undefined;
	open.faults = 0;
	open.refusals = 0;
	open.owedSinceMs = undefined;
	open.isListedFinal = false;
	open.failingSinceMs = undefined;
	const ageMs = nowMs - open.sinceMs;
	open.trustedUntilMs = nowMs + trustListForMs(ageMs);
	open.nextLookMs = Math.min(nowMs + nextLookInMs(ageMs, random), open.deadlineMs);
}

/** After a look that did not succeed: the next one comes soon, though no sooner than Extend asks for, and nothing new is known to trust in. */
export function noteFailedLook(open: OpenRun, fault: ExtendError, clock: Pick<Clock, 'nowMs' | 'random'>): void {
	const nowMs = clock.nowMs();
	open.lastFault = fault;
	open.faults += 1;
	open.refusals = isLikelyPermanent(fault) ? open.refusals + 1 : 0;
	noteDebt(open, fault, nowMs);
	const plannedMs = Math.max(nextTryInMs(open.faults, nowMs - open.sinceMs, clock.random()), fault.facts.retryAfterMs ?? 0);
	// The last look falls on the deadline, but one that is owed has no such end.
	open.nextLookMs = nowMs < open.deadlineMs ? Math.min(nowMs + plannedMs, open.deadlineMs) : nowMs + plannedMs;
	open.trustedUntilMs = open.nextLookMs;
	open.isMissing = true;
}

function noteDebt(open: OpenRun, fault: ExtendError, nowMs: number): void {
	if (fault.facts.status === TOO_FAST) {
		open.owedSinceMs ??= nowMs;
		return;
	}
	open.failingSinceMs ??= nowMs;
	if (!open.isListedFinal) open.owedSinceMs = undefined;
}

/** After a list has shown the run as final: it is read at once, or as planned where that did not succeed. */
export function noteListedFinal(open: OpenRun, nowMs: number): void {
	open.owedSinceMs ??= nowMs;
	open.isListedFinal = true;
	if (open.faults === 0) open.nextLookMs = nowMs;
}

/**
 * When the wait is over whatever comes: a look under way is waited for a little past the deadline, and one that waits
 * for its turn as long as reads go on. A computer that slept over the deadline looks when it wakes.
 * @param lastReadMs when a run was last read with success, whichever it was
 */
export function giveUpMs(open: OpenRun, lastReadMs: number): number {
	const { deadlineMs, look, owedSinceMs = look?.sinceMs } = open;
	if (owedSinceMs === undefined) return Number.POSITIVE_INFINITY;
	if (look?.sentMs !== undefined && open.owedSinceMs === undefined) {
		return Math.max(deadlineMs, look.sentMs) + (open.run === undefined ? FIRST_GRACE_MS : GRACE_MS);
	}
	return Math.max(deadlineMs, open.failingSinceMs ?? Math.max(lastReadMs, owedSinceMs)) + STALL_MS;
}

/** Whether no later look can change what the last one was answered: at once for a bad key or a wrong ID, else after some. */
export function isHopeless({ lastFault, refusals }: Pick<OpenRun, 'lastFault' | 'refusals'>): boolean {
	return refusals >= MAX_REFUSALS || (lastFault !== undefined && isPermanent(lastFault));
}

/** After a sweep that showed the run under way, or no change in it. */
export function noteUnchanged(open: OpenRun, nowMs: number, random: number): void {
	open.nextLookMs = Math.min(nowMs + nextLookInMs(nowMs - open.sinceMs, random), open.deadlineMs);
}

export interface WatchState {
	/** Whether sweeps look after the runs; then only those are asked for which sweeps cannot tell about. */
	isSwept: boolean;
	/** Whether runs are being read at the moment. */
	isReading: boolean;
}

/** The moment from which the run is to be asked for by its ID; infinite while that is being done. */
export function lookMs(open: OpenRun, { isSwept, isReading }: WatchState): number {
	if (open.look !== undefined) return Number.POSITIVE_INFINITY;
	if (open.isListedFinal) return open.nextLookMs;
	// A sweep that shows no change puts the next look off, though not beyond what lists are trusted with.
	if (open.run === undefined || !isSwept || open.isMissing) return Math.min(open.nextLookMs, open.trustedUntilMs);
	return Math.min(open.deadlineMs, open.trustedUntilMs + (isReading ? TRUST_EXTENSION_MS : 0));
}
