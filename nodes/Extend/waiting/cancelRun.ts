import type { ExtendAccess } from '../api/access';
import type { ExtendClient } from '../api/client';
import { asExtendError } from '../api/errors';
import type { ExtendError } from '../api/errors';
import type { Run } from '../api/types';
import { isFinal } from '../runs/status';

export type Cancellation =
	| { kind: 'cancelled'; run: Run }
	| { kind: 'alreadyFinal'; run: Run }
	/** Extend would not cancel it yet; it is documented to refuse runs that have not begun. */
	| { kind: 'refused'; run: Run; error: ExtendError };

/** Refusals that may be for a run that has not begun; with any other one a run that is open stays so. */
const NOT_YET_STATUSES = new Set([400, 409, 422]);
/** Refusals that have nothing to do with the state of the run. */
const UNRELATED_STATUSES = new Set([401, 402, 408, 429]);

/** So often it is tried for a run that Extend refuses to cancel, with pauses that double. */
const MAX_TRIES = 6;
const FIRST_PAUSE_MS = 500;

/**
 * Cancels a run; one that has not begun is tried again a few times.
 * @param withinMs how long that may take
 * @throws ExtendError when Extend cannot be reached or does not know the run
 * @see https://docs.extend.ai/2026-02-09/api-reference cancelling is for runs in PROCESSING only
 */
export async function cancelRun(id: string, { extend, clock }: ExtendAccess<'cancelRun' | 'getRun'>, withinMs: number): Promise<Cancellation> {
	const untilMs = clock.nowMs() + withinMs;
	for (let tries = 1; ; tries++) {
		const tried = await tryToCancel(id, extend);
		if (tried.kind === 'cancelled') {
			const hasEndedOtherwise = isFinal(tried.run) && tried.run.status !== 'CANCELLED';
			return hasEndedOtherwise ? { kind: 'alreadyFinal', run: tried.run } : tried;
		}
		const run = await extend.getRun(id);
		if (run.status === 'CANCELLING') return { kind: 'cancelled', run };
		if (isFinal(run)) return { kind: 'alreadyFinal', run };
		const isLater = NOT_YET_STATUSES.has(Number(tried.error.facts.status));
		const isOver = tries === MAX_TRIES || clock.nowMs() >= untilMs || clock.isCancelled();
		if (!isLater || isOver) return { kind: 'refused', run, error: tried.error };
		await clock.pause(FIRST_PAUSE_MS * 2 ** (tries - 1));
	}
}

type Tried = { kind: 'cancelled'; run: Run } | { kind: 'refused'; error: ExtendError };

async function tryToCancel(id: string, extend: Pick<ExtendClient, 'cancelRun'>): Promise<Tried> {
	try {
		return { kind: 'cancelled', run: await extend.cancelRun(id) };
	} catch (caught) {
		const error = asExtendError(caught);
		const status = Number(error.facts.status);
		if (status >= 400 && status < 500 && !UNRELATED_STATUSES.has(status)) return { kind: 'refused', error };
		throw error.withFacts({ runId: id });
	}
}
