import type { JsonObject } from '../../../nodes/Extend/api/json';
import { compareRuns } from '../../../nodes/Extend/starting/position';

const run = (id: string, position: unknown, createdAt?: string): JsonObject => ({
	id,
	metadata: position === undefined ? null : { 'n8n:position': position as string },
	...(createdAt === undefined ? {} : { createdAt }),
});
const order = (runs: JsonObject[]) => [...runs].sort(compareRuns).map(({ id }) => id);

describe('compareRuns', () => {
	it('goes by item and document, as numbers', () => {
		expect(order([run('c', '10.0'), run('b', '9.10'), run('a', '9.9')])).toEqual(['a', 'b', 'c']);
	});

	it('goes by age when there are no positions, runs without a date last', () => {
		const runs = [run('c', undefined), run('b', undefined, '2026-10-05T09:00:01Z'), run('a', undefined, '2026-10-05T09:00:00.999Z')];
		expect(order(runs)).toEqual(['a', 'b', 'c']);
	});

	it('puts runs with a position before those without', () => {
		expect(order([run('b', undefined, '2026-10-05T09:00:00Z'), run('a', '3.0', '2026-10-05T10:00:00Z')])).toEqual(['a', 'b']);
	});

	it.each([7, '7', '7.', 'x.1', '1.0.0', { a: 1 }])('takes %j for no position', (position) => {
		expect(order([run('b', position), run('a', '0.0')])).toEqual(['a', 'b']);
	});

	it.each<[string, JsonObject, JsonObject]>([
		['items', run('a', '9.5'), run('b', '10.0')],
		['documents', run('a', '9.9'), run('b', '9.10')],
		['positions', run('a', '99.0', '2026-10-05T10:00:00Z'), run('b', undefined, '2026-10-05T09:00:00Z')],
		['age', run('a', undefined, '2026-10-05T09:00:00Z'), run('b', undefined, '2026-10-05T10:00:00Z')],
		['dates', run('a', undefined, '2026-10-05T09:00:00Z'), run('b', undefined)],
		['whole numbers', run('a', '12.0'), run('b', '12.0x')],
	])('says which of two comes first by their %s, whichever is asked for first', (_, first, second) => {
		expect([compareRuns(first, second) < 0, compareRuns(second, first) > 0]).toEqual([true, true]);
		expect(compareRuns(first, first)).toBe(0);
	});

	it('keeps the order of the list when nothing tells runs apart', () => {
		expect(order([run('b', undefined), run('a', undefined)])).toEqual(['b', 'a']);
	});
});
