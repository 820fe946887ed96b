import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { isPermanent, isLikelyPermanent } from '../api/errors';
import type { Run } from '../api/types';
import { nextLookInMs, nextTryInMs, TRUST_EXTENSION_MS, trustListForMs } from './schedule';
import type { ListRuns } from './sweep';

/** A proxy may say no for a moment; Extend itself does not change its mind. */
const MAX_REFUSALS = 5;

/** How the runs of one execution are reached, and whether it was stopped. */
export interface RunSource {
	/** One look at a run; throws ExtendError where it cannot be read. */
	look: (id: string) => Promise<Run>;
	list: ListRuns;
	clock: Pick<Clock, 'isCancelled' | 'whenCancelled'>;
}

export interface RunToWatch {
	id: string;
	/** As it was started; unset for a run of which only the ID is known: it is looked at without delay. */
	run?: Run;
	/** Moment, in ms, at which the wait is over. */
	deadlineMs: number;
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
	/** Since when it is being read, in ms; unset while it is not. */
	lookingSinceMs?: number;
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
	const open = { ...run, sinceMs: nowMs, nextLookMs: nowMs, trustedUntilMs: nowMs, isMissing: false, wasListed: false, faults: 0, refusals: 0, settle };
	if (run.run !== undefined) noteLook(open, nowMs, clock.random());
	return open;
}

/** After a look at the run itself. The last look falls on the deadline. */
export function noteLook(open: OpenRun, nowMs: number, random: number): void {
	open.lastFault = undefined;
	open.faults = 0;
	open.refusals = 0;
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
	const plannedMs = Math.max(nextTryInMs(open.faults, nowMs - open.sinceMs, clock.random()), fault.facts.retryAfterMs ?? 0);
	open.nextLookMs = Math.min(nowMs + plannedMs, open.deadlineMs);
	open.trustedUntilMs = open.nextLookMs;
	open.isMissing = true;
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
	if (open.lookingSinceMs !== undefined) return Number.POSITIVE_INFINITY;
	// A sweep that shows no change puts the next look off, though not beyond what lists are trusted with.
	if (open.run === undefined || !isSwept || open.isMissing) return Math.min(open.nextLookMs, open.trustedUntilMs);
	return Math.min(open.deadlineMs, open.trustedUntilMs + (isReading ? TRUST_EXTENSION_MS : 0));
}
