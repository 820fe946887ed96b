import { Agenda } from '../../../nodes/Extend/waiting/agenda';
import { randomFrom, SEED } from '../support/random';

const item = (name: number) => ({ name, checkMs: Number.POSITIVE_INFINITY });

describe('Agenda', () => {
	it('has nothing due while nothing is planned', () => {
		const agenda = new Agenda<ReturnType<typeof item>>();
		expect([agenda.firstMs(), agenda.takeDue(1e9)]).toEqual([Number.POSITIVE_INFINITY, undefined]);
	});

	it('gives items when they are due, the earliest first, each once', () => {
		const agenda = new Agenda<ReturnType<typeof item>>();
		for (const ms of [30, 10, 20]) agenda.plan(item(ms), ms);
		expect([agenda.firstMs(), agenda.takeDue(9), agenda.takeDue(25)?.name, agenda.takeDue(25)?.name, agenda.takeDue(25)]).toEqual([10, undefined, 10, 20, undefined]);
		expect(agenda.firstMs()).toBe(30);
	});

	it('checks an item at the earliest of its moments only', () => {
		const agenda = new Agenda<ReturnType<typeof item>>();
		const one = item(1);
		for (const ms of [50, 20, 70]) agenda.plan(one, ms);
		expect([agenda.takeDue(20), agenda.takeDue(100)]).toEqual([one, undefined]);
		agenda.plan(one, 60);
		expect(agenda.takeDue(100)).toBe(one);
	});

	it('does not give what was cancelled', () => {
		const agenda = new Agenda<ReturnType<typeof item>>();
		const [one, other] = [item(1), item(2)];
		agenda.plan(one, 10);
		agenda.plan(other, 20);
		agenda.cancel(one);
		expect([agenda.firstMs(), agenda.takeDue(100), agenda.takeDue(100)]).toEqual([20, other, undefined]);
	});

	it(`agrees with a sorted list whatever is planned and cancelled (seed ${SEED})`, () => {
		const random = randomFrom(SEED);
		const agenda = new Agenda<ReturnType<typeof item>>();
		const items = Array.from({ length: 200 }, (_, name) => item(name));
		for (let step = 0; step < 5_000; step++) {
			const one = items[Math.floor(random() * items.length)] ?? item(-1);
			if (random() < 0.6) agenda.plan(one, Math.floor(random() * 1_000));
			else if (random() < 0.3) agenda.cancel(one);
			const firstMs = Math.min(...items.map(({ checkMs }) => checkMs));
			expect(agenda.firstMs()).toBe(firstMs);
			if (random() < 0.4 && Number.isFinite(firstMs)) {
				const due = agenda.takeDue(firstMs);
				expect(due?.checkMs).toBe(Number.POSITIVE_INFINITY);
			}
		}
	});
});
