import { findDoubles } from '../../../nodes/Extend/starting/doubles';
import type { FoundRun } from '../../../nodes/Extend/starting/finder';

/** A finder before these runs, and the classifiers it was asked for. */
function finderOf(runsByClassifier: Record<string, FoundRun[]>) {
	const asked: Array<string | undefined> = [];
	const listTokens = async (classifierId: string | undefined) => {
		asked.push(classifierId);
		return await Promise.resolve({ runs: runsByClassifier[classifierId ?? ''] ?? [], isCutShort: false });
	};
	return { asked, listTokens };
}

const run = (id: string, token: string, status = 'PROCESSED'): FoundRun => ({ id, token, status, json: {} });
const record = (runId: string, token: string, classifierId?: string) => ({ runId, token, classifierId });

describe('findDoubles', () => {
	it('names the other runs of a token when there are any', async () => {
		const finder = finderOf({ cl_1: [run('clr_3', 'key:a'), run('clr_2', 'key:b'), run('clr_1', 'key:a'), run('clr_0', 'key:a')] });
		const started = [record('clr_1', 'key:a', 'cl_1'), record('clr_2', 'key:b', 'cl_1')];
		expect(await findDoubles(started, finder)).toEqual([{ runId: 'clr_1', otherIds: ['clr_3', 'clr_0'] }]);
	});

	it.each(['FAILED', 'CANCELLED'])('leaves out a run that is %s: another was started for it on purpose', async (status) => {
		const finder = finderOf({ cl_1: [run('clr_0', 'key:a', status), run('clr_1', 'key:a')] });
		expect(await findDoubles([record('clr_1', 'key:a', 'cl_1')], finder)).toEqual([]);
	});

	it('lists once for each classifier, and not at all for nothing', async () => {
		const finder = finderOf({ '': [run('clr_9', 'key:a')] });
		await findDoubles([], finder);
		expect(finder.asked).toEqual([]);
		const started = [record('clr_1', 'key:a', 'cl_1'), record('clr_2', 'key:a'), record('clr_3', 'key:b', 'cl_1')];
		expect(await findDoubles(started, finder)).toEqual([{ runId: 'clr_2', otherIds: ['clr_9'] }]);
		expect(finder.asked).toEqual(['cl_1', undefined]);
	});
});
