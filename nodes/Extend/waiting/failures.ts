import type { ExtendError } from '../api/errors';
import { isLikelyPermanent, isPermanent } from '../api/errors';
import { nextPollInMs, nextTryInMs } from './schedule';

/** A proxy may say no for a moment; Extend itself does not change its mind. */
const MAX_REFUSALS = 5;

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

	/** Whether no later poll can change what the last one was answered: at once for a bad key or a wrong ID, else after some. */
	arePermanent(): boolean {
		return this.refusals >= MAX_REFUSALS || (this.last !== undefined && isPermanent(this.last));
	}

	/** Milliseconds to the next poll: sooner after one that failed, though no sooner than Extend asks for. */
	nextPollInMs(ageMs: number, random: number): number {
		if (this.last === undefined) return nextPollInMs(ageMs, random);
		return Math.max(nextTryInMs(this.count, ageMs, random), this.last.facts.retryAfterMs ?? 0);
	}
}
