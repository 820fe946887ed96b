import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { Page, RunListQuery } from '../../../nodes/Extend/api/types';
import { sweepRuns } from '../../../nodes/Extend/waiting/sweep';

const BEGIN_MS = Date.UTC(2026, 9, 5, 9);
const at = (seconds: number): string => new Date(BEGIN_MS + seconds * 1_000).toISOString();
const entry = (id: string, seconds: number, status = 'PROCESSED'): JsonObject => ({ id, status, updatedAt: at(seconds) });
const FIRST = Number.NEGATIVE_INFINITY;

/** Serves pages in a row and notes what it was asked. */
function listOf(...pages: JsonObject[][]) {
	const asked: Array<{ query: RunListQuery; pageSize: number; token?: string }> = [];
	const list = async (query: RunListQuery, pageSize: number, token?: string): Promise<Page<JsonObject>> => {
		asked.push({ query, pageSize, token });
		const entries = pages[asked.length - 1] ?? [];
		return await Promise.resolve({ entries, nextPageToken: asked.length < pages.length ? `page ${asked.length}` : undefined });
	};
	return { asked, list };
}

describe('sweepRuns', () => {
	it('tells the status of the runs it was asked for', async () => {
		const { list } = listOf([entry('clr_2', 9), entry('clr_x', 8), entry('clr_1', 7, 'PROCESSING')]);
		const { statusById } = await sweepRuns({ ids: new Set(['clr_1', 'clr_2']), sinceMs: FIRST }, list);
		expect(Object.fromEntries(statusById)).toEqual({ clr_1: 'PROCESSING', clr_2: 'PROCESSED' });
	});

	it('asks for the newest changes of the classifier', async () => {
		const { asked, list } = listOf([]);
		await sweepRuns({ ids: new Set(['clr_1']), classifierId: 'cl_1', sinceMs: FIRST }, list);
		expect(asked).toEqual([{ query: { classifierId: 'cl_1', sortBy: 'updatedAt', sortDir: 'desc' }, pageSize: 50, token: undefined }]);
	});

	it.each([
		[1, 50],
		[100, 200],
		[900, 1_000],
	])('asks for a page that suits %i runs', async (count, pageSize) => {
		const { asked, list } = listOf([]);
		await sweepRuns({ ids: new Set(Array.from({ length: count }, (_, index) => `clr_${index}`)), sinceMs: FIRST }, list);
		expect(asked[0]?.pageSize).toBe(pageSize);
	});

	it('reads on with the token until all runs are found', async () => {
		const { asked, list } = listOf([entry('clr_x', 9)], [entry('clr_1', 8)], [entry('clr_y', 7)]);
		const sweep = await sweepRuns({ ids: new Set(['clr_1']), sinceMs: FIRST }, list);
		expect(asked.map(({ token }) => token)).toEqual([undefined, 'page 1']);
		expect(sweep.isComplete).toBe(true);
	});

	it('gives up after three pages when other runs fill the list', async () => {
		const { asked, list } = listOf([entry('clr_x', 9)], [entry('clr_x', 9)], [entry('clr_x', 9)], [entry('clr_1', 8)]);
		const sweep = await sweepRuns({ ids: new Set(['clr_1']), sinceMs: FIRST }, list);
		expect(asked).toHaveLength(3);
		expect(sweep.isComplete).toBe(false);
	});

	it.each([
		['well before it', 4, true, 1],
		['just before it', 6, false, 3],
		['exactly as far as entries may come late', 5, false, 3],
	])('ends at the last sweep when the list reaches %s', async (_, seconds, isComplete, pageCount) => {
		const page = [entry('clr_x', 11), entry('clr_y', seconds)];
		const { asked, list } = listOf(page, page, page, page);
		const sweep = await sweepRuns({ ids: new Set(['clr_1']), sinceMs: BEGIN_MS + 10_000 }, list);
		expect([sweep.isComplete, asked.length]).toEqual([isComplete, pageCount]);
	});

	it('does not end at the last sweep when the list is in another order', async () => {
		const page = [entry('clr_y', 4), entry('clr_x', 11)];
		const { asked, list } = listOf(page, page, page, page);
		const sweep = await sweepRuns({ ids: new Set(['clr_1']), sinceMs: BEGIN_MS + 10_000 }, list);
		expect([sweep.isComplete, asked.length]).toEqual([false, 3]);
	});

	it('is complete when the list ends', async () => {
		expect((await sweepRuns({ ids: new Set(['clr_1']), sinceMs: FIRST }, listOf([]).list)).isComplete).toBe(true);
	});

	it('remembers the newest change by the clock of Extend', async () => {
		const { list } = listOf([entry('clr_x', 3), entry('clr_1', 9), { id: 'clr_y', updatedAt: 'soon' }, {}]);
		expect((await sweepRuns({ ids: new Set(['clr_1']), sinceMs: BEGIN_MS }, list)).newestMs).toBe(BEGIN_MS + 9_000);
	});

	it('keeps the former moment when the list is empty', async () => {
		expect((await sweepRuns({ ids: new Set(['clr_1']), sinceMs: BEGIN_MS }, listOf([]).list)).newestMs).toBe(BEGIN_MS);
	});

	it('leaves out entries of another shape', async () => {
		const { list } = listOf([{ id: 'clr_1' }, { status: 'PROCESSED' }, { id: 5, status: 'PROCESSED' }, { id: 'clr_1', status: null }]);
		expect((await sweepRuns({ ids: new Set(['clr_1']), sinceMs: FIRST }, list)).statusById.size).toBe(0);
	});
});
