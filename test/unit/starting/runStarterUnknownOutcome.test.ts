import type { StartFate } from '../support/fakeExtend';
import { faultOf } from '../support/faults';
import { earlierRun, noMemory, OWN_KEY, planOf, refusal, SHARED_KEY, upload, World } from '../support/startSetUp';

const retried = planOf(OWN_KEY, { looksFirst: true });

describe('RunStarter.start, when the answer to a start is lost,', () => {
	it.each([0, 1_000, 8_000])('finds the run that was made when the list lags by %i ms, and sends nothing again', async (lagMs) => {
		const world = new World(['lostButMade'], lagMs);
		expect(await world.execution().runs.start(planOf())).toMatchObject({ run: { id: 'clr_1' }, isReused: false, isOwn: true, wasSentAgain: false });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('sends it again when no run was made, and says so', async () => {
		const world = new World(['lostAndNotMade', 'lostAndNotMade']);
		expect(await world.execution().runs.start(planOf(OWN_KEY, { source: upload }))).toMatchObject({ run: { id: 'clr_1' }, wasSentAgain: true });
		expect([world.extend.requests.length, world.extend.uploadCount]).toEqual([3, 1]);
	});

	it('gives up after three that leave no trace', async () => {
		const world = new World(Array.from({ length: 9 }, () => 'lostAndNotMade'));
		const fault = await faultOf(world.execution().runs.start(planOf()));
		expect(fault.facts).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
		expect(fault.message).toContain(`n8n:start = ${OWN_KEY} no run was found. The last start: No answer came`);
		expect(world.extend.requests).toHaveLength(3);
	});

	it('looks once more when the turn of the next request has come: the list may be late', async () => {
		const world = new World(['lostButMade'], 12_000);
		world.extend.turnTakesMs = 10_000;
		expect(await world.execution().runs.start(planOf())).toMatchObject({ run: { id: 'clr_1' }, isReused: true, isOwn: true });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('does not take an earlier run that failed for the new one', async () => {
		const world = new World(['lostAndNotMade']);
		world.extend.add(earlierRun('FAILED'));
		expect((await world.execution().runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_2');
	});

	it('does not take any failed run of an earlier try for the new one', async () => {
		const world = new World(['answered', 'lostButMade'], 5_000);
		const remembered = noMemory('1');
		world.extend.add(earlierRun('FAILED'));
		await world.execution({ executionId: '1', remembered }).runs.start(planOf(SHARED_KEY));
		world.extend.ends('clr_2', 'FAILED');
		expect((await world.execution({ executionId: '2', remembered }).runs.start(planOf(SHARED_KEY))).run.id).toBe('clr_3');
	});

	it('sends nothing more when the list cannot be read', async () => {
		const world = new World(['lostButMade']);
		world.extend.listFault = refusal;
		const fault = await faultOf(world.execution().runs.start(planOf()));
		expect([fault.facts.code, fault.message]).toEqual(['OUTCOME_UNKNOWN', expect.stringContaining(`could not be read (${refusal.message})`)]);
		expect(world.extend.requests).toHaveLength(1);
	});

	it('gives a run that was found as it is listed when it cannot be read', async () => {
		const world = new World(['lostButMade']);
		world.extend.readLagMs = 60_000;
		expect((await world.execution().runs.start(planOf())).run).toMatchObject({ id: 'clr_1', status: 'PENDING' });
	});

	it.each<[string, StartFate[], string]>([
		['refused', ['lostAndNotMade', refusal], refusal.message],
		['lost, and its list refused', ['lostAndNotMade'], 'Extend answered: no'],
	])('still says that a run may exist when the next request is %s', async (_, fates, message) => {
		const world = new World(fates);
		const { runs } = world.execution();
		if (fates.length === 1) world.clock.after(9_500, () => (world.extend.listFault = refusal));
		world.extend.turnTakesMs = fates.length === 1 ? 400 : 0;
		const fault = await faultOf(runs.start(planOf()));
		expect(fault.message).toBe(`${message}. An earlier request for this document may have started a run with the metadata n8n:start = ${OWN_KEY}`);
		expect([fault.advice, fault.facts.code]).toEqual([expect.stringMatching(/^Change it\. Check the runs in the Extend dashboard/), 'INVALID_REQUEST']);
	});
});

describe('RunStarter.start, when Extend answers a start with something else than a run,', () => {
	it('looks for the run and sends nothing again; the item says what Extend said', async () => {
		const world = new World(['answeredOtherwise']);
		const fault = await faultOf(world.execution().runs.start(planOf()));
		expect(fault.message).toMatch(/Your plan is over\. No run with the metadata n8n:start = run:a was found$/);
		expect(fault.facts).toMatchObject({ code: 'UNREADABLE_ANSWER', retryable: false });
		expect(world.extend.requests).toHaveLength(1);
	});

	it('sends nothing again at another try of the execution either, but looks once more', async () => {
		const world = new World(['answeredOtherwise']);
		const remembered = noMemory('1');
		await faultOf(world.execution({ executionId: '1', remembered }).runs.start(planOf()));
		const fault = await faultOf(world.execution({ executionId: '1', remembered }).runs.start(retried));
		expect(fault.message).toMatch(/Your plan is over\. No run with the metadata n8n:start = run:a was found$/);
		expect([fault.facts.code, fault.facts.retryable, world.extend.requests.length]).toEqual(['UNREADABLE_ANSWER', false, 1]);
		world.extend.add(earlierRun('PROCESSED', OWN_KEY));
		expect((await world.execution({ executionId: '1', remembered }).runs.start(retried)).run.id).toBe('clr_old');
	});

	it('sends it again in a new execution that somebody begins by hand', async () => {
		const world = new World(['answeredOtherwise']);
		const remembered = noMemory('1');
		await faultOf(world.execution({ executionId: '1', remembered }).runs.start(planOf()));
		expect(await world.execution({ executionId: '2', remembered }).runs.start(retried)).toMatchObject({ run: { id: 'clr_1' }, wasSentAgain: true });
	});
});

describe('RunStarter.start, at another try after a start with an unknown outcome,', () => {
	const giveUp = async (fates: StartFate[], lagMs = 0) => {
		const world = new World(fates, lagMs);
		const remembered = noMemory('1');
		await faultOf(world.execution({ executionId: '1', remembered }).runs.start(planOf()));
		return { world, remembered };
	};
	const thrice: StartFate[] = ['lostAndNotMade', 'lostAndNotMade', 'lostAndNotMade'];

	it('uses the run once it is listed, as its own', async () => {
		const { world, remembered } = await giveUp(['lostButMade', ...thrice.slice(1)], 600_000);
		await world.clock.elapse(600_000);
		expect(await world.execution({ executionId: '1', remembered }).runs.start(retried)).toMatchObject({ run: { id: 'clr_1' }, isReused: true, isOwn: true, wasSentAgain: true });
		expect(world.extend.requests).toHaveLength(3);
	});

	it('sends no fourth request in the same execution', async () => {
		const { world, remembered } = await giveUp(thrice);
		for (const tries of [2, 3]) {
			expect(tries).toBeGreaterThan(1);
			const fault = await faultOf(world.execution({ executionId: '1', remembered }).runs.start(retried));
			expect(fault.message).toMatch(/the start that an earlier try sent: no run with the metadata n8n:start = run:a is listed yet\. It was not sent again$/);
		}
		expect(world.extend.requests).toHaveLength(3);
	});

	it('may send three more in each new execution that somebody begins by hand', async () => {
		const { world, remembered } = await giveUp([...thrice, ...thrice]);
		await faultOf(world.execution({ executionId: '2', remembered }).runs.start(retried));
		await faultOf(world.execution({ executionId: '2', remembered }).runs.start(retried));
		expect(world.extend.requests).toHaveLength(6);
		expect((await world.execution({ executionId: '3', remembered }).runs.start(retried)).run.id).toBe('clr_1');
	});

	it('looks first although it was not told to, as when an AI agent calls its tool again', async () => {
		const world = new World(['lostButMade', 'lostAndNotMade', 'lostAndNotMade'], 60_000);
		const remembered = noMemory('1');
		await faultOf(world.execution({ executionId: '1', remembered }).runs.start(planOf('call:a')));
		await world.clock.elapse(60_000);
		const again = await world.execution({ executionId: '1', runIndex: 1, remembered }).runs.start(planOf('call:a'));
		expect([again.run.id, again.isReused, world.extend.requests.length]).toEqual(['clr_1', true, 3]);
	});

	it('sends nothing again while the list leaves out the metadata, which would tell', async () => {
		const world = new World(['lostButMade']);
		const { listRuns } = world.extend;
		world.extend.listRuns = async (...args) => {
			const page = await listRuns(...args);
			return { ...page, entries: page.entries.map(({ metadata, ...rest }) => (metadata === undefined ? {} : rest)) };
		};
		const remembered = noMemory('1');
		for (const plan of [planOf(), retried]) {
			expect((await faultOf(world.execution({ executionId: '1', remembered }).runs.start(plan))).facts.code).toBe('OUTCOME_UNKNOWN');
		}
		expect(world.extend.requests).toHaveLength(1);
	});

	it('starts a new one when the run that was made has failed meanwhile', async () => {
		const { world, remembered } = await giveUp(['lostButMade', ...thrice.slice(1)], 60_000);
		await world.clock.elapse(60_000);
		world.extend.ends('clr_1', 'FAILED');
		expect((await world.execution({ executionId: '1', remembered }).runs.start(retried)).run.id).toBe('clr_2');
	});
});
