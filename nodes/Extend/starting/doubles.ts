import { hasFailed } from '../runs/status';
import type { RunFinder } from './finder';

/** A run that was started, with what it was started for. */
export interface StartRecord {
	runId: string;
	token: string;
	classifierId: string | undefined;
}

/** A run, and those that exist beside it for the same document. */
export interface Doubled {
	runId: string;
	otherIds: string[];
}

/**
 * The started runs beside which others carry the same token. Extend has nothing to lock: two executions that look for
 * a key at the very same moment both find nothing, and a start that seemed lost may act later than anybody looks for
 * it. Both can only be noticed afterwards, with one pass through the list for each classifier.
 */
export async function findDoubles(started: readonly StartRecord[], finder: Pick<RunFinder, 'listTokens'>): Promise<Doubled[]> {
	const classifierIds = new Set(started.map(({ classifierId }) => classifierId));
	const doubled = [...classifierIds].map(async (classifierId) => {
		const { runs } = await finder.listTokens(classifierId);
		const usable = runs.filter((run) => !hasFailed(run));
		const othersOf = ({ runId, token }: StartRecord): string[] =>
			usable.filter((run) => run.token === token && run.id !== runId).map(({ id }) => id);
		return started
			.filter((record) => record.classifierId === classifierId)
			.map((record) => ({ runId: record.runId, otherIds: othersOf(record) }))
			.filter(({ otherIds }) => otherIds.length > 0);
	});
	return (await Promise.all(doubled)).flat();
}
