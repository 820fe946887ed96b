import type { StartRecord } from '../../../nodes/Extend/starting/duplicates';
import { findDuplicates } from '../../../nodes/Extend/starting/duplicates';
import { runWithKey, setUpFinder } from '../support/finderSetUp';
import { refusal } from '../support/startSetUp';

function setUp() {
	const { clock, extend, finder } = setUpFinder();
	const startedMs = clock.nowMs();
	const record = (runId: string, startKey: string): StartRecord => ({ runId, startKey, classifierId: 'cl_1', startedMs });
	return { clock, extend, record, find: async (records: StartRecord[]) => await findDuplicates(records, { finder, clock }) };
}

describe('findDuplicates', () => {
	it('names the other runs of a start key where there are any', async () => {
		const { extend, record, find } = setUp();
		for (const [id, startKey] of [['clr_0', 'key:a'], ['clr_1', 'key:a'], ['clr_2', 'key:b'], ['clr_3', 'key:a']] as const) extend.add(runWithKey(id, startKey));
		expect(await find([record('clr_1', 'key:a'), record('clr_2', 'key:b')])).toEqual([{ runId: 'clr_1', otherIds: ['clr_3', 'clr_0'] }]);
	});

	it.each(['FAILED', 'CANCELLED'])('leaves out a run that is %s: another was started for it on purpose', async (status) => {
		const { extend, record, find } = setUp();
		extend.add(runWithKey('clr_0', 'key:a', { status }));
		extend.add(runWithKey('clr_1', 'key:a'));
		expect(await find([record('clr_1', 'key:a')])).toEqual([]);
	});

	it('waits until the list shows what was made at the same moment', async () => {
		const { clock, extend, record, find } = setUp();
		extend.add(runWithKey('clr_1', 'key:a'));
		extend.add(runWithKey('clr_0', 'key:a'), 3_900);
		expect(await find([record('clr_1', 'key:a')])).toEqual([{ runId: 'clr_1', otherIds: ['clr_0'] }]);
		expect(clock.pausesMs).toEqual([4_000]);
	});

	it('does not wait for runs that were started long ago, and waits for the latest', async () => {
		const { clock, extend, record, find } = setUp();
		extend.add(runWithKey('clr_1', 'key:a'));
		clock.sleep(10_000);
		await find([record('clr_1', 'key:a')]);
		expect(clock.pausesMs).toEqual([0]);
		await find([{ ...record('clr_1', 'key:a'), startedMs: clock.nowMs() }, record('clr_1', 'key:b')]);
		expect(clock.pausesMs).toEqual([0, 4_000]);
	});

	it('lists once for each classifier, and not at all for nothing', async () => {
		const { clock, extend, record, find } = setUp();
		extend.add(runWithKey('clr_9', 'key:a', { classifier: null }));
		expect([await find([]), extend.listings, clock.pausesMs]).toEqual([[], [], []]);
		const records = [record('clr_1', 'key:b'), { ...record('clr_2', 'key:a'), classifierId: undefined }, record('clr_3', 'key:b')];
		expect(await find(records)).toEqual([{ runId: 'clr_2', otherIds: ['clr_9'] }]);
		expect(extend.listings.map(({ classifierId }) => classifierId)).toEqual(['cl_1', undefined]);
	});

	it('passes on why the list cannot be read', async () => {
		const { extend, record, find } = setUp();
		extend.listFault = refusal;
		await expect(find([record('clr_1', 'key:a')])).rejects.toBe(refusal);
	});
});
