import type { IDataObject } from 'n8n-workflow';
import type { RequestRecord } from '../../emulator';
import { fileOf } from '../engine';
import { byText, inBatch, numberedTexts, openStage, type Stage } from '../setup';

/** Get Many: returnAll, limit, filters, sort, includeOutput, and lists that come in any pages. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage({ createStatus: 'PROCESSING', runMs: 0 });
});
afterEach(async () => {
	await stage.extend.close();
});

async function start(count: number, parameters: IDataObject = {}): Promise<string[]> {
	const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: '={{ $json.text }}', ...parameters }, items: numberedTexts(count) });
	return json.map(({ id }) => String(id));
}

async function list(parameters: IDataObject = {}, items = [{ json: {} }]) {
	stage.extend.requests.splice(0);
	return await stage.run({ parameters: { operation: 'getMany', ...parameters }, items, settings: { onError: 'continueRegularOutput' } });
}
const pages = () => stage.requests('GET', /^\/classify_runs$/);
const queries = () => pages().map(({ query }) => query);

/** A list of so many runs that comes in pages as `pageOf` cuts them, whatever size was asked for. */
function answerLists(count: number, pageOf: (page: number, runs: IDataObject[]) => object): void {
	const runs = Array.from({ length: count }, (_, number) => ({ id: `clr_${number}`, status: 'PROCESSED' }));
	let page = 0;
	stage.extend.options.onRequest = ({ path }: RequestRecord) =>
		path === '/classify_runs' ? { kind: 'status', status: 200, body: { object: 'list', ...pageOf(page++, runs) } } : undefined;
}

describe('returnAll and limit', () => {
	it.each<[string, IDataObject, number]>([
		['50 when nothing is set', {}, 50],
		['as many as the limit says', { limit: 3 }, 3],
		['a limit as text', { limit: '={{ "7" }}' }, 7],
		['all, whatever the limit says', { returnAll: true, limit: 3 }, 60],
		['all by expression', { returnAll: '={{ true }}' }, 60],
		['what there is when the limit is higher', { limit: 1_000 }, 60],
	])('give %s', async (_, parameters, count) => {
		answerLists(60, (__, runs) => ({ data: runs }));
		const { json } = await list(parameters);
		expect(json.map(({ id }) => id)).toEqual(Array.from({ length: count }, (__, number) => `clr_${number}`));
		expect(pages()).toHaveLength(1);
	});

	it.each([null, ''])('go on over pages smaller than asked for, and end at the token %j', async (nextPageToken) => {
		answerLists(25, (page, runs) => ({ data: runs.slice(page * 10, page * 10 + 10), nextPageToken: page < 2 ? `page ${page + 1}` : nextPageToken }));
		const { json } = await list({ returnAll: true, filters: { status: 'PROCESSED' } });
		expect(json).toHaveLength(25);
		expect(queries().map((query) => [query.nextPageToken, query.status])).toEqual([[undefined, 'PROCESSED'], ['page 1', 'PROCESSED'], ['page 2', 'PROCESSED']]);
	});

	it('ask for no page more than the limit needs', async () => {
		answerLists(30, (page, runs) => ({ data: runs.slice(page * 10, page * 10 + 10), nextPageToken: `page ${page + 1}` }));
		const { json } = await list({ limit: 20 });
		expect([json.length, pages().length]).toEqual([20, 2]);
	});

	it('end a list whose token comes again', async () => {
		answerLists(20, (page, runs) => ({ data: runs.slice(page * 10, page * 10 + 10), nextPageToken: 'again' }));
		const { json } = await list({ returnAll: true });
		expect([json.length, pages().length]).toEqual([20, 2]);
	});
});

