import { readApiError } from '../../../nodes/Extend/api/errors';
import { Budget } from '../../../nodes/Extend/api/pacing';
import type { RunSource } from '../../../nodes/Extend/waiting/openRun';
import { answer } from './answers';
import { VirtualClock } from './virtualClock';
import type { WatchedExtend } from './watchedExtend';

/** One execution whose reads wait for their turn in the bucket, and of which Extend accepts so many a second. */
export function queuedSource(extend: WatchedExtend, perSecond: number, budget = new Budget()): RunSource {
	const { clock } = extend;
	const own = new VirtualClock();
	const atOnce = extend.sourceOf(own);
	let acceptedMs: number[] = [];

	async function inTurn<T>(read: () => Promise<T>, onSent: () => void = () => undefined): Promise<T> {
		const slot = await budget.take(clock);
		onSent();
		acceptedMs = acceptedMs.filter((ms) => ms > clock.nowMs() - 1_000);
		const isRefused = acceptedMs.length >= perSecond;
		if (!isRefused) acceptedMs.push(clock.nowMs());
		try {
			if (!isRefused) return await read();
			await clock.elapse(extend.latencyMs);
			budget.pace.refused(clock.nowMs());
			throw readApiError(answer(429, {}));
		} finally {
			if (slot !== undefined) budget.returned(slot, clock.nowMs());
			if (!isRefused) budget.pace.accepted(clock.nowMs());
		}
	}

	return {
		clock: own,
		look: async (id, onSent) => await inTurn(async () => await atOnce.look(id, () => undefined), onSent),
		list: async (...request) => await inTurn(async () => await atOnce.list(...request)),
	};
}
