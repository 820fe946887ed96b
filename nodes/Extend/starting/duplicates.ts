import type { Clock } from '../api/clock';
import { hasFailed } from '../runs/status';
import type { RunFinder } from './runFinder';

/** A run that was started, with what it was started for. */
export interface StartRecord {
	runId: string;
	startKey: string;
	classifierId: string | undefined;
	/** When it was started, in ms. */
	startedMs: number;
}

/** A run, and those that exist beside it for the same document. */
export interface Duplicate {
	runId: string;
	otherIds: string[];
}

/** How much later than it was made a run usually is listed, at most. */
const LIST_LAG_MS = 4_000;

/**
 * The started runs beside which others carry the same start key. Extend has nothing to lock: two processes that look for
 * a key at the very same moment both find nothing, and a start that seemed lost may act later than anybody looks for
 * it. Both can only be noticed afterwards, with one pass through the list for each classifier.
 */
export async function findDuplicates(
	started: readonly StartRecord[],
	{ finder, clock }: { finder: Pick<RunFinder, 'listDay'>; clock: Pick<Clock, 'nowMs' | 'pause'> },
): Promise<Duplicate[]> {
	if (started.length === 0) return [];
	const listedMs = started.reduce((latest, { startedMs }) => Math.max(latest, startedMs), 0) + LIST_LAG_MS;
	await clock.pause(Math.max(0, listedMs - clock.nowMs()));
	const classifierIds = new Set(started.map(({ classifierId }) => classifierId));
	const duplicates = [...classifierIds].map(async (classifierId) => {
		const { runs } = await finder.listDay(classifierId, 0);
		const byStartKey = new Map<string, string[]>();
		for (const run of runs.filter((one) => !hasFailed(one))) byStartKey.set(run.startKey, [...(byStartKey.get(run.startKey) ?? []), run.id]);
		return started
			.filter((record) => record.classifierId === classifierId)
			.map(({ runId, startKey }) => ({ runId, otherIds: (byStartKey.get(startKey) ?? []).filter((id) => id !== runId) }))
			.filter(({ otherIds }) => otherIds.length > 0);
	});
	return (await Promise.all(duplicates)).flat();
}
