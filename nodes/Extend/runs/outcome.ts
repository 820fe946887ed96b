import { adviceForRun } from '../api/advice';
import { ExtendError, isPermanent, MAX_NAME_LENGTH, plainText } from '../api/errors';
import type { ErrorFacts } from '../api/errors';
import { stringAt } from '../api/json';
import type { Run } from '../api/types';

/** ID, link and failure reason of a run, for whatever goes wrong once it exists: no paid run is lost from view. */
export function runFacts({ id, json }: Run): Pick<ErrorFacts, 'runId' | 'dashboardUrl' | 'failureReason'> {
	return { runId: id, dashboardUrl: stringAt(json, 'dashboardUrl'), failureReason: stringAt(json, 'failureReason') };
}

/** "run clr_1 (https://…)" */
export function nameRun(run: Run): string {
	const link = stringAt(run.json, 'dashboardUrl');
	return link === undefined ? `run ${run.id}` : `run ${run.id} (${link})`;
}

/** What to do about a run, and where it is seen. A link in the message would run out of n8n's panel. */
function withLink(advice: string, { json }: Run): string {
	const link = stringAt(json, 'dashboardUrl');
	return link === undefined ? advice : `${advice} See ${link} for the run.`;
}

/** The item failure for a run that ended FAILED or CANCELLED. */
export function failedRunError(run: Run): ExtendError {
	const reason = stringAt(run.json, 'failureReason');
	const { advice, retryable } = adviceForRun(run.status, reason);
	const said = stringAt(run.json, 'failureMessage');
	const ending = run.status === 'CANCELLED' ? 'was cancelled' : `ended as ${plainText(reason ?? run.status, MAX_NAME_LENGTH)}`;
	const detail = said === undefined ? '' : `: ${plainText(said).replace(/[.\s]+$/, '')}`;
	return new ExtendError(`Extend's run ${run.id} ${ending}${detail}`, withLink(advice, run), {
		code: 'RUN_FAILED',
		runStatus: run.status,
		retryable,
		...runFacts(run),
	});
}

/** The item failure for a run that was there and cannot be read any more. */
export function vanishedError(run: Run, answer: ExtendError): ExtendError {
	return new ExtendError(
		`Extend's run ${run.id} was started but no longer exists. ${answer.message}`,
		'Somebody has deleted it, or the workspace keeps no data of runs that have ended: take the result from the Extend Classify Trigger then, which gets it as soon as it is there.',
		{ ...answer.facts, ...runFacts(run) },
	);
}

/** The item failure for a run that Extend would not cancel. */
export function uncancelledError(run: Run, refusal: ExtendError): ExtendError {
	const isAboutState = !isPermanent(refusal);
	const advice = isAboutState ? 'Extend cancels runs that have begun and not ended: try again in a moment, or let the run end.' : refusal.advice;
	return new ExtendError(
		`Extend did not cancel run ${run.id}, which is ${run.status}. ${refusal.message}`,
		withLink(advice, run),
		{ ...refusal.facts, ...runFacts(run) },
	);
}

const RUN_CONTINUES =
	'The run continues at Extend. To get its result, use Wait for Completion or Get with its ID. For the next time, set a longer Timeout under Wait Options.';

/**
 * The item failure for a run that was not finished when its time was over.
 * @param lastFault why the last look did not succeed, if it did not
 */
export function timeoutError(run: Run, timeoutSeconds: number, lastFault?: ExtendError): ExtendError {
	const time = `${timeoutSeconds} ${timeoutSeconds === 1 ? 'second' : 'seconds'}`;
	const fault = lastFault === undefined ? '' : `. When the node last asked for it, this happened: ${lastFault.message}`;
	return new ExtendError(
		`Extend's run ${run.id} did not finish within ${time}. Its status is ${run.status}${fault}`,
		withLink(RUN_CONTINUES, run),
		{ code: 'TIMEOUT', runStatus: run.status, retryable: true, requestId: lastFault?.facts.requestId, ...runFacts(run) },
	);
}
