import { ExtendError, stoppedError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import { stringAt } from '../../api/json';
import type { BatchRun } from '../../api/types';
import { nameSome } from '../../runs/summary';
import { isFinal } from '../../runs/status';
import type { BatchListEnd } from '../../waiting/batchRuns';
import { findBatchRuns } from '../../waiting/batchRuns';
import type { RunWaiter, WaitedRun } from './waitForRun';
import { TRY_TO_CANCEL_MS } from './waitForRun';

export interface BatchWait {
	batch: BatchRun;
	sinceMs: number;
	timeoutSeconds: number;
	/** Whether open runs are to be cancelled when the workflow is stopped. */
	cancelsOnStop: boolean;
	/** Gets runs as soon as the list shows them; after a stop some of them once more. */
	take: (runs: JsonObject[], countsFromMs: number) => void;
}

/** Finds the runs of a batch, whose answer names none of them, and says how that ended. */
export async function findRuns(waiter: RunWaiter, wait: BatchWait): Promise<BatchListEnd> {
	const { batch, sinceMs, timeoutSeconds, take } = wait;
	const end = await findBatchRuns(batch, { sinceMs, timeoutMs: timeoutSeconds * 1_000, take }, waiter.run);
	if (end.kind === 'stopped' && wait.cancelsOnStop) await findAfterStop(waiter, wait);
	return end;
}

/** Runs that are not found in time go on at Extend, and n8n's log says so. */
async function findAfterStop(waiter: RunWaiter, { batch, take }: BatchWait): Promise<void> {
	const client = waiter.clientAfterStop();
	const { kind } = await findBatchRuns(batch, { sinceMs: client.clock.nowMs(), timeoutMs: TRY_TO_CANCEL_MS, take }, client);
	if (kind !== 'complete') waiter.run.context.logger.warn(`Some runs of Extend batch ${batch.id} go on: they were not listed in time`);
}

/** A run as a list shows it, to be waited for. A finished one is still to be read, since lists hold no result. */
export function asWaited(listed: JsonObject, sinceMs: number): WaitedRun {
	const id = stringAt(listed, 'id') ?? '';
	const status = stringAt(listed, 'status');
	if (status === undefined) return { id, sinceMs };
	const run = { id, status, json: listed };
	return { id, sinceMs, ...(isFinal(run) ? { listed: run } : { run }) };
}

/** Why a run of the batch is not to be had, in words. */
export function describeMissing({ batch: { id }, timeoutSeconds }: Pick<BatchWait, 'batch' | 'timeoutSeconds'>, end: BatchListEnd): ExtendError {
	const facts = { batchId: id };
	switch (end.kind) {
		case 'stopped':
			return stoppedError().withFacts(facts);
		case 'unreadable':
			return new ExtendError(`${end.error.message}, while the runs of batch ${id} were looked for`, end.error.advice, { ...end.error.facts, ...facts });
		case 'deadline': {
			const fault = end.lastFault === undefined ? '' : `. The last look did not succeed: ${end.lastFault.message}`;
			return new ExtendError(
				`Extend's list did not show every run of batch ${id} within ${timeoutSeconds} s${fault}`,
				'The batch goes on at Extend: fetch its runs with Wait for Completion and the batch ID, or set a longer Timeout under Wait Options.',
				{ code: 'TIMEOUT', retryable: true, requestId: end.lastFault?.facts.requestId, ...facts },
			);
		}
		default:
			return new ExtendError(
				`Batch ${id} is over at Extend, and its list does not show the run`,
				'The run was deleted there, or the workspace keeps no runs; check it in the Extend dashboard.',
				{ code: 'RUN_NOT_LISTED', retryable: false, ...facts },
			);
	}
}

/** Why nobody knows which run of the batch is that of a document: Extend does not give back the metadata that says so. */
export function describeUnmatched({ id }: BatchRun, runIds: string[]): ExtendError {
	return new ExtendError(
		`Extend's list does not say which run of batch ${id} is that of this document; its runs are ${nameSome(runIds)}`,
		'Fetch them with Wait for Completion and the batch ID. Where a workspace keeps no metadata, use the resource Classify Run instead.',
		{ code: 'RUN_NOT_MATCHED', retryable: false, batchId: id, runIds },
	);
}