describe('filters and sort', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['nothing set', {}, {}],
		['status', { filters: { status: 'FAILED' } }, { status: 'FAILED' }],
		['classifierId', { filters: { classifierId: 'cl_inbound_mail' } }, { classifierId: 'cl_inbound_mail' }],
		['batchId', { filters: { batchId: ' bpr_1 ' } }, { batchId: 'bpr_1' }],
		['source', { filters: { source: 'STUDIO' } }, { source: 'STUDIO' }],
		['source that is not in the list', { filters: { source: '={{ "NEW_SOURCE" }}' } }, { source: 'NEW_SOURCE' }],
		['fileNameContains', { filters: { fileNameContains: 'Rechnung & Co' } }, { fileNameContains: 'Rechnung & Co' }],
		['a filter that is empty', { filters: { batchId: '', status: '={{ null }}' } }, {}],
		['sortBy', { sort: { sortBy: 'createdAt' } }, { sortBy: 'createdAt' }],
		['sortDir', { sort: { sortDir: 'asc' } }, { sortDir: 'asc' }],
		['all together', { filters: { status: 'FAILED', source: 'API' }, sort: { sortBy: 'updatedAt', sortDir: 'desc' } }, { status: 'FAILED', source: 'API', sortBy: 'updatedAt', sortDir: 'desc' }],
	])('%s', async (_, parameters, query) => {
		const { error } = await list(parameters);
		expect(error).toBeUndefined();
		expect(queries()).toEqual([{ ...query, maxPageSize: '50' }]);
	});

	it('find the runs of a batch', async () => {
		await start(1);
		await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(3) });
		const [batchId] = [...stage.extend.store.batches.keys()];
		expect((await list({ filters: { batchId } })).json).toHaveLength(3);
		expect((await list({ filters: { source: 'API' } })).json).toHaveLength(1);
	});

	it('are answered by Extend when it does not know them', async () => {
		const { json } = await list({ filters: { status: '={{ "LOST" }}' } });
		expect(json[0]).toMatchObject({ error: expect.stringMatching(/^Extend answered: .*status/), details: { status: 400, itemIndex: 0 } });
	});
});

describe('includeOutput', () => {
	it.each([false, true])('%s: all fields are there, the result only on wish', async (includeOutput) => {
		const [id] = await start(1);
		const { json } = await list({ includeOutput });
		expect(Object.keys(json[0] ?? {})).toHaveLength(28);
		expect(json).toEqual([expect.objectContaining({ id, status: 'PROCESSED', category: includeOutput ? 'invoice' : null, credits: expect.any(Number) })]);
		expect(stage.requests('GET', /^\/classify_runs\/clr_/)).toHaveLength(includeOutput ? 1 : 0);
	});

	it.each<[string, IDataObject, RegExp]>([
		['says so where the list shows processed runs without their results', {}, /does not include results.*Include Results/],
		['says nothing where the results are there', { includeOutput: true }, /^$/],
		['says nothing where no run is processed', { filters: { status: 'FAILED' } }, /^$/],
	])('%s', async (_, parameters, hint) => {
		await start(2);
		await start(1);
		const { hints } = await list(parameters);
		expect(hints.join('\n')).toMatch(hint);
	});

	it('and Simplify off give the whole run as Extend sent it', async () => {
		await start(2);
		const { json } = await list({ includeOutput: true, simplify: false });
		expect(json).toEqual([
			expect.objectContaining({ object: 'classify_run', output: expect.any(Object), config: expect.any(Object) }),
			expect.objectContaining({ object: 'classify_run', output: expect.any(Object), config: expect.any(Object) }),
		]);
	});
});

it('lists once for each item, paired with it, and hands no files on: the list is not the item again', async () => {
	await start(2);
	const items = [1, 2].map((mail) => ({ json: { mail } }));
	const binary = { data: await fileOf('x', 'x.txt', 'text/plain') };
	const { outputs } = await list({ limit: 2 }, items.map((item) => ({ ...item, binary })));
	expect(outputs[0]?.map((item) => [item.pairedItem, item.binary])).toEqual([0, 0, 1, 1].map((item) => [{ item }, undefined]));
});
