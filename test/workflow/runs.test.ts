/* eslint-disable @n8n/community-nodes/no-restricted-globals -- lets runs of the stand-in finish */
import type { IDataObject } from 'n8n-workflow';
import { byText, INVOICE, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

/** Starts a run for each text and gives the IDs. */
async function start(texts: string[]): Promise<string[]> {
	const items = texts.map((text) => ({ json: { text } }));
	const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: '={{ $json.text }}' }, items });
	return json.map(({ id }) => String(id));
}

describe('Start', () => {
	it('gives the runs as they were created, without waiting', async () => {
		stage = await openStage({ runMs: 60_000, pendingMs: 60_000 });
		const items = [1, 2].map((mail) => ({ json: { mail } }));
		const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: INVOICE }, items });
		expect(json.map(({ status, category, confidence }) => [status, category, confidence])).toEqual([['PENDING', null, null], ['PENDING', null, null]]);
	});

	it('gives the untouched run when Simplify is off', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: INVOICE, simplify: false } });
		expect(json[0]).toMatchObject({ object: 'classify_run', config: { classifications: expect.any(Array) } });
	});
});

describe('Get and Wait for Completion', () => {
	it('fetch runs that were started before', async () => {
		stage = await openStage({ runMs: 500 });
		const ids = await start([INVOICE, `${INVOICE} two`]);
		const items = ids.map((id) => ({ json: { id } }));
		const waited = await stage.run({ parameters: { operation: 'waitForCompletion' }, items });
		expect(waited.json.map(({ id, status }) => [id, status])).toEqual(ids.map((id) => [id, 'PROCESSED']));
		const got = await stage.run({ parameters: { operation: 'get', runId: ids[1] ?? '' } });
		expect(got.json[0]).toEqual(waited.json[1]);
	});

	it('hand over a failed run with its reason and what to do, or fail the item', async () => {
		stage = await openStage({ outcome: () => ({ status: 'FAILED', failureReason: 'OUT_OF_CREDITS', failureMessage: 'No credits left.' }) });
		const [id = ''] = await start([INVOICE]);
		const parameters = { operation: 'waitForCompletion', runId: id };
		const { json } = await stage.run({ parameters });
		expect(json[0]).toMatchObject({ failureReason: 'OUT_OF_CREDITS', failureMessage: 'No credits left.', failureAdvice: expect.stringContaining('Add credits'), retryable: false });
		for (const operation of ['get', 'waitForCompletion']) {
			const failed = await stage.run({ parameters: { ...parameters, operation, onRunFailed: 'error' }, settings: { onError: 'continueRegularOutput' } });
			expect(failed.json[0]).toMatchObject({ details: { code: 'RUN_FAILED', status: 'FAILED', runId: id, failureReason: 'OUT_OF_CREDITS' } });
		}
	});

	it.each(['INTERNAL_ERROR', 'FAILED_TO_PROCESS_FILE', 'INVALID_PROCESSOR', 'SOMETHING_NEW'])('explain the reason %s', async (failureReason) => {
		stage = await openStage({ outcome: () => ({ status: 'FAILED', failureReason }) });
		const [id = ''] = await start([INVOICE]);
		const { json } = await stage.run({ parameters: { operation: 'waitForCompletion', runId: id } });
		expect(json[0]).toMatchObject({ status: 'FAILED', failureReason, failureAdvice: expect.stringMatching(/^[A-Z].{20,}\.$/) });
	});

	it('end at once for a run that does not exist', async () => {
		stage = await openStage();
		const { error } = await stage.run({ parameters: { operation: 'waitForCompletion', runId: 'clr_nobody' } });
		expect(error?.message).toMatch(/^Extend answered: .*not found \[item 0\]$/);
		expect(error?.description).toMatch(/workspace and region.*NOT_FOUND, request req_\w+\.$/);
	});
});

