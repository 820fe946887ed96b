import type { ExtendClient } from '../../../nodes/Extend/api/client';
import type { HttpRequest, HttpResult } from '../../../nodes/Extend/api/http';
import { answer, textAnswer } from '../support/answers';
import { faultOf } from '../support/faults';
import { clientOf } from '../support/scriptedSend';

const run = { id: 'clr_1', status: 'PENDING', extra: 1 };
const batch = { id: 'bpr_1', status: 'PENDING', runCount: 1 };
const TRICKY = 'a/b?c#d %2e&ü';
const ENCODED = 'a%2Fb%3Fc%23d%20%252e%26%C3%BC';

async function* open(): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(new Uint8Array());
}
const upload = { fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 1, open, fields: {} };
const list = answer(200, { object: 'list', data: [] });

type Ask = (client: ExtendClient) => Promise<unknown>;
const REQUESTS: Array<[name: string, ask: Ask, result: HttpResult, expected: Partial<HttpRequest>, what: string]> = [
	['getRun', async (c) => await c.getRun(TRICKY), answer(200, run), { method: 'GET', path: `/classify_runs/${ENCODED}` }, 'a run'],
	['getRun once', async (c) => await c.once().getRun(TRICKY), answer(200, run), { method: 'GET', path: `/classify_runs/${ENCODED}` }, 'a run'],
	['cancelRun', async (c) => await c.cancelRun(TRICKY), answer(200, run), { method: 'POST', path: `/classify_runs/${ENCODED}/cancel` }, 'the cancelled run'],
	['deleteRun', async (c) => await c.deleteRun(TRICKY), answer(200, {}), { method: 'DELETE', path: `/classify_runs/${ENCODED}` }, 'a confirmation'],
	['deleteFile', async (c) => await c.deleteFile(TRICKY), answer(200, {}), { method: 'DELETE', path: `/files/${ENCODED}` }, 'a confirmation'],
	['uploadFile', async (c) => await c.uploadFile(upload), answer(200, { id: 'file_1' }), { method: 'POST', path: '/files/upload', upload }, 'the uploaded file'],
	['uploadFile as PDF', async (c) => await c.uploadFile(upload, { convertToPdf: true }), answer(200, { id: 'file_1' }), { path: '/files/upload', query: { convertToPdf: true } }, 'the uploaded file'],
	['getFile', async (c) => await c.getFile(TRICKY), answer(200, { id: 'file_1' }), { method: 'GET', path: `/files/${ENCODED}` }, 'a file'],
	['getBatch', async (c) => await c.getBatch(TRICKY), answer(200, batch), { method: 'GET', path: `/batch_runs/${ENCODED}` }, 'a batch'],
	['getClassifier', async (c) => await c.getClassifier(TRICKY), answer(200, { id: 'cl_1' }), { method: 'GET', path: `/classifiers/${ENCODED}` }, 'a classifier'],
	[
		'getClassifierVersion',
		async (c) => await c.getClassifierVersion('cl_1', TRICKY),
		answer(200, { id: 'clv_1' }),
		{ method: 'GET', path: `/classifiers/cl_1/versions/${ENCODED}` },
		'a version of a classifier',
	],
	[
		'listRuns',
		async (c) => await c.listRuns({ status: 'FAILED', source: '', sortBy: undefined, sortDir: 'asc' }, 20, 'next'),
		list,
		{ method: 'GET', path: '/classify_runs', query: { status: 'FAILED', sortDir: 'asc', maxPageSize: 20, nextPageToken: 'next' } },
		'a list of runs',
	],
	['listRuns without more', async (c) => await c.listRuns({}, 20), list, { method: 'GET', path: '/classify_runs', query: { maxPageSize: 20 } }, 'a list of runs'],
	[
		'listClassifiers',
		async (c) => await c.listClassifiers(100, 'next'),
		list,
		{ method: 'GET', path: '/classifiers', query: { sortBy: 'updatedAt', sortDir: 'desc', maxPageSize: 100, nextPageToken: 'next' } },
		'a list of classifiers',
	],
	[
		'listClassifierVersions',
		async (c) => await c.listClassifierVersions(TRICKY, 100),
		list,
		{ method: 'GET', path: `/classifiers/${ENCODED}/versions`, query: { maxPageSize: 100 } },
		'a list of versions',
	],
];

