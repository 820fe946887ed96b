import { Extend } from 'extend-ai';
import { configOf } from './index';
import { useStage, type Stage } from './testing/stage';

interface Made {
	name?: string;
	classifierId?: string;
	status?: string;
}

async function makeRun({ client }: Stage, { name = 'a.txt', classifierId, status }: Made = {}): Promise<string> {
	const run = await client.classifyRuns.create({
		...(classifierId ? { classifier: { id: classifierId } } : { config: configOf('invoice') }),
		file: { text: 'Invoice', name },
		metadata: status ? { emulator: { status } } : undefined,
	});
	return run.id;
}

async function makeRuns(stage: Stage, count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let index = 0; index < count; index++) {
		ids.push(await makeRun(stage));
		stage.advance(10);
	}
	return ids;
}

/** IDs of all pages, each with its size. */
async function turnPages(
	{ client }: Stage,
	query: Extend.ClassifyRunsListRequest,
): Promise<{ ids: string[]; sizes: number[] }> {
	const ids: string[] = [];
	const sizes: number[] = [];
	let nextPageToken: string | undefined;
	do {
		const page: Extend.ClassifyRunsListResponse = await client.classifyRuns.list({ ...query, nextPageToken });
		ids.push(...page.data.map(({ id }) => id));
		sizes.push(page.data.length);
		nextPageToken = page.nextPageToken;
	} while (nextPageToken !== undefined);
	return { ids, sizes };
}

describe('a list of runs', () => {
	const stage = useStage({ pendingMs: 50, runMs: 300 });

	it('holds summaries: no outputs, no configuration, no breakdown', async () => {
		const id = await makeRun(stage());
		stage().advance(300);
		const { object, data } = await stage().client.classifyRuns.list();
		expect(object).toBe('list');
		const full = await stage().client.classifyRuns.retrieve(id);
		const { output, initialOutput, reviewedOutput, config, usage, ...summary } = full;
		expect([output, initialOutput, reviewedOutput, config]).not.toContain(undefined);
		expect(data).toEqual([{ ...summary, usage: { credits: 1, totalCredits: 3 } }]);
		expect(usage).toHaveProperty('breakdown');
	});

	it('comes in pages of ten, and its last page has no token', async () => {
		const made = await makeRuns(stage(), 23);
		const { ids, sizes } = await turnPages(stage(), {});
		expect(sizes).toEqual([10, 10, 3]);
		expect(new Set(ids)).toEqual(new Set(made));
	});

	it('has no token when the last page is full', async () => {
		await makeRuns(stage(), 10);
		expect((await turnPages(stage(), {})).sizes).toEqual([10]);
	});

	it.each([
		['createdAt', 'asc', [0, 1, 2]],
		['createdAt', 'desc', [2, 1, 0]],
		['updatedAt', 'asc', [1, 2, 0]],
		['updatedAt', 'desc', [0, 2, 1]],
		[undefined, undefined, [0, 2, 1]],
	])('sorted by %s %s keeps its order over pages', async (sortBy, sortDir, order) => {
		const made = await makeRuns(stage(), 3);
		const first = stage().emulator.store.runs.get(made[0] ?? '');
		Object.assign(first ?? {}, { overriddenAtMs: stage().emulator.options.nowMs() + 1_000 });
		const { ids } = await turnPages(stage(), { sortBy, sortDir, maxPageSize: 1 });
		expect(ids).toEqual(order.map((index) => made[index]));
	});

	it('shifts nothing when a run comes in between two pages', async () => {
		const made = await makeRuns(stage(), 4);
		const { nextPageToken } = await stage().client.classifyRuns.list({ maxPageSize: 2 });
		await makeRun(stage());
		const { data } = await stage().client.classifyRuns.list({ maxPageSize: 2, nextPageToken });
		expect(data.map(({ id }) => id)).toEqual([made[1], made[0]]);
	});

	it('is filtered by each of its filters', async () => {
		const invoice = await makeRun(stage(), { name: 'INV-1.txt' });
		const mail = await makeRun(stage(), { classifierId: 'cl_inbound_mail' });
		const failed = await makeRun(stage(), { status: 'FAILED' });
		stage().advance(300);
		const batch = await stage().client.classifyRuns.createBatch({
			classifier: { id: 'cl_claims_intake' },
			inputs: [{ file: { text: 'Claim' } }],
		});
		const found = async (query: Extend.ClassifyRunsListRequest) => (await turnPages(stage(), query)).ids;
		expect(await found({ fileNameContains: 'inv-' })).toEqual([invoice]);
		expect(await found({ classifierId: 'cl_inbound_mail' })).toEqual([mail]);
		expect(await found({ status: 'FAILED' })).toEqual([failed]);
		expect(await found({ status: 'PENDING' })).toHaveLength(1);
		expect(await found({ source: 'API' })).toHaveLength(3);
		expect(await found({ batchId: batch.id })).toEqual(await found({ source: 'BATCH_PROCESSOR_RUN' }));
		expect(await found({ sourceId: batch.id })).toHaveLength(1);
		expect(await found({ batchId: 'bpr_unknown' })).toEqual([]);
	});

	it('shows a run only after the lag of the options', async () => {
		stage().emulator.options.listLagMs = 100;
		await makeRun(stage());
		stage().advance(99);
		expect((await stage().client.classifyRuns.list()).data).toHaveLength(0);
		stage().advance(1);
		expect((await stage().client.classifyRuns.list()).data).toHaveLength(1);
	});
});

