import { UnknownOutcome } from '../api/unknownOutcome';
import type { FactsAndCause } from '../api/errors';
import { ExtendError, stoppedError } from '../api/errors';
import { nameSome } from '../runs/summary';
import { START_KEY } from './metadata';

/**
 * Starts of one document with an unknown outcome in an execution; after these it is given up. Few, since an Extend that is
 * slow to answer may act later than anybody looks, and each may then be paid for.
 */
export const MAX_UNKNOWN_STARTS = 3;

const CHECK_FIRST = 'Check the runs in the Extend dashboard before you start this document again, so that it is not paid twice.';

/**
 * For a start that may have made a run, where none was found.
 * @param start what became of the last request
 * @param lookError why the runs could not be looked through, if they could not
 */
export function outcomeUnknown(startKey: string, start: UnknownOutcome, lookError?: ExtendError): ExtendError {
	const look = lookError === undefined ? 'no run was found' : `the list of runs could not be read (${lookError.message})`;
	if (start.wasAnswered && lookError === undefined) return answeredOtherwise(startKey, start.message, { ...start.facts, cause: start });
	return new ExtendError(
		`It is not known whether Extend started a run: for the metadata ${START_KEY} = ${startKey} ${look}. The last start: ${start.message}`,
		CHECK_FIRST,
		{ ...start.facts, code: 'OUTCOME_UNKNOWN', retryable: true, cause: start },
	);
}

/** For a start that Extend answered with something else than a run. */
function answeredOtherwise(startKey: string, answered: string, facts: FactsAndCause): ExtendError {
	return new ExtendError(`${answered}. No run with the metadata ${START_KEY} = ${startKey} was found`, CHECK_FIRST, facts);
}

/**
 * For a document that an earlier try sent, with an unknown outcome: it is looked for, and not sent again.
 * @param sent "the batch"
 * @param answered what Extend said to that try, if anything
 */
export function outcomeStillUnknown(startKey: string, sent: string, answered?: string): ExtendError {
	if (answered !== undefined) return answeredOtherwise(startKey, answered, { code: 'UNREADABLE_ANSWER', retryable: false });
	return new ExtendError(
		`It is not known whether Extend took ${sent} that an earlier try sent: no run with the metadata ${START_KEY} = ${startKey} is listed yet. It was not sent again`,
		'Check the runs in the Extend dashboard. If there is none for this document, start it in a new execution of the workflow.',
		{ code: 'OUTCOME_UNKNOWN', retryable: true },
	);
}

/** For a start that did not succeed after another one with an unknown outcome, which may have made a run. */
export function afterUnknownOutcome(startKey: string, error: ExtendError): ExtendError {
	return new ExtendError(
		`${error.message}. An earlier request for this document may have started a run with the metadata ${START_KEY} = ${startKey}`,
		`${error.advice} ${CHECK_FIRST}`,
		{ ...error.facts, cause: error },
	);
}

/** For a document in a batch that another execution has started, of which no run comes to light. */
export function notListedInBatch(batchId: string): ExtendError {
	return new ExtendError(
		`Batch ${batchId} holds this document, and Extend's list does not show its run yet. It was not sent again`,
		'Run the item again in a minute, or fetch the runs of the batch with Wait for Completion of the resource Batch Run.',
		{ code: 'OUTCOME_UNKNOWN', retryable: true, batchId },
	);
}

/** For starts under way when the execution was cancelled. */
export function cancelledWhileStarting(startKeys: readonly string[]): ExtendError {
	return new ExtendError(
		`The workflow was stopped while Extend was asked to start runs with the metadata ${START_KEY} = ${nameSome(startKeys)}, and it may have started them`,
		'Check the runs in the Extend dashboard before you start these documents again, so that none is paid twice.',
		stoppedError().facts,
	);
}

/** What is thrown for a document whose start was under way when the execution was cancelled. */
export class CancelledStart extends ExtendError {
	/** @param known IDs of runs that carry the start key from before */
	constructor(startKey: string, readonly known: ReadonlySet<string>) {
		const { message, advice, facts } = cancelledWhileStarting([startKey]);
		super(message, advice, facts);
	}
}
