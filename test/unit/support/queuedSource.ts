import { readApiError } from '../../../nodes/Extend/api/errors';
import { Bucket } from '../../../nodes/Extend/api/buckets';
import type { RunSource } from '../../../nodes/Extend/waiting/openRun';
import { answer } from './answers';
import { VirtualClock } from './virtualClock';
import type { WatchedExtend } from './watchedExtend';

/** One execution whose reads wait for their turn in the bucket, and of which Extend accepts so many a second. */
export function queuedSource(extend: WatchedExtend, perSecond: number, bucket = new Bucket()): RunSource {
	const { clock } = extend;
	const own = new VirtualClock();
	const atOnce = extend.sourceOf(own);
	let acceptedMs: number[] = [];

	async function inTurn<T>(read: () => Promise<T>, onSent: () => void = () => undefined): Promise<T> {
		const slot = await bucket.take(clock);
		onSent();
		acceptedMs = acceptedMs.filter((ms) => ms > clock.nowMs() - 1_000);
		const isRefused = acceptedMs.length >= perSecond;
		if (!isRefused) acceptedMs.push(clock.nowMs());
		try {
			if (!isRefused) return await read();
			await clock.elapse(extend.latencyMs);
			bucket.limiter.refused(clock.nowMs());
			throw readApiError(answer(429, {}));
		} finally {
			if (slot !== undefined) bucket.returned(slot, clock.nowMs());
			if (!isRefused) bucket.limiter.accepted(clock.nowMs());
		}
	}

	return {
		clock: own,
		poll: async (id, onSent) => await inTurn(async () => await atOnce.poll(id, () => undefined), onSent),
		list: async (...request) => await inTurn(async () => await atOnce.list(...request)),
	};
}
