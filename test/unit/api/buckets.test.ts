import { Bucket, createBuckets } from '../../../nodes/Extend/api/buckets';
import { VirtualClock } from '../support/virtualClock';

/** How long ten requests keep the next one waiting. */
async function measureWindow(): Promise<number> {
	const clock = new VirtualClock(0);
	const bucket = new Bucket();
	for (let index = 0; index <= 10; index++) await bucket.take(clock);
	return clock.nowMs();
}

let windowMs: number;
beforeAll(async () => {
	windowMs = await measureWindow();
});

describe('Bucket', () => {
	it('lets everyone through in the order of arrival when the line is long', async () => {
		const clock = new VirtualClock();
		const bucket = new Bucket();
		const served: number[] = [];
		await Promise.all(
			Array.from({ length: 35 }, async (_, index) => {
				await bucket.take(clock);
				served.push(index);
			}),
		);
		expect(served).toEqual(Array.from({ length: 35 }, (_, index) => index));
	});

	it('takes its time when more want to go than the pace allows', async () => {
		const clock = new VirtualClock(0);
		const bucket = new Bucket();
		await Promise.all(Array.from({ length: 35 }, async () => await bucket.take(clock)));
		expect(clock.nowMs()).toBe(3 * windowMs);
	});

	it('pauses only for the first in line when many wait', async () => {
		const clock = new VirtualClock(0);
		const bucket = new Bucket();
		await Promise.all(Array.from({ length: 500 }, async () => await bucket.take(clock)));
		expect(clock.pausesMs.length).toBeLessThanOrEqual(50);
	});

	it('waits on when a refusal comes in while somebody waits', async () => {
		const clock = new VirtualClock(0);
		const bucket = new Bucket();
		for (let index = 0; index < 10; index++) await bucket.take(clock);
		clock.after(500, () => bucket.limiter.refused(clock.nowMs(), 5_000));
		await bucket.take(clock);
		expect(clock.nowMs()).toBe(5_500);
	});

	it('ends all waiting at once and uncounted when the workflow is stopped', async () => {
		const clock = new VirtualClock(0);
		const bucket = new Bucket();
		clock.after(100, () => clock.stop());
		await Promise.all(Array.from({ length: 30 }, async () => await bucket.take(clock)));
		expect(clock.nowMs()).toBe(100);
		expect(bucket.limiter.waitMs(windowMs)).toBe(0);
		const other = new VirtualClock(windowMs);
		await Promise.all(Array.from({ length: 10 }, async () => await bucket.take(other)));
		expect(other.nowMs()).toBe(windowMs);
	});

	it('hands out a slot only when the request may go out', async () => {
		const clock = new VirtualClock(0);
		const bucket = new Bucket();
		expect(await bucket.take(clock)).toMatchObject({ sentMs: 0 });
		clock.stop();
		expect(await bucket.take(clock)).toBeUndefined();
	});

	it('lets the next go sooner when answers come fast', async () => {
		const clock = new VirtualClock(0);
		const bucket = new Bucket();
		for (let index = 0; index < 10; index++) {
			const slot = await bucket.take(clock);
			if (slot !== undefined) clock.after(20, () => bucket.returned(slot, clock.nowMs()));
		}
		await bucket.take(clock);
		expect(clock.nowMs()).toBe(1_020);
	});

	it('keeps the place of others when somebody behind them is stopped', async () => {
		const clock = new VirtualClock(0);
		const stopping = new VirtualClock(0);
		const bucket = new Bucket();
		const served: string[] = [];
		const take = async (name: string, own: VirtualClock): Promise<void> => {
			await bucket.take(own);
			served.push(name);
		};
		for (let index = 0; index < 10; index++) await bucket.take(clock);
		const waiting = [take('first', clock), take('stopped', stopping), take('last', clock)];
		stopping.stop();
		await Promise.all(waiting);
		expect(served).toEqual(['stopped', 'first', 'last']);
		expect(clock.nowMs()).toBe(windowMs);
	});

	it('lets the next go when somebody in front is stopped', async () => {
		const bucket = new Bucket();
		const stopping = new VirtualClock(0);
		const clock = new VirtualClock(0);
		for (let index = 0; index < 10; index++) await bucket.take(clock);
		const waiting = [bucket.take(stopping), bucket.take(clock)];
		stopping.stop();
		await Promise.all(waiting);
		expect(clock.nowMs()).toBe(windowMs);
	});
});

describe('createBuckets', () => {
	it('counts reads, changes and runs apart', () => {
		const { get, write, run } = createBuckets();
		expect(new Set([get, write, run]).size).toBe(3);
	});
});
