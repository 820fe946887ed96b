import type { ExtendClient } from '../../api/client';
import type { Clock } from '../../api/clock';
import { asExtendError } from '../../api/errors';
import type { ExtendError } from '../../api/errors';
import type { Run } from '../../api/types';
import { isFinal } from '../../runs/status';

export type Cancellation =
	| { kind: 'cancelled'; run: Run }
	| { kind: 'alreadyFinal'; run: Run }
	/** Extend would not cancel it yet; it is documented to refuse runs that have not begun. */
	| { kind: 'refused'; run: Run; error: ExtendError };

/** Statuses with which Extend refuses to cancel a run for the state it is in. */
const REFUSALS = new Set([400, 409, 422]);
const PAUSE_MS = 1_000;

/**
 * Cancels a run; one that has not begun is tried again for `patienceMs`.
 * @throws ExtendError when Extend cannot be reached or does not know the run
 * @see https://docs.extend.ai/2026-02-09/api-reference cancelling is for runs in PROCESSING only
 */
export async function cancelRun(id: string, { extend, clock }: { extend: ExtendClient; clock: Clock }, patienceMs: number): Promise<Cancellation> {
	const untilMs = clock.nowMs() + patienceMs;
	for (;;) {
		const tried = await tryToCancel(id, extend);
		if (tried.kind === 'cancelled') {
			const hasEndedOtherwise = isFinal(tried.run) && tried.run.status !== 'CANCELLED';
			return hasEndedOtherwise ? { kind: 'alreadyFinal', run: tried.run } : tried;
		}
		const run = await extend.getRun(id);
		if (run.status === 'CANCELLING') return { kind: 'cancelled', run };
		if (isFinal(run)) return { kind: 'alreadyFinal', run };
		if (clock.nowMs() >= untilMs || clock.stopped()) return { kind: 'refused', run, error: tried.error };
		await clock.pause(PAUSE_MS);
	}
}

async function tryToCancel(id: string, extend: ExtendClient): Promise<{ kind: 'cancelled'; run: Run } | { kind: 'refused'; error: ExtendError }> {
	try {
		return { kind: 'cancelled', run: await extend.cancelRun(id) };
	} catch (caught) {
		const error = asExtendError(caught);
		if (REFUSALS.has(Number(error.facts.status))) return { kind: 'refused', error };
		throw error.withFacts({ runId: id });
	}
}
