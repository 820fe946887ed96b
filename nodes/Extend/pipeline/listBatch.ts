import type { ExtendAccess } from '../api/access';
import type { JsonObject } from '../api/json';
import type { BatchRun } from '../api/types';
import type { BatchListEnd } from '../waiting/batchRuns';
import { findBatchRuns } from '../waiting/batchRuns';
import { asTheyCome } from '../starting/asTheyCome';
import type { RunWaiter } from './runWaiter';
import { TRY_TO_CANCEL_MS } from './runWaiter';

export interface BatchWait {
	sinceMs: number;
	timeoutSeconds: number;
	/** Whether open runs are to be cancelled when the workflow is stopped. */
	cancelsOnStop: boolean;
}

/** The runs of a batch, whose answer names none of them, as soon as the list shows them; gives how that ended. */
export async function* listBatch(waiter: RunWaiter, batch: BatchRun, wait: BatchWait): AsyncGenerator<JsonObject[], BatchListEnd, undefined> {
	const { sinceMs, timeoutSeconds, cancelsOnStop } = wait;
	const end = yield* listUntil(batch, sinceMs + timeoutSeconds * 1_000, waiter.execution);
	if (end.kind === 'stopped' && cancelsOnStop) yield* listAfterStop(waiter, batch);
	return end;
}

/** Runs that are not found in time continue at Extend, and n8n's log says so. */
async function* listAfterStop(waiter: RunWaiter, batch: BatchRun): AsyncGenerator<JsonObject[]> {
	const access = waiter.accessAfterStop();
	const { kind } = yield* listUntil(batch, access.clock.nowMs() + TRY_TO_CANCEL_MS, access);
	if (kind !== 'complete') waiter.execution.context.logger.warn(`Some runs of Extend batch ${batch.id} continue at Extend: they were not listed in time`);
}

function listUntil(batch: BatchRun, deadlineMs: number, access: ExtendAccess): AsyncGenerator<JsonObject[], BatchListEnd, undefined> {
	return asTheyCome(async (take) => await findBatchRuns(batch, { deadlineMs, take }, access));
}
