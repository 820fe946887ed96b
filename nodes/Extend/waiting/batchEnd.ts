import { ExtendError, stoppedError } from '../api/errors';
import { numberAt } from '../api/json';
import type { BatchRun } from '../api/types';
import { nameSome } from '../runs/summary';
import type { BatchListEnd } from './batchRuns';

/** Why a run of the batch is not to be had. */
export function describeMissing({ id }: BatchRun, timeoutSeconds: number, end: BatchListEnd): ExtendError {
	const facts = { batchId: id };
	switch (end.kind) {
		case 'stopped':
			return stoppedError().withFacts(facts);
		case 'unreadable': {
			const { message, advice, facts: known } = end.error;
			return new ExtendError(`${message}, while the runs of batch ${id} were looked for`, advice, { ...known, ...facts, cause: end.error });
		}
		case 'deadline': {
			const { lastFault } = end;
			const last = lastFault === undefined ? '' : `. The last request for it failed: ${lastFault.message}`;
			return new ExtendError(
				`Extend's list did not show every run of batch ${id} within ${timeoutSeconds} seconds${last}`,
				'The batch continues at Extend. Fetch its runs with Wait for Completion and the batch ID, or set a longer Timeout under Wait Options.',
				{ code: 'TIMEOUT', retryable: true, requestId: lastFault?.facts.requestId, ...facts },
			);
		}
		default:
			return new ExtendError(
				`Batch ${id} has ended at Extend, and its list does not show the run`,
				'The run was deleted there, or the workspace keeps no runs. Check it in the Extend dashboard.',
				{ code: 'RUN_NOT_LISTED', retryable: false, ...facts },
			);
	}
}

/** Why nobody knows which run of the batch is that of a document: Extend does not give back the metadata that says so. */
export function describeUnmatched({ id }: BatchRun, runIds: string[]): ExtendError {
	return new ExtendError(
		`Extend's list does not say which run of batch ${id} is that of this document. Its runs are ${nameSome(runIds)}`,
		'Fetch them with Wait for Completion and the batch ID. Where a workspace keeps no metadata, use the resource Classify Run instead.',
		{ code: 'RUN_NOT_MATCHED', retryable: false, batchId: id, runIds },
	);
}

/** Says that not all runs of a batch are listed. @param listed how many are */
export function describeUnlisted({ id, json }: BatchRun, listed: number): string {
	const all = numberAt(json, 'runCount');
	return `Extend lists ${listed} ${all === undefined ? 'runs' : `of the ${all} runs`} of batch ${id}. The others were deleted there, or the workspace keeps none.`;
}
