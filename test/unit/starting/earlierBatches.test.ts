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

interface World {
	inBatch?: object[];
	inAll?: object[];
	batchIds?: Record<string, string>;
	runIds?: Record<string, string>;
	unanswered?: Record<string, string>;
	/** What runs are read as. */
	statusById?: Record<string, string>;
}

function setUp({ inBatch = [], inAll = [], batchIds = { a: 'bpr_1', b: 'bpr_1' }, runIds = {}, unanswered = {}, statusById = {} }: World) {
	const lists: string[] = [];
	const earlier = new EarlierBatches({
		startedBatchIds: batchIds,
		startedRunIds: runIds,
		unansweredStarts: unanswered,
		getRun: async (id) => {
			const status = statusById[id];
			if (status === undefined) throw new Error(`Nobody asked for ${id}`);
			return await Promise.resolve({ id, status, json: { id, status } });
		},
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

	it.each(['PENDING', 'PROCESSING', 'CANCELLING', ''])('reads a run that is listed as "%s", since it may have ended meanwhile', async (status) => {
		const world = { batchIds: {}, inAll: [run('clr_1', status)] };
		expect(await setUp({ ...world, statusById: { clr_1: 'PROCESSED' } }).earlier.find(planOf('a'))).toMatchObject({ kind: 'run', run: { id: 'clr_1', status: 'PROCESSED' } });
		for (const ended of ['FAILED', 'CANCELLED']) {
			expect(await setUp({ ...world, statusById: { clr_1: ended } }).earlier.find(planOf('a'))).toEqual({ kind: 'none', known: new Set(['clr_1']) });
		}
	});

	it('reads a run that this execution remembers, and lists nothing', async () => {
		const { earlier, lists } = setUp({ batchIds: {}, runIds: { a: 'clr_1' }, statusById: { clr_1: 'FAILED' } });
		expect(await earlier.find(planOf('a'))).toEqual({ kind: 'none', known: new Set(['clr_1']) });
		expect(lists).toEqual([]);
	});

	it.each([true, false])('lets no document be sent again whose last request got no answer, whether told to look first or not: %s', async (looksFirst) => {
		const { earlier, lists } = setUp({ batchIds: {}, unanswered: { a: 'clr_0' }, inAll: [run('clr_0', 'FAILED')] });
		expect(await earlier.find(planOf('a', looksFirst))).toEqual({ kind: 'unanswered' });
		expect(lists).toEqual(['all']);
	});

	it('uses the run of a request without an answer once it is listed', async () => {
		const { earlier } = setUp({ batchIds: {}, unanswered: { a: '' }, inAll: [run('clr_1', 'PROCESSED')] });
		expect(await earlier.find(planOf('a'))).toMatchObject({ kind: 'run', run: { id: 'clr_1' } });
	});

	it('lets a document be sent again when the run of the request without an answer has failed', async () => {
		const { earlier } = setUp({ batchIds: {}, unanswered: { a: 'clr_0' }, inAll: [run('clr_1', 'FAILED'), run('clr_0', 'FAILED')] });
		expect(await earlier.find(planOf('a'))).toEqual({ kind: 'none', known: new Set(['clr_1', 'clr_0']) });
	});

	it('looks for nothing when it is not to look first', async () => {
		const { earlier, lists } = setUp({ inBatch: [run('clr_1', 'PROCESSING')] });
		expect(await earlier.find(planOf('a', false))).toEqual({ kind: 'none', known: new Set() });
		expect(lists).toEqual([]);
	});
});