describe('Get Many', () => {
	/** Copies of a run in the stand-in, so that nothing has to be started for them. */
	async function fill(count: number): Promise<void> {
		const [id = ''] = await start([INVOICE]);
		const { runs } = stage.extend.store;
		const first = runs.get(id);
		if (first === undefined) throw new Error('The run is not there');
		for (let copy = 1; copy < count; copy++) runs.set(`${id}_${copy}`, { ...first, id: `${id}_${copy}` });
	}

	it.each([
		['pages of any size', 1_000, 1],
		['pages of 100 at most, and refuses larger ones', 100, 4 + 3],
	])('gives the whole list, or its beginning, when Extend grants %s', async (_, maxPageSize, requestsForAll) => {
		stage = await openStage({ maxPageSize });
		await fill(250);
		const all = await stage.run({ parameters: { operation: 'getMany', returnAll: true } });
		expect(new Set(all.json.map(({ id }) => id)).size).toBe(250);
		expect(stage.requests('GET', /^\/classify_runs$/)).toHaveLength(requestsForAll);
		const limited = await stage.run({ parameters: { operation: 'getMany', limit: 6 } });
		expect(limited.json).toHaveLength(6);
	});

	it('filters, sorts and fetches whole runs on wish', async () => {
		stage = await openStage({ outcome: ({ text }) => (text?.includes('bad') ? { status: 'FAILED', failureReason: 'PARSING_ERROR' } : undefined) });
		const ids = await start([INVOICE, 'bad', `${INVOICE} two`]);
		await new Promise((resolve) => setTimeout(resolve, 100));
		const filters = { status: 'PROCESSED' };
		const plain = await stage.run({ parameters: { operation: 'getMany', filters, sort: { sortBy: 'createdAt', sortDir: 'asc' } } });
		expect(plain.json.map(({ id, category }) => [id, category])).toEqual([[ids[0], null], [ids[2], null]]);
		const full = await stage.run({ parameters: { operation: 'getMany', filters, includeOutput: true } });
		expect(full.json.map(({ category }) => category)).toEqual(['invoice', 'invoice']);
	});
});

describe('Cancel and Delete', () => {
	it('cancel a run under way', async () => {
		stage = await openStage({ runMs: 60_000, pendingMs: 0 });
		const [runId = ''] = await start([INVOICE]);
		const { json } = await stage.run({ parameters: { operation: 'cancel', runId } });
		expect(json[0]).toMatchObject({ id: runId, status: 'CANCELLED' });
	});
});

describe('Get Many, when a listed run is not whole', () => {
	/** Answers of the list by what is in it; single runs are answered as they are. */
	async function listWith(entries: (id: string) => IDataObject[], operation: IDataObject = {}) {
		stage = await openStage();
		const [id = ''] = await start([INVOICE]);
		stage.extend.options.onRequest = ({ method, path }) =>
			method === 'GET' && path === '/classify_runs' ? { kind: 'status', status: 200, body: { object: 'list', data: entries(id) } } : undefined;
		const result = await stage.run({ parameters: { operation: 'getMany', ...operation }, settings: { onError: 'continueRegularOutput' } });
		return { id, ...result };
	}

	it('reads one without a status by its ID', async () => {
		const { id, json } = await listWith((known) => [{ id: known, fileName: 'x' }]);
		expect(json).toEqual([expect.objectContaining({ id, status: expect.stringMatching(/^[A-Z]+$/) })]);
	});

	it('says so when one has neither, and when it is gone', async () => {
		const nameless = await listWith(() => [{ status: 'PROCESSED' }]);
		expect(nameless.json[0]).toMatchObject({ error: expect.stringContaining('a run in the list has no ID'), details: { code: 'UNREADABLE_ANSWER' } });
		await stage.extend.close();
		const gone = await listWith(() => [{ id: 'clr_gone' }]);
		expect(gone.json[0]).toMatchObject({ details: { code: 'NOT_FOUND', runId: 'clr_gone' } });
	});
});
