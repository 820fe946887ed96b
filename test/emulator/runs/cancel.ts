import type { Extend } from 'extend-ai';
import type { EmulatorOptions } from '../options';
import { invalid } from '../server/errors';
import { phaseAt, type StoredRun } from './lifecycle';
import { shapeRun } from './shape';

/**
 * Cancels a run in progress and answers it as it then is.
 * @throws ApiProblem 400 for a run that has ended, or (unless the options allow it) not begun
 */
export function cancelRun(run: StoredRun, options: EmulatorOptions): Extend.ClassifyRun {
	const nowMs = options.nowMs();
	const { status } = phaseAt(run, nowMs);
	const isAllowed = status === 'PROCESSING' || (status === 'PENDING' && options.cancelPending);
	if (!isAllowed) throw invalid(`A run with status ${status} cannot be cancelled.`);
	run.cancel = { atMs: nowMs, doneAtMs: nowMs + options.cancellingMs };
	return shapeRun(run, nowMs);
}
