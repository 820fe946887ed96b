import type { ErrorFacts, FactsAndCause } from './errors';
import { ExtendError, withStackOf } from './errors';

/** A request that may or may not have acted at Extend: its answer was lost, cut, a server fault, or not waited for after Stop. */
export class UnknownOutcome extends ExtendError {
	/**
	 * Whether Extend answered 2xx with JSON that is not what was asked for; the message holds what it says. Nothing was
	 * lost on the way then, so the same request would be answered the same, and may act once more.
	 */
	readonly wasAnswered: boolean;

	constructor(message: string, advice: string, { wasAnswered = false, ...facts }: FactsAndCause & { wasAnswered?: boolean }) {
		super(message, advice, facts);
		this.wasAnswered = wasAnswered;
	}

	override withFacts(more: Partial<ErrorFacts>): UnknownOutcome {
		return asUnknown(super.withFacts(more), this.wasAnswered);
	}
}

/**
 * The same error, for a request that may have acted.
 * @param wasAnswered see UnknownOutcome
 */
export function asUnknown(error: ExtendError, wasAnswered = false): UnknownOutcome {
	const { message, advice, facts, cause } = error;
	return withStackOf(error, new UnknownOutcome(message, advice, { ...facts, cause, wasAnswered }));
}
