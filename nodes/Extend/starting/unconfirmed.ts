import { ExtendError, stoppedError } from '../api/errors';
import { nameSome } from '../runs/summary';
import { START_KEY } from './metadata';

/**
 * For a start of which neither an answer nor a run was to be had.
 * @param unanswered what became of the last request
 * @param lookFault why the runs could not be looked through
 */
export function neverAnswered(token: string, unanswered?: ExtendError, lookFault?: ExtendError): ExtendError {
	const look = lookFault === undefined ? 'none was found' : `they could not be looked through (${lookFault.message})`;
	const last = unanswered === undefined ? '' : `. The last start: ${unanswered.message}`;
	return new ExtendError(
		`Extend did not confirm that it started a run, and of the runs with the metadata ${START_KEY} = ${token} ${look}${last}`,
		'Check the runs in the Extend dashboard before you start this document again, so that it is not paid twice.',
		{ ...unanswered?.facts, code: 'OUTCOME_UNKNOWN', retryable: true },
	);
}

/** For a document whose batch request an earlier try sent, without an answer: it is looked for, and not sent again. */
export function stillUnanswered(token: string): ExtendError {
	return new ExtendError(
		`Extend did not confirm the batch that an earlier try has sent, and of the runs with the metadata ${START_KEY} = ${token} none is listed yet; it was not sent again`,
		'Check the runs in the Extend dashboard. If there is none of this document, start it in a new execution of the workflow.',
		{ code: 'OUTCOME_UNKNOWN', retryable: true },
	);
}

/** For starts under way when the workflow was stopped: nobody knows what became of them. */
export function stoppedWhileStarting(tokens: readonly string[]): ExtendError {
	return new ExtendError(
		`The workflow was stopped while Extend was asked to start runs with the metadata ${START_KEY} = ${nameSome(tokens)}, and it may have done so`,
		'Check the runs in the Extend dashboard before you start these documents again, so that none is paid twice.',
		stoppedError().facts,
	);
}

/** What is thrown for a document whose start was under way when the workflow was stopped. */
export class StoppedStart extends ExtendError {
	/** @param known IDs of runs that carry the token from before */
	constructor(token: string, readonly known: ReadonlySet<string>) {
		const { message, advice, facts } = stoppedWhileStarting([token]);
		super(message, advice, facts);
	}
}
