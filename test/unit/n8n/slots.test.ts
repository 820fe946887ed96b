import { Slots } from '../../../nodes/Extend/n8n/slots';

describe('Slots', () => {
	/** Work that ends when it is told to. */
	function openWork(): { work: () => Promise<void>; isBegun: () => boolean; end: () => void } {
		let begun = false;
		let end: () => void = () => undefined;
		const over = new Promise<void>((resolve) => {
			end = resolve;
		});
		return { work: async () => { begun = true; await over; }, isBegun: () => begun, end: () => end() };
	}

	it('lets so many pieces of work go on, and the next one when one has ended', async () => {
		const slots = new Slots(2);
		const works = [openWork(), openWork(), openWork(), openWork()];
		const all = works.map(async ({ work }) => await slots.use(work));
		expect(works.map(({ isBegun }) => isBegun())).toEqual([true, true, false, false]);
		works[1]?.end();
		await all[1];
		await Promise.resolve();
		expect(works.map(({ isBegun }) => isBegun())).toEqual([true, true, true, false]);
		for (const { end } of works) end();
		await Promise.all(all);
		expect(works.every(({ isBegun }) => isBegun())).toBe(true);
	});

	it('gives a slot back when the work throws', async () => {
		const slots = new Slots(1);
		await expect(slots.use(async () => { throw new Error('no'); })).rejects.toThrow('no');
		expect(await slots.use(async () => 'next')).toBe('next');
	});
});
