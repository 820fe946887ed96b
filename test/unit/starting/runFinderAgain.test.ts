import { MAX_RUNS_LOOKED_THROUGH, START_KEY_LIFETIME_MS } from '../../../nodes/Extend/starting/runFinder';
import { runWithKey, setUpFinder } from '../support/finderSetUp';
import { refusal } from '../support/startSetUp';

const DAYS_MS = START_KEY_LIFETIME_MS;
const ids = (runs: ReadonlyArray<{ id: string }>) => runs.map(({ id }) => id);

describe('RunFinder.listDay, when it was called before,', () => {
	const aroundTheClock = (tellsTime: boolean) => {
		const set = setUpFinder();
		set.extend.tellsTime = tellsTime;
		return set;
	};

	it('gives what it has when that is new enough', async () => {
		const { clock, extend, finder } = setUpFinder();
		await finder.listDay('cl_1');
		clock.sleep(280);
		await Promise.all([finder.listDay('cl_1'), finder.listDay('cl_1', 300)]);
		expect(extend.listings).toHaveLength(1);
	});

	it.each([true, false])('reads only what is new, and knows the rest (Extend tells the time: %s)', async (tellsTime) => {
		const { clock, extend, finder } = aroundTheClock(tellsTime);
		for (let index = 0; index < 3_000; index++) extend.add(runWithKey(`clr_${index}`, 'key:a'));
		clock.sleep(120_000);
		extend.add(runWithKey('clr_3000', 'key:a'));
		await finder.listDay('cl_1');
		clock.sleep(3_600_000);
		for (let index = 0; index < 500; index++) extend.add(runWithKey(`clr_new_${index}`, 'key:b'));
		extend.listings.length = 0;
		const { runs } = await finder.listDay('cl_1', 300);
		expect([runs.length, new Set(ids(runs)).size, runs[0]?.id, runs.at(-1)?.id]).toEqual([3_501, 3_501, 'clr_new_499', 'clr_0']);
		expect(extend.listings).toHaveLength(1);
	});

	it('gives a run that it knows with the status that it has now, once', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_1', 'key:a', { status: 'PENDING' }));
		await finder.listDay('cl_1');
		extend.ends('clr_1', 'FAILED');
		clock.sleep(1_000);
		expect((await finder.listDay('cl_1', 300)).runs.map(({ id, status }) => [id, status])).toEqual([['clr_1', 'FAILED']]);
	});

	it('finds what was made before and is listed only now', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.add(runWithKey('clr_late', 'key:a'), 30_000);
		await clock.elapse(2_000);
		extend.add(runWithKey('clr_1', 'key:b'));
		await finder.listDay('cl_1');
		await clock.elapse(30_000);
		expect(ids((await finder.listDay('cl_1', 300)).runs)).toContain('clr_late');
	});

	it.each([true, false])('does not go back more than a day after a list that was empty (Extend tells the time: %s)', async (tellsTime) => {
		const { clock, extend, finder } = aroundTheClock(tellsTime);
		await finder.listDay('cl_1');
		extend.add(runWithKey('clr_old', 'key:a', { createdAt: new Date(clock.nowMs() - 2 * DAYS_MS).toISOString() }));
		clock.sleep(1_000);
		expect((await finder.listDay('cl_1', 300)).runs).toEqual([]);
	});

	it('still says that the first list was cut short', async () => {
		const { clock, extend, finder } = setUpFinder();
		for (let index = 0; index <= MAX_RUNS_LOOKED_THROUGH; index++) extend.add(runWithKey(`clr_${index}`, 'key:a'));
		await finder.listDay('cl_1');
		clock.sleep(3_600_000);
		expect((await finder.listDay('cl_1', 300)).isCutShort).toBe(true);
	});

	it('shares one new list among all that need one', async () => {
		const { clock, extend, finder } = setUpFinder();
		await finder.listDay('cl_1');
		clock.sleep(1_000);
		await Promise.all(Array.from({ length: 50 }, async () => await finder.listDay('cl_1', 300)));
		expect(extend.listings).toHaveLength(2);
	});

	it('begins a new list when the one under way began too long ago', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.listTakesMs = 2_000;
		const first = finder.listDay('cl_1');
		await clock.elapse(1_000);
		extend.add(runWithKey('clr_1', 'key:a'));
		expect(ids((await finder.listDay('cl_1', 300)).runs)).toEqual(['clr_1']);
		expect((await first).runs).toEqual([]);
	});

	it('lists anew when the first list could not be read', async () => {
		const { clock, extend, finder } = setUpFinder();
		extend.listFault = refusal;
		await expect(finder.listDay('cl_1')).rejects.toBe(refusal);
		extend.listFault = undefined;
		extend.add(runWithKey('clr_1', 'key:a'));
		clock.sleep(1_000);
		expect(ids((await finder.listDay('cl_1', 300)).runs)).toEqual(['clr_1']);
	});
});
