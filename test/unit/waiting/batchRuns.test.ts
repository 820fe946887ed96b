import { ExtendError } from '../../../nodes/Extend/api/errors';
import { findBatchRuns } from '../../../nodes/Extend/waiting/batchRuns';
import type { Asking } from '../support/batchSearch';
import { clientOf, search } from '../support/batchSearch';
import { VirtualClock } from '../support/virtualClock';

const faultOf = (status?: number) => new ExtendError('Not now', 'Wait.', { code: 'X', status, retryable: status === undefined });

describe('findBatchRuns', () => {
	it.each([1_000, 100, 7])('hands over all runs once when pages hold %i', async (pageSize) => {
		const { end, found, looks } = await search({ listedAtMs: Array(250).fill(0), pageSize });
		expect(end).toEqual({ kind: 'complete' });
		expect(found.map(({ id }) => id)).toEqual(Array.from({ length: 250 }, (_, index) => `clr_${index}`));
		expect(looks).toBe(1);
	});

	it('hands runs over as they show, each soon after', async () => {
		const listedAtMs = [0, 2_000, 30_000, 120_000];
		const { end, found } = await search({ listedAtMs });
		expect(end).toEqual({ kind: 'complete' });
		found.forEach(({ atMs }, index) => expect(atMs - (listedAtMs[index] ?? 0)).toBeLessThan(2_000 + 0.12 * atMs));
	});

	it('looks ever less often while nothing shows', async () => {
		const { end, looks, tookMs } = await search({ listedAtMs: [Infinity] }, 1_800_000);
		expect([end, tookMs >= 1_800_000]).toEqual([{ kind: 'deadline', lastFault: undefined }, true]);
		expect(looks).toBeLessThan(80);
	});

	it.each([0, -1])('takes a count of %i runs for none: the batch holds some', async (runCount) => {
		const { end, found } = await search({ listedAtMs: [0, 3_000], runCount, overAtMs: 5_000 });
		expect([end, found.length]).toEqual([{ kind: 'over' }, 2]);
	});

	it('ends at the deadline when the list never comes to its end', async () => {
		const { end, found, tookMs } = await search({ listedAtMs: [], runCount: 1, isEndless: true }, 20_000);
		expect(end).toEqual({ kind: 'deadline', lastFault: undefined });
		expect([found, tookMs]).toEqual([[], 20_000]);
	});

	it('looks a last time at the deadline', async () => {
		expect(await search({ listedAtMs: [Infinity] }, 10)).toMatchObject({ looks: 1, tookMs: 10 });
		expect(await search({ listedAtMs: [Infinity] }, 30_500)).toMatchObject({ end: { kind: 'deadline' }, tookMs: 30_510 });
		expect((await search({ listedAtMs: [30_500] }, 30_500)).end).toEqual({ kind: 'complete' });
	});

	it('does not wait long for a page that hangs', async () => {
		const { end, tookMs } = await search({ listedAtMs: [0], latencyMs: 3_600_000 }, 20_000);
		expect(end).toMatchObject({ kind: 'deadline' });
		expect(tookMs).toBe(25_000);
	});

	it('waits longer for a page whose turn comes late, and does without it in the end', async () => {
		const clock = new VirtualClock();
		const batch = { id: 'bpr_1', status: 'PENDING', json: { runCount: 1 } };
		const endOf = async (turnMs: number) => {
			const once = (onSent: () => void): Asking => ({
				listRuns: async () => {
					await clock.elapse(turnMs);
					onSent();
					await clock.elapse(40);
					return { entries: [{ id: 'clr_1' }] };
				},
				getBatch: async () => await Promise.resolve(batch),
			});
			return (await findBatchRuns(batch, { sinceMs: clock.nowMs(), timeoutMs: 5_000, take: () => undefined }, { extend: { once }, clock })).kind;
		};
		expect([await endOf(60_000), await endOf(200_000)]).toEqual(['complete', 'deadline']);
	});

	it('hands over nothing after its end', async () => {
		const found: unknown[] = [];
		const clock = new VirtualClock();
		const list = async () => (await clock.elapse(60_000), { entries: [{ id: 'clr_1' }] });
		const batch = { id: 'bpr_1', status: 'PENDING', json: { runCount: 1 } };
		const getBatch = async () => await Promise.resolve(batch);
		await findBatchRuns(batch, { sinceMs: clock.nowMs(), timeoutMs: 5_000, take: (runs) => found.push(...runs) }, { extend: { once: clientOf(list, getBatch) }, clock });
		await clock.elapse(120_000);
		expect(found).toEqual([]);
	});

	it('looks at least once, however short the time', async () => {
		expect((await search({ listedAtMs: [0] }, 0)).end).toEqual({ kind: 'complete' });
	});

	it('waits for runs of a batch that is over only as long as a list may lag', async () => {
		const gone = await search({ listedAtMs: [0, Infinity], overAtMs: 5_000 });
		expect(gone.end).toEqual({ kind: 'over' });
		expect(gone.tookMs).toBeLessThan(30_000);
		expect((await search({ listedAtMs: [0, 12_000], overAtMs: 0 })).end).toEqual({ kind: 'complete' });
	});

	it('goes on while the status of the batch is one that is not known yet', async () => {
		const { end, tookMs } = await search({ listedAtMs: [60_000], status: 'QUEUED', overAtMs: 0 });
		expect([end, tookMs > 60_000]).toEqual([{ kind: 'complete' }, true]);
	});

	it('goes on when looks do not succeed, and names the last reason at the deadline', async () => {
		const recovered = await search({ listedAtMs: [0], fault: (ms) => (ms < 5_000 ? faultOf(502) : undefined) });
		expect(recovered.end).toEqual({ kind: 'complete' });
		expect((await search({ listedAtMs: [0], fault: () => faultOf() }, 20_000)).end).toMatchObject({ kind: 'deadline', lastFault: { message: 'Not now' } });
	});

	it('looks again soon when a look after a long time did not succeed', async () => {
		const hourMs = 3_600_000;
		let faultMs: number | undefined;
		const fault = (ms: number): Error | undefined => {
			if (faultMs !== undefined || ms < hourMs) return undefined;
			faultMs = ms;
			return faultOf(503);
		};
		const { tookMs } = await search({ listedAtMs: [hourMs], fault }, 2 * hourMs);
		expect(tookMs - (faultMs ?? 0)).toBeLessThan(2_000);
	});

	it('looks no sooner than Extend asks for', async () => {
		const looksMs: number[] = [];
		await search({ listedAtMs: [0], fault: (ms) => (looksMs.push(ms) < 3 ? faultOf(503).withFacts({ retryAfterMs: 20_000 }) : undefined) });
		const [first = 0, second = 0, third = 0] = looksMs;
		expect([second - first, third - second].every((ms) => ms >= 20_000 && ms < 22_500)).toBe(true);
	});

	it('ends at once when Extend asks to wait beyond the deadline, and says until when', async () => {
		const { end, looks, tookMs } = await search({ listedAtMs: [0], fault: () => faultOf(503).withFacts({ retryAfterMs: 60_000 }) }, 20_000);
		expect(end).toMatchObject({ kind: 'unreadable', error: { message: expect.stringMatching(/^Not now\. Extend asks to wait until \S+ \S+ UTC$/) } });
		expect([looks, tookMs < 1_000]).toEqual([1, true]);
	});

	it.each([401, 402, 403])('ends at once when Extend answers %i', async (status) => {
		const { end, looks } = await search({ listedAtMs: [0], fault: () => faultOf(status) });
		expect([end, looks]).toEqual([{ kind: 'unreadable', error: faultOf(status) }, 1]);
	});

	it('ends after five looks in a row when Extend says a plain no', async () => {
		const refusal = new ExtendError('Not valid', 'Change it.', { code: 'INVALID_REQUEST', status: 400, retryable: false });
		const { end, looks } = await search({ listedAtMs: [0], fault: () => refusal });
		expect([end, looks]).toEqual([{ kind: 'unreadable', error: refusal }, 5]);
		expect((await search({ listedAtMs: [0], fault: (ms) => (ms < 3_500 ? refusal : undefined) })).end).toEqual({ kind: 'complete' });
	});

	it('goes on while runs show or finish, and ends a timeout after the last one', async () => {
		const everyMs = 40_000;
		const showing = await search({ listedAtMs: Array.from({ length: 20 }, (_, index) => index * everyMs) }, 60_000);
		expect([showing.end, showing.found.length]).toEqual([{ kind: 'complete' }, 20]);
		const stuck = await search({ listedAtMs: [0, 40_000, 80_000, Infinity] }, 60_000);
		expect(stuck.end).toMatchObject({ kind: 'deadline' });
		expect(stuck.tookMs).toBeGreaterThanOrEqual(140_000);
		expect(stuck.tookMs).toBeLessThan(160_000);
	});

	it('goes on while runs that have shown finish', async () => {
		const finishAtMs = Array.from({ length: 20 }, (_, index) => index * 40_000);
		const { end, tookMs } = await search({ listedAtMs: [...Array(20).fill(0), 900_000], finishAtMs }, 200_000);
		expect([end, tookMs < 1_000_000]).toEqual([{ kind: 'complete' }, true]);
	});

	it('counts the timeout of a run that shows late from when it does', async () => {
		const { found } = await search({ listedAtMs: [0, 0, 30_000, 90_000] }, 600_000);
		expect(found.slice(0, 2).map(({ countsFromMs }) => countsFromMs)).toEqual([0, 0]);
		for (const { atMs, countsFromMs } of found.slice(2)) expect(atMs - countsFromMs).toBeLessThan(1_000);
	});

	it('ends when the workflow is stopped', async () => {
		const { end, tookMs } = await search({ listedAtMs: [Infinity] }, 600_000, 3_000);
		expect([end, tookMs < 4_000]).toEqual([{ kind: 'stopped' }, true]);
	});
});
