import { Bucket } from '../../../nodes/Extend/api/buckets';
import { Turns } from '../../../nodes/Extend/api/turns';
import { UploadGate } from '../../../nodes/Extend/api/uploadGate';
import { VirtualClock } from '../support/virtualClock';

const entry = (name: string, clock: VirtualClock) => ({ name, clock, cancel: () => undefined });

function namesOf(turns: Turns<ReturnType<typeof entry>>): string {
	let names = '';
	for (let next = turns.takeFirst(); next !== undefined; next = turns.takeFirst()) names += next.name;
	return names;
}

/** Clocks of so many executions that share one time. */
function executions(count: number): { time: VirtualClock; clocks: VirtualClock[] } {
	const time = new VirtualClock(0);
	const clocks = Array.from({ length: count }, () => {
		const own = new VirtualClock(0);
		own.nowMs = () => time.nowMs();
		own.pause = async (ms, wake) => {
			if (!own.isCancelled()) await Promise.race([time.pause(ms, wake), own.whenCancelled]);
		};
		return own;
	});
	return { time, clocks };
}

describe('Turns', () => {
	it('lets executions take turns, each in its own order', () => {
		const [a, b, c] = [new VirtualClock(), new VirtualClock(), new VirtualClock()];
		const turns = new Turns<ReturnType<typeof entry>>();
		for (const name of ['A', 'B', 'C', 'D']) turns.add(entry(name, a));
		for (const name of ['1', '2']) turns.add(entry(name, b));
		turns.add(entry('x', c));
		expect(namesOf(turns)).toBe('A1xB2CD');
	});

	it('gives one that comes new its turn after one of each other', () => {
		const [a, b] = [new VirtualClock(), new VirtualClock()];
		const turns = new Turns<ReturnType<typeof entry>>();
		for (const name of ['A', 'B', 'C', 'D']) turns.add(entry(name, a));
		expect(turns.takeFirst()?.name).toBe('A');
		turns.add(entry('1', b));
		expect(namesOf(turns)).toBe('B1CD');
	});

	it('takes several clocks of one execution for one', () => {
		const owner = {};
		const clocks = [new VirtualClock(), new VirtualClock(), new VirtualClock()];
		const turns = new Turns<ReturnType<typeof entry>>();
		clocks.forEach((clock, index) => turns.add(entry(String(index), Object.assign(clock, { owner }))));
		turns.add(entry('x', new VirtualClock()));
		expect(namesOf(turns)).toBe('0x12');
	});

	it('drops those whose execution is cancelled, now and later', async () => {
		const [a, b] = [new VirtualClock(), new VirtualClock()];
		const cancelled: string[] = [];
		const turns = new Turns<ReturnType<typeof entry>>();
		const add = (name: string, clock: VirtualClock) => turns.add({ ...entry(name, clock), cancel: () => void cancelled.push(name) });
		add('A', a);
		add('1', b);
		add('B', a);
		a.stop();
		await a.whenCancelled;
		add('C', a);
		expect([cancelled, namesOf(turns)]).toEqual([['A', 'B', 'C'], '1']);
	});
});

describe('Bucket, shared by executions', () => {
	/** When the last of a second execution that comes a second later gets through, behind so many of a first. */
	async function secondMs(first: number, second: number): Promise<number> {
		const { time, clocks } = executions(2);
		const bucket = new Bucket();
		const takeAll = async (clock: VirtualClock | undefined, count: number) =>
			await Promise.all(Array.from({ length: clock === undefined ? 0 : count }, async () => await bucket.take(clock as VirtualClock)));
		const all = takeAll(clocks[0], first);
		await time.elapse(1_000);
		await takeAll(clocks[1], second);
		const tookMs = time.nowMs() - 1_000;
		await all;
		return tookMs;
	}

	it.each([300, 1_000])('lets a single request through at once though another execution has %i waiting', async (count) => {
		expect(await secondMs(count, 1)).toBeLessThan(1_500);
	});

	it('gives each half of the pace while both have much to do', async () => {
		const tookMs = await secondMs(300, 50);
		expect(tookMs).toBeGreaterThan(9_000);
		expect(tookMs).toBeLessThan(13_000);
	});

	it('goes on when the execution that waits in front is cancelled', async () => {
		const { time, clocks } = executions(2);
		const [a, b] = clocks;
		const bucket = new Bucket();
		const taken = Array.from({ length: 30 }, async () => await bucket.take(a as VirtualClock));
		time.after(100, () => a?.stop());
		await time.elapse(50);
		expect(await bucket.take(b as VirtualClock)).toBeDefined();
		expect((await Promise.all(taken)).filter((slot) => slot === undefined)).toHaveLength(20);
		expect(time.nowMs()).toBeLessThan(1_200);
	});
});

describe('UploadGate, shared by executions', () => {
	it('lets a single upload through next though another execution has 300 waiting', async () => {
		const { time, clocks } = executions(2);
		const gate = new UploadGate();
		const upload = async () => await time.elapse(1_000);
		const all = Array.from({ length: 300 }, async () => await gate.pass(1_000, clocks[0] as VirtualClock, upload));
		await gate.pass(1_000, clocks[1] as VirtualClock, upload);
		expect(time.nowMs()).toBe(2_000);
		await Promise.all(all);
		expect(time.nowMs()).toBe(51_000);
	});
});
