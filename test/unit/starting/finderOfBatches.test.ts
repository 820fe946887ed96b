import { ExtendError } from '../../../nodes/Extend/api/errors';
import { runWithToken, setUpFinder } from '../support/finderSetUp';

const NONE = new Set<string>();

describe('RunFinder.listBatch', () => {
	it('gives all runs of the batch that carry a token, whatever their age and classifier', async () => {
		const { extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_other', 'key:b', { classifier: { id: 'cl_2' }, createdAt: '2020-01-01T00:00:00Z' }));
		extend.add(runWithToken('clr_bare', 'key:c', { metadata: null }));
		for (let index = 0; index < 1_500; index++) extend.add(runWithToken(`clr_${index}`, `run:${index}`));
		const found = await finder.listBatch('bpr_1');
		expect(found).toHaveLength(1_501);
		expect(extend.listings.map(({ batchId, classifierId }) => [batchId, classifierId])).toEqual(Array(2).fill(['bpr_1', undefined]));
	});
});

describe('RunFinder.findAllFresh', () => {
	const tokens = (count: number) => new Set(Array.from({ length: count }, (_, index) => `run:${index}`));

	it.each([0, 900, 8_000])('finds all runs when the list lags by %i ms', async (lagMs) => {
		const { extend, finder } = setUpFinder();
		for (let index = 0; index < 1_000; index++) extend.add(runWithToken(`clr_${index}`, `run:${index}`), lagMs);
		const found = await finder.findAllFresh(tokens(1_000), 'cl_1', NONE);
		expect([found.size, found.get('run:7')?.id]).toEqual([1_000, 'clr_7']);
	});

	it('goes on for as long as more of them show, and no longer', async () => {
		const { clock, extend, finder } = setUpFinder();
		for (let index = 0; index < 8; index++) extend.add(runWithToken(`clr_${index}`, `run:${index}`), index * 4_000);
		const begunMs = clock.nowMs();
		expect((await finder.findAllFresh(tokens(8), 'cl_1', NONE)).size).toBe(8);
		expect(clock.nowMs() - begunMs).toBeLessThan(40_000);
		const looks = extend.listings.length;
		await finder.findAllFresh(new Set(['run:nobody']), 'cl_1', NONE);
		expect(extend.listings.length - looks).toBe(4);
	});

	it('passes over runs that were known before, and takes the newest of several', async () => {
		const { extend, finder } = setUpFinder();
		for (const id of ['clr_known', 'clr_older', 'clr_newer']) extend.add(runWithToken(id, 'run:0'));
		const found = await finder.findAllFresh(tokens(1), 'cl_1', new Set(['clr_known']));
		expect(found.get('run:0')?.id).toBe('clr_newer');
	});

	it('keeps what it has found when the list cannot be read any more', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.add(runWithToken('clr_0', 'run:0'));
		clock.after(600, () => {
			extend.listFault = new ExtendError('Refused', 'Wait.', { code: 'X' });
		});
		expect([...(await finder.findAllFresh(tokens(2), 'cl_1', NONE)).keys()]).toEqual(['run:0']);
	});
});
