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

/** Runs of a batch as a list shows them. */
export interface ListedRuns {
	runs: JsonObject[];
	/** Moment, in ms, from which their timeout counts. */
	countsFromMs: number;
}

/** The runs of a batch, whose answer names none of them, as soon as the list shows them; gives how that ended. */
export async function* listBatch(waiter: RunWaiter, batch: BatchRun, wait: BatchWait): AsyncGenerator<ListedRuns, BatchListEnd, undefined> {
	const { sinceMs, timeoutSeconds, cancelsOnStop } = wait;
	const end = yield* listWithin(batch, { sinceMs, timeoutMs: timeoutSeconds * 1_000 }, waiter.execution);
	if (end.kind === 'stopped' && cancelsOnStop) yield* listAfterStop(waiter, batch);
	return end;
}

/** Runs that are not found in time continue at Extend, and n8n's log says so. */
async function* listAfterStop(waiter: RunWaiter, batch: BatchRun): AsyncGenerator<ListedRuns> {
	const access = waiter.accessAfterStop();
	const { kind } = yield* listWithin(batch, { sinceMs: access.clock.nowMs(), timeoutMs: TRY_TO_CANCEL_MS }, access);
	if (kind !== 'complete') waiter.execution.context.logger.warn(`Some runs of Extend batch ${batch.id} continue at Extend: they were not listed in time`);
}

function listWithin(
	batch: BatchRun,
	time: { sinceMs: number; timeoutMs: number },
	access: ExtendAccess,
): AsyncGenerator<ListedRuns, BatchListEnd, undefined> {
	return asTheyCome(async (emit) => {
		const take = (runs: JsonObject[], countsFromMs: number): void => emit({ runs, countsFromMs });
		return await findBatchRuns(batch, { ...time, take }, access);
	});
}
