import type { ExtendClient } from '../../../nodes/Extend/api/client';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import { findBatchRuns } from '../../../nodes/Extend/waiting/batchRuns';
import { VirtualClock } from './virtualClock';

/** More than can be read before any deadline here. */
const MOST_PAGES = 5_000;

export type Asking = Pick<ExtendClient, 'listRuns' | 'getBatch'>;

interface World {
	/** When each run is listed, in ms from the beginning. */
	listedAtMs: number[];
	runCount?: number;
	/** When the batch is over, and what its status is then. */
	overAtMs?: number;
	status?: string;
	pageSize?: number;
	/** Whether every page says that another one follows. */
	isEndless?: boolean;
	/** What listing throws at a time. */
	fault?: (ms: number) => Error | undefined;
	/** How long a page takes. */
	latencyMs?: number;
	/** When runs finish, in ms from the beginning. */
	finishAtMs?: number[];
}

/** What a client asks with, told when a request goes out. */
export const clientOf = (listRuns: Asking['listRuns'], getBatch: Asking['getBatch']) => (onSent: () => void): Asking => ({
	listRuns: async (...request) => {
		onSent();
		return await listRuns(...request);
	},
	getBatch,
});

/** Looks for the runs of a batch, and tells what was found when. */
export async function search({ listedAtMs, runCount = listedAtMs.length, overAtMs = Infinity, status: newStatus = 'PROCESSED', pageSize = 1_000, isEndless = false, fault, latencyMs = 10, finishAtMs = [] }: World, deadlineMs = 600_000, stopAtMs?: number) {
	const beganMs = Date.UTC(2026, 9, 5, 9);
	const clock = new VirtualClock(beganMs);
	const passedMs = (): number => clock.nowMs() - beganMs;
	if (stopAtMs !== undefined) clock.after(stopAtMs, () => clock.stop());
	const batch = (status: string) => ({ id: 'bpr_1', status, json: { id: 'bpr_1', status, runCount } });
	const found: Array<{ id: unknown; atMs: number; countsFromMs: number }> = [];
	let looks = 0;
	const list = async (query: object, _size: number, token = '0') => {
		if (token === '0') looks++;
		expect(query).toEqual({ batchId: 'bpr_1', sortBy: 'createdAt', sortDir: 'asc' });
		await clock.elapse(latencyMs);
		const thrown = fault?.(passedMs());
		if (thrown !== undefined) throw thrown;
		const listed = listedAtMs.flatMap((ms, index): JsonObject[] => (ms <= passedMs() ? [{ id: `clr_${index}`, status: passedMs() >= (finishAtMs[index] ?? Infinity) ? 'PROCESSED' : 'PENDING' }] : []));
		const from = Number(token);
		if (from > MOST_PAGES * pageSize) throw new Error('The code under test asks for page after page');
		const hasMore = isEndless || listed.length > from + pageSize;
		return { entries: isEndless ? [{ note: 'no run' }] : listed.slice(from, from + pageSize), nextPageToken: hasMore ? String(from + pageSize) : undefined };
	};
	const getBatch = async () => await Promise.resolve(batch(passedMs() >= overAtMs ? newStatus : 'PROCESSING'));
	const take = (runs: JsonObject[], fromMs: number) => found.push(...runs.map(({ id }) => ({ id, atMs: passedMs(), countsFromMs: fromMs - beganMs })));
	const end = await findBatchRuns(batch('PENDING'), { sinceMs: beganMs, timeoutMs: deadlineMs, take }, { extend: { once: clientOf(list, getBatch) }, clock });
	return { end, found, looks, tookMs: passedMs() };
}
