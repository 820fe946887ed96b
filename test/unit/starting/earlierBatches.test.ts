import { EarlierBatches } from '../../../nodes/Extend/starting/earlierBatches';
import type { BatchPlan } from '../../../nodes/Extend/starting/plan';

const planOf = (token: string, looksFirst = true): BatchPlan => ({
	target: { classifier: { id: 'cl_1' } },
	source: { kind: 'input', file: { id: 'file_1' } },
	metadata: {},
	token,
	looksFirst,
});
const run = (id: string, status: string, token = 'a') => ({ id, status, token, json: {} });

function setUp({ inBatch = [], inAll = [], batchIds = { a: 'bpr_1', b: 'bpr_1' } }: { inBatch?: object[]; inAll?: object[]; batchIds?: Record<string, string> }) {
	const lists: string[] = [];
	const earlier = new EarlierBatches({
		startedBatchIds: batchIds,
		startedRunIds: {},
		getRun: async (id) => await Promise.reject(new Error(`Nobody asked for ${id}`)),
		finder: {
			listBatch: async (id) => await Promise.resolve((lists.push(id), inBatch as never)),
			listTokens: async () => await Promise.resolve((lists.push('all'), { runs: inAll as never, isCutShort: true })),
		},
	});
	return { earlier, lists };
}

describe('EarlierBatches.find', () => {
	it.each([
		['is not listed yet', [], { kind: 'batch', batchId: 'bpr_1' }],
		['is under way', [run('clr_1', 'PROCESSING')], { kind: 'batch', batchId: 'bpr_1' }],
		['failed', [run('clr_1', 'FAILED')], { kind: 'none', known: new Set(['clr_1']) }],
		['is of another document', [run('clr_1', 'FAILED', 'b')], { kind: 'batch', batchId: 'bpr_1' }],
	])('knows what to do when the run of a remembered batch %s', async (_, inBatch, expected) => {
		const { earlier, lists } = setUp({ inBatch });
		expect(await earlier.find(planOf('a'))).toEqual(expected);
		expect(lists).toEqual(['bpr_1']);
	});

	it('lists a remembered batch once for all its documents', async () => {
		const { earlier, lists } = setUp({});
		await Promise.all(['a', 'b'].map(async (token) => await earlier.find(planOf(token))));
		expect(lists).toEqual(['bpr_1']);
	});

	it('looks through all runs when no batch is remembered', async () => {
		const { earlier, lists } = setUp({ batchIds: {}, inAll: [run('clr_2', 'CANCELLED'), run('clr_1', 'PROCESSED')] });
		expect(await earlier.find(planOf('a'))).toMatchObject({ kind: 'run', run: { id: 'clr_1' } });
		expect(await earlier.find(planOf('b'))).toEqual({ kind: 'none', known: new Set() });
		expect([lists, await earlier.wasCutShort()]).toEqual([['all'], true]);
	});

	it('looks for nothing when it is not to look first', async () => {
		const { earlier, lists } = setUp({ inBatch: [run('clr_1', 'PROCESSING')] });
		expect(await earlier.find(planOf('a', false))).toEqual({ kind: 'none', known: new Set() });
		expect(lists).toEqual([]);
	});
});