describe('a page token', () => {
	const stage = useStage();
	const list = (query: Extend.ClassifyRunsListRequest) => stage().client.classifyRuns.list(query);

	it.each<[string, Extend.ClassifyRunsListRequest]>([
		['another filter', { status: 'PENDING', sortDir: 'asc' }],
		['another order', { sortDir: 'desc' }],
		['another sort key', { sortDir: 'asc', sortBy: 'createdAt' }],
	])('is refused with %s', async (_case, changed) => {
		await makeRuns(stage(), 3);
		const { nextPageToken } = await list({ sortDir: 'asc', maxPageSize: 1 });
		await expect(list({ ...changed, nextPageToken })).rejects.toMatchObject({
			statusCode: 400,
			body: { message: 'The page token belongs to another query.; Path: nextPageToken' },
		});
	});

	it('allows another page size', async () => {
		await makeRuns(stage(), 3);
		const { nextPageToken } = await list({ maxPageSize: 1 });
		expect((await list({ maxPageSize: 2, nextPageToken })).data).toHaveLength(2);
	});

	it.each(['x', 'WyJhIl0=', Buffer.from('["a","b","c"]').toString('base64')])('is refused as %s', async (token) => {
		await expect(list({ nextPageToken: token })).rejects.toBeInstanceOf(Extend.BadRequestError);
	});

	it('is refused by another list', async () => {
		const { nextPageToken } = await stage().client.classifiers.list();
		await expect(list({ nextPageToken })).rejects.toBeInstanceOf(Extend.BadRequestError);
	});
});

describe('list queries', () => {
	const stage = useStage();

	it.each([
		['maxPageSize=0', 400],
		['maxPageSize=1', 200],
		['maxPageSize=1000', 200],
		['maxPageSize=1001', 400],
		['maxPageSize=ten', 400],
		['maxPageSize=1.5', 400],
		['sortBy=name', 400],
		['sortDir=up', 400],
		['status=DONE', 400],
		['status=CANCELLING', 200],
		['source=A_SOURCE_OF_NEXT_YEAR', 200],
		['pageToken=x', 400],
		['status=FAILED&status=PROCESSED', 400],
	])('with %s are answered %i', async (query, status) => {
		expect((await stage().call('GET', `/classify_runs?${query}`)).status).toBe(status);
	});

	it('go by the page sizes of the options', async () => {
		Object.assign(stage().emulator.options, { defaultPageSize: 2, maxPageSize: 5 });
		expect((await stage().client.classifiers.list()).data).toHaveLength(2);
		expect((await stage().call('GET', '/classifiers?maxPageSize=6')).status).toBe(400);
	});
});