describe('ExtendClient', () => {
	it.each(REQUESTS)('sends the documented request when it is asked to %s', async (_, ask, result, { query, ...expected }) => {
		const { client, ports } = clientOf(result);
		await ask(client);
		expect(ports.sent).toHaveLength(1);
		expect(ports.sent[0]).toMatchObject(expected);
		expect(ports.sent[0]?.query).toEqual(query);
		expect(ports.sent[0]?.timeoutMs).toBeGreaterThan(0);
	});

	it.each(REQUESTS)('asks without a body of its own when it is asked to %s', async (_, ask, result) => {
		const { client, ports } = clientOf(result);
		await ask(client);
		expect(ports.sent[0]?.body ?? {}).toEqual({});
	});

	it.each(REQUESTS.filter(([name]) => !name.endsWith('once')))('tries again after 500 when it is asked to %s', async (_, ask, result) => {
		const { client, ports } = clientOf(answer(500, {}), result);
		await ask(client);
		expect(ports.sent).toHaveLength(2);
	});

	it.each(REQUESTS)('names what it has asked for when the answer to %s cannot be read', async (_, ask, _result, _expected, what) => {
		const fault = await faultOf(ask(clientOf(textAnswer(200, 'no JSON')).client.once()));
		expect(fault.message).toBe(`Extend sent an answer that could not be read: it should hold ${what}`);
	});

	it('sends all parts when it starts a run', async () => {
		const { client, ports } = clientOf(answer(200, run));
		const request = { classifier: { id: 'cl_1', version: '1.0' }, file: { id: 'file_1' }, priority: 5, metadata: { a: 1 } };
		expect(await client.startRun(request)).toEqual({ id: 'clr_1', status: 'PENDING', json: run });
		expect(ports.sent).toEqual([{ method: 'POST', path: '/classify_runs', body: request, timeoutMs: 60_000, graceMs: 700 }]);
	});

	it('reads a new run when Extend does not say how it stands', async () => {
		const { client, ports } = clientOf(answer(200, { id: 'clr_1' }), answer(200, run));
		expect(await client.startRun({ config: {}, file: { id: 'file_1' } })).toEqual({ id: 'clr_1', status: 'PENDING', json: run });
		expect(ports.sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /classify_runs', 'GET /classify_runs/clr_1']);
	});

	it('leaves unset parts out when it starts a run', async () => {
		const { client, ports } = clientOf(answer(200, run));
		await client.startRun({ config: { classifications: [] }, file: { url: 'https://a' }, priority: undefined, metadata: undefined });
		expect(Object.keys(ports.sent[0]?.body ?? {})).toEqual(['config', 'file']);
	});

	it('sends a start once when its outcome is unknown', async () => {
		const { client, ports } = clientOf(answer(500, {}), answer(200, run));
		await faultOf(client.startRun({ config: {}, file: { id: 'file_1' } }));
		expect(ports.sent).toHaveLength(1);
	});

	it('sends all inputs of a batch in one request, and the priority where it is set', async () => {
		const { client, ports } = clientOf(answer(200, batch));
		const request = { classifier: { id: 'cl_1', version: '1.0' }, inputs: [{ file: { id: 'file_1' }, metadata: { key: 1 } }, { file: { text: 'x' }, metadata: { key: 2 } }] };
		expect(await client.startBatch(request)).toEqual({ id: 'bpr_1', status: 'PENDING', json: batch });
		await client.startBatch({ ...request, priority: 7 });
		expect(ports.sent.map(({ method, path }) => [method, path])).toEqual(Array(2).fill(['POST', '/classify_runs/batch']));
		expect(ports.sent.map(({ body }) => body)).toStrictEqual([request, { ...request, priority: 7 }]);
	});

	it('gives a batch time to be answered, and waits a moment for its ID when the workflow is stopped', async () => {
		const { client, ports } = clientOf(answer(200, batch));
		await client.startBatch({ classifier: { id: 'cl_1' }, inputs: [] });
		expect(ports.sent[0]).toMatchObject({ timeoutMs: 120_000, graceMs: 700 });
	});

	it('takes a new batch for pending when Extend does not say how it stands, so that its ID is not lost', async () => {
		const bare = { id: 'bpr_1', runCount: 1 };
		const started = await clientOf(answer(200, bare)).client.startBatch({ classifier: { id: 'cl_1' }, inputs: [] });
		expect(started).toEqual({ id: 'bpr_1', status: 'PENDING', json: bare });
	});

	it.each<[string, Ask]>([
		['the started run', async (c) => await c.startRun({ config: {}, file: { id: 'file_1' } })],
		['the started batch', async (c) => await c.startBatch({ classifier: { id: 'cl_1' }, inputs: [] })],
	])('names what it has started when the answer to %s cannot be read', async (what, ask) => {
		const fault = await faultOf(ask(clientOf(textAnswer(200, 'no JSON')).client));
		expect(fault.message).toContain(`it should hold ${what}`);
	});

	it.each<[string, Ask]>([
		['read', async (c) => await c.getRun('clr_1')],
		['cancelled', async (c) => await c.cancelRun('clr_1')],
		['deleted', async (c) => await c.deleteRun('clr_1')],
	])('names the run that could not be %s', async (_, ask) => {
		expect((await faultOf(ask(clientOf(answer(403, {})).client))).facts).toMatchObject({ status: 403, runId: 'clr_1' });
	});

	it('never sends a batch again when its outcome is unknown', async () => {
		const { client, ports } = clientOf(answer(500, {}), answer(200, batch));
		await faultOf(client.startBatch({ classifier: { id: 'cl_1' }, inputs: [] }));
		expect(ports.sent).toHaveLength(1);
	});

	it.each(REQUESTS)('tries once when it is to try everything once and is asked to %s', async (_, ask, result) => {
		const { client, ports } = clientOf(answer(500, {}), result);
		await faultOf(ask(client.once()));
		expect(ports.sent).toHaveLength(1);
	});

	it.each(['.', '..', '\ud800'])('sends nothing when the ID is %j', async (id) => {
		const { client, ports } = clientOf(answer(200, run));
		const asks = [client.getRun(id), client.cancelRun(id), client.deleteRun(id), client.deleteFile(id), client.listClassifierVersions(id, 1), client.getFile(id), client.getBatch(id), client.getClassifier(id), client.getClassifierVersion('cl_1', id)];
		for (const ask of asks) expect((await faultOf(ask)).facts.code).toBe('INVALID_INPUT');
		expect(ports.sent).toEqual([]);
	});

	it('gives ID and description when it uploads a file', async () => {
		expect(await clientOf(answer(200, { id: 'file_1', name: 'a.pdf' })).client.uploadFile(upload)).toEqual({
			id: 'file_1',
			json: { id: 'file_1', name: 'a.pdf' },
		});
	});

	it.each([
		[0, 60_000],
		[8_388_608, 60_000],
		[8_388_609, 120_000],
		[2_000_000_000, 120_000],
	])('takes a file of %i bytes for lost when it has not moved for %i ms', async (sizeBytes, timeoutMs) => {
		const { client, ports } = clientOf(answer(200, { id: 'file_1' }));
		await client.uploadFile({ ...upload, sizeBytes });
		expect(ports.sent[0]).toMatchObject({ timeoutMs });
	});

	it('spends reads, changes and runs from buckets of their own', async () => {
		const { client, ports } = clientOf(answer(200, run));
		ports.buckets.get.limiter.refused(0, 50_000);
		await client.startRun({ config: {}, file: { id: 'file_1' } });
		await client.cancelRun('clr_1');
		expect(ports.clock.nowMs()).toBe(0);
		await client.getRun('clr_1');
		expect(ports.clock.nowMs()).toBe(50_000);
	});
});
