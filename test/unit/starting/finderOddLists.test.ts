import type { JsonObject } from '../../../nodes/Extend/api/json';
import { RunFinder, TOKEN_LIFETIME_MS } from '../../../nodes/Extend/starting/finder';
import { faultOf } from '../support/faults';
import { VirtualClock } from '../support/virtualClock';

const NONE = new Set<string>();
const HOUR_MS = 3_600_000;

interface OddList {
	/** The runs in the order in which the list shows them. */
	runs: (nowMs: number) => JsonObject[];
	pageSize: number;
}

function setUp({ runs, pageSize }: OddList) {
	const clock = new VirtualClock();
	let pages = 0;
	const listRuns = async (_query: object, _size: number, token = '0') => {
		pages += 1;
		await clock.elapse(20);
		const all = runs(clock.nowMs());
		const from = Number(token);
		const more = all.length > from + pageSize ? { nextPageToken: String(from + pageSize) } : {};
		return { entries: all.slice(from, from + pageSize), ...more };
	};
	return { finder: new RunFinder({ listRuns, clock }), pageCount: () => pages };
}

const runAt = (ms: number, token?: string): JsonObject => ({
	id: `clr_${ms}`, status: 'PROCESSED', createdAt: new Date(ms).toISOString(), metadata: token === undefined ? null : { 'n8n:start': token },
});
/** 40 runs of days ago, and the one that is looked for at the far end. */
const oldestFirst = (nowMs: number): JsonObject[] => [...Array.from({ length: 40 }, (_, index) => runAt(nowMs - 100 * HOUR_MS + index * HOUR_MS)), runAt(nowMs - 1_000, 'run:a')];

describe('RunFinder.findFresh, with a list that is not as it was asked for,', () => {
	it('reads on when the oldest run comes first', async () => {
		const { finder } = setUp({ runs: oldestFirst, pageSize: 10 });
		expect(await finder.findFresh('run:a', undefined, NONE)).toMatchObject({ token: 'run:a' });
	});

	it('finds no run at last when all pages were read, whatever their order', async () => {
		const { finder } = setUp({ runs: oldestFirst, pageSize: 10 });
		expect(await finder.findFresh('run:b', undefined, NONE)).toBeUndefined();
	});

	it('does not say that there is none when the list is too long and out of order', async () => {
		const runs = (nowMs: number): JsonObject[] => Array.from({ length: 3_000 }, (_, index) => runAt(nowMs - (3_000 - index) * 10_000));
		const { finder } = setUp({ runs, pageSize: 1_000 });
		expect((await faultOf(finder.findFresh('run:a', undefined, NONE))).message).toMatch(/order of their creation/);
	});

	it('does not say that there is none when runs come without metadata', async () => {
		const runs = (nowMs: number): JsonObject[] => [{ id: 'clr_1', status: 'PENDING', createdAt: new Date(nowMs).toISOString() }];
		expect((await faultOf(setUp({ runs, pageSize: 10 }).finder.findFresh('run:a', undefined, NONE))).message).toMatch(/without metadata/);
	});

	it.each([-2 * HOUR_MS, 2 * HOUR_MS])('finds the run when the clock of Extend is %i ms ahead', async (aheadMs) => {
		const runs = (nowMs: number): JsonObject[] => [runAt(nowMs + aheadMs, 'run:a'), runAt(nowMs + aheadMs - 5 * HOUR_MS)];
		expect(await setUp({ runs, pageSize: 10 }).finder.findFresh('run:a', undefined, NONE)).toMatchObject({ token: 'run:a' });
	});

	it('leaves out runs of more than a day ago when nothing newer is there', async () => {
		const runs = (nowMs: number): JsonObject[] => [runAt(nowMs - TOKEN_LIFETIME_MS - HOUR_MS, 'key:a')];
		expect(await setUp({ runs, pageSize: 10 }).finder.findFresh('key:a', undefined, NONE)).toBeUndefined();
	});

	it('reads one page a look when the newest run comes first', async () => {
		const { finder, pageCount } = setUp({ runs: (nowMs) => [...oldestFirst(nowMs)].reverse(), pageSize: 10 });
		await finder.findFresh('run:a', undefined, NONE);
		expect(pageCount()).toBe(1);
	});
});
