import { Budget, createPacing } from '../../../nodes/Extend/api/pacing';
import { VirtualClock } from '../support/virtualClock';

/** How long ten requests keep the next one waiting. */
async function measureWindow(): Promise<number> {
	const clock = new VirtualClock(0);
	const budget = new Budget();
	for (let index = 0; index <= 10; index++) await budget.take(clock);
	return clock.nowMs();
}

let windowMs: number;
beforeAll(async () => {
	windowMs = await measureWindow();
});

describe('Budget', () => {
	it('lets everyone through in the order of arrival when the line is long', async () => {
		const clock = new VirtualClock();
		const budget = new Budget();
		const served: number[] = [];
		await Promise.all(
			Array.from({ length: 35 }, async (_, index) => {
				await budget.take(clock);
				served.push(index);
			}),
		);
		expect(served).toEqual(Array.from({ length: 35 }, (_, index) => index));
	});

	it('takes its time when more want to go than the pace allows', async () => {
		const clock = new VirtualClock(0);
		const budget = new Budget();
		await Promise.all(Array.from({ length: 35 }, async () => await budget.take(clock)));
		expect(clock.nowMs()).toBe(3 * windowMs);
	});

	it('pauses only for the first in line when many wait', async () => {
		const clock = new VirtualClock(0);
		const budget = new Budget();
		await Promise.all(Array.from({ length: 500 }, async () => await budget.take(clock)));
		expect(clock.pausesMs.length).toBeLessThanOrEqual(50);
	});

	it('waits on when a refusal comes in while somebody waits', async () => {
		const clock = new VirtualClock(0);
		const budget = new Budget();
		for (let index = 0; index < 10; index++) await budget.take(clock);
		clock.after(500, () => budget.pace.refused(clock.nowMs(), 5_000));
		await budget.take(clock);
		expect(clock.nowMs()).toBe(5_500);
	});

	it('ends all waiting at once and uncounted when the workflow is stopped', async () => {
		const clock = new VirtualClock(0);
		const budget = new Budget();
		clock.after(100, () => clock.stop());
		await Promise.all(Array.from({ length: 30 }, async () => await budget.take(clock)));
		expect(clock.nowMs()).toBe(100);
		expect(budget.pace.waitMs(windowMs)).toBe(0);
		const other = new VirtualClock(windowMs);
		await Promise.all(Array.from({ length: 10 }, async () => await budget.take(other)));
		expect(other.nowMs()).toBe(windowMs);
	});

	it('hands out a slot only when the request may go out', async () => {
		const clock = new VirtualClock(0);
		const budget = new Budget();
		expect(await budget.take(clock)).toMatchObject({ sentMs: 0 });
		clock.stop();
		expect(await budget.take(clock)).toBeUndefined();
	});

	it('lets the next go sooner when answers come fast', async () => {
		const clock = new VirtualClock(0);
		const budget = new Budget();
		for (let index = 0; index < 10; index++) {
			const slot = await budget.take(clock);
			if (slot !== undefined) clock.after(20, () => budget.returned(slot, clock.nowMs()));
		}
		await budget.take(clock);
		expect(clock.nowMs()).toBe(1_020);
	});

	it('keeps the place of others when somebody behind them is stopped', async () => {
		const clock = new VirtualClock(0);
		const stopping = new VirtualClock(0);
		const budget = new Budget();
		const served: string[] = [];
		const take = async (name: string, own: VirtualClock): Promise<void> => {
			await budget.take(own);
			served.push(name);
		};
		for (let index = 0; index < 10; index++) await budget.take(clock);
		const waiting = [take('first', clock), take('stopped', stopping), take('last', clock)];
		stopping.stop();
		await Promise.all(waiting);
		expect(served).toEqual(['stopped', 'first', 'last']);
		expect(clock.nowMs()).toBe(windowMs);
	});

	it('lets the next go when somebody in front is stopped', async () => {
		const budget = new Budget();
		const stopping = new VirtualClock(0);
		const clock = new VirtualClock(0);
		for (let index = 0; index < 10; index++) await budget.take(clock);
		const waiting = [budget.take(stopping), budget.take(clock)];
		stopping.stop();
		await Promise.all(waiting);
		expect(clock.nowMs()).toBe(windowMs);
	});
});

describe('createPacing', () => {
	it('counts reads, changes and runs apart', () => {
		const { get, write, run } = createPacing();
		expect(new Set([get, write, run]).size).toBe(3);
	});
});
