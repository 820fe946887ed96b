import type { ExtendError } from '../api/errors';
import { askedToWait, isLikelyPermanent, isNotFound, isPermanent } from '../api/errors';
import { nextPollInMs, nextTryInMs } from './schedule';

/** A proxy may say no for a moment; Extend itself does not change its mind. */
const MAX_REFUSALS = 5;
/** Several replicas of Extend may answer, and one of them some seconds late: so often in a row it is not there for all. */
const MIN_NOT_FOUND = 4;

/** The polls in a row that did not succeed, of a run or of a list. */
export class Failures {
	/** The error of the last one; unset while none has failed since the last that succeeded. */
	last: ExtendError | undefined;
	/** How many they are; 0 where `last` is unset. */
	private count = 0;
	/** How many of the last ones were answered with a no, or with something else than what was asked for; `count` at most. */
	private refusals = 0;

	get areNone(): boolean {
		return this.last === undefined;
	}

	note(error: ExtendError): void {
		this.last = error;
		this.count += 1;
		this.refusals = isLikelyPermanent(error) ? this.refusals + 1 : 0;
	}

	/** After a poll that succeeded. */
	clear(): void {
		this.last = undefined;
		this.count = 0;
		this.refusals = 0;
	}

	/**
	 * Whether no later poll can change what the last one was answered: at once for a bad key or a wrong ID, else after some.
	 * @param wasSeen whether Extend has shown before what is polled: that it is not there counts when it comes again then
	 */
	arePermanent({ wasSeen }: { wasSeen: boolean }): boolean {
		if (this.last === undefined || this.refusals >= MAX_REFUSALS) return this.last !== undefined;
		const mayBeLate = wasSeen && isNotFound(this.last) && this.refusals < MIN_NOT_FOUND;
		return isPermanent(this.last) && !mayBeLate;
	}

	/** Says until when Extend asks to wait, where that is after the deadline, so that no poll can come before. */
	pauseBeyond(deadlineMs: number, nowMs: number): ExtendError | undefined {
		const untilMs = nowMs + (this.last?.facts.retryAfterMs ?? 0);
		const isTooLong = nowMs < deadlineMs && untilMs > deadlineMs;
		return this.last !== undefined && isTooLong ? askedToWait(this.last, untilMs, nowMs) : undefined;
	}

	/**
	 * Milliseconds to the next poll: sooner after one that failed, though no sooner than Extend asks for. What is not there
	 * is asked for ever later, however young it is: that a replica is late has to show over some seconds.
	 */
	nextPollInMs(ageMs: number, random: number): number {
		if (this.last === undefined) return nextPollInMs(ageMs, random);
		const inMs = nextTryInMs(this.count, isNotFound(this.last) ? Number.POSITIVE_INFINITY : ageMs, random);
		return Math.max(inMs, this.last.facts.retryAfterMs ?? 0);
	}
}
