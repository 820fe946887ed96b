import { asTheyCome } from '../../../nodes/Extend/starting/asTheyCome';
import { faultOf } from '../support/faults';
import { all, refusal } from '../support/startSetUp';
import { VirtualClock } from '../support/virtualClock';

describe('asTheyCome', () => {
	it('hands out each value as soon as it is there, in order, and gives what the work gives', async () => {
		const clock = new VirtualClock();
		const begunMs = clock.nowMs();
		const values = asTheyCome<string, string>(async (emit) => {
			emit('a');
			emit('b');
			await clock.elapse(100);
			emit('c');
			await clock.elapse(100);
			return 'end';
		});
		const seen: unknown[] = [];
		for (let next = await values.next(); ; next = await values.next()) {
			seen.push([next.value, clock.nowMs() - begunMs]);
			if (next.done === true) break;
		}
		expect(seen).toEqual([['a', 0], ['b', 0], ['c', 100], ['end', 200]]);
	});

	it('keeps what comes while nobody takes anything', async () => {
		const clock = new VirtualClock();
		const values = asTheyCome<number, void>(async (emit) => {
			for (let index = 0; index < 1_000; index++) {
				emit(index);
				if (index % 10 === 0) await clock.elapse(1);
			}
		});
		const taken: number[] = [];
		for await (const value of values) {
			taken.push(value);
			if (value % 100 === 0) await clock.elapse(50);
		}
		expect(taken).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
	});

	it('ends at once when nothing comes', async () => {
		expect(await all(asTheyCome(async () => await Promise.resolve()))).toEqual([]);
	});

	it('throws what the work throws, after all that it has given', async () => {
		const taken: string[] = [];
		const take = async (): Promise<void> => {
			for await (const value of asTheyCome<string, void>(async (emit) => {
				emit('a');
				await Promise.resolve();
				emit('b');
				throw refusal;
			})) taken.push(value);
		};
		expect([await faultOf(take()), taken]).toEqual([refusal, ['a', 'b']]);
	});
});
