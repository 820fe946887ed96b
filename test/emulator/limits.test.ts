import { configOf } from './index';
import { START_MS, useStage } from './testing/stage';

const RUN = { config: configOf('invoice'), file: { text: 'Invoice' } };

describe('rate limits', () => {
	const stage = useStage({ rateLimits: { get: 3, write: 2, run: 1 } });
	const statuses = async (count: number, method: string, path: string, json?: unknown) => {
		const answers = [];
		for (let index = 0; index < count; index++) answers.push(await stage().call(method, path, { json }));
		return answers.map(({ status }) => status);
	};

	it.each([
		['GET', '/classifiers', 3],
		['POST', '/classifiers/cl_inbound_mail', 2],
		['DELETE', '/files/file_unknown', 2],
		['POST', '/files/upload', 2],
		['POST', '/classify_runs/clr_unknown/cancel', 2],
		['POST', '/classify_runs', 1],
		['POST', '/classify_runs/batch', 1],
		['POST', '/classify', 1],
	])('let pass of %s %s in a second: %i', async (method, path, limit) => {
		const answered = await statuses(limit + 1, method, path, method === 'POST' ? {} : undefined);
		expect(answered.slice(0, limit)).not.toContain(429);
		expect(answered.at(-1)).toBe(429);
	});

	it('are separate buckets', async () => {
		expect(await statuses(2, 'POST', '/classify_runs', RUN)).toEqual([200, 429]);
		expect(await statuses(1, 'GET', '/classifiers')).toEqual([200]);
		expect(await statuses(1, 'POST', '/classifiers', { name: 'x' })).toEqual([200]);
	});

	it('slide: a place is free a second after it was taken', async () => {
		await statuses(2, 'GET', '/classifiers');
		stage().advance(600);
		expect(await statuses(2, 'GET', '/classifiers')).toEqual([200, 429]);
		stage().advance(400);
		expect(await statuses(3, 'GET', '/classifiers')).toEqual([200, 200, 429]);
	});

	it('count uploads where the options say', async () => {
		stage().emulator.options.uploadBucket = 'run';
		expect((await statuses(2, 'POST', '/files/upload', {})).at(-1)).toBe(429);
		expect(stage().emulator.requests.map(({ bucket }) => bucket)).toEqual(['run', 'run']);
	});

	it('do not count what was refused for its key', async () => {
		for (let index = 0; index < 5; index++) {
			await stage().call('GET', '/classifiers', { headers: { authorization: undefined } });
		}
		expect(await statuses(1, 'GET', '/classifiers')).toEqual([200]);
	});

	it('answer without a request ID in the body', async () => {
		await statuses(1, 'POST', '/classify_runs', RUN);
		const { body } = await stage().call('POST', '/classify_runs', { json: RUN });
		expect(body).toEqual({ code: 'RATE_LIMIT_EXCEEDED', message: expect.any(String), retryable: true });
	});

	it.each([
		['seconds', '1'],
		['date', new Date(START_MS + 2_000).toUTCString()],
		['none', null],
	] as const)('name the time to wait as %s', async (retryAfter, expected) => {
		stage().emulator.options.retryAfter = retryAfter;
		stage().advance(300); // START_MS is a whole second, and HTTP dates know no others
		await statuses(1, 'POST', '/classify_runs', RUN);
		const { headers } = await stage().call('POST', '/classify_runs', { json: RUN });
		expect(headers.get('retry-after')).toBe(expected);
	});

	it('can be switched off while running', async () => {
		stage().emulator.options.rateLimits = undefined;
		expect(await statuses(4, 'POST', '/classify_runs', RUN)).toEqual([200, 200, 200, 200]);
	});
});

describe('throughput', () => {
	const stage = useStage({ pendingMs: 50, runMs: 300 });
	const start = async (priority?: number) => (await stage().client.classifyRuns.create({ ...RUN, priority })).id;
	const statusOf = async (id: string) => (await stage().client.classifyRuns.retrieve(id)).status;
	const limit = (excess: 'queue' | 'refuse') => {
		stage().emulator.options.throughput = { filesPerMinute: 2, excess };
	};

	it('keeps runs over the limit pending until there is room', async () => {
		limit('queue');
		const ids = [await start(), await start(), await start()];
		stage().advance(300);
		expect(await Promise.all(ids.map(statusOf))).toEqual(['PROCESSED', 'PROCESSED', 'PENDING']);
		stage().advance(59_749);
		expect(await statusOf(ids[2] ?? '')).toBe('PENDING');
		stage().advance(1);
		expect(await statusOf(ids[2] ?? '')).toBe('PROCESSING');
		stage().advance(250);
		expect(await statusOf(ids[2] ?? '')).toBe('PROCESSED');
	});

	it('lets lower priority numbers go first, single runs before batches', async () => {
		limit('queue');
		await Promise.all([start(), start()]);
		const { id: batchId } = await stage().client.classifyRuns.createBatch({
			classifier: { id: 'cl_inbound_mail' },
			inputs: [{ file: { text: 'Invoice' } }],
		});
		const [single, urgent] = [await start(), await start(1)];
		stage().advance(50);
		await statusOf(single); // what is due starts at a look
		stage().advance(60_300);
		expect([await statusOf(urgent), await statusOf(single)]).toEqual(['PROCESSED', 'PROCESSED']);
		expect((await stage().client.batchRuns.get(batchId)).status).toBe('PENDING');
		stage().advance(60_300);
		expect((await stage().client.batchRuns.get(batchId)).status).toBe('PROCESSED');
	});

	it('refuses runs over the limit when the options say so', async () => {
		limit('refuse');
		const ids = [await start(), await start()];
		const { status, headers } = await stage().call('POST', '/classify_runs', { json: RUN });
		expect([status, headers.get('retry-after')]).toEqual([429, '60']);
		stage().advance(60_000);
		await start();
		expect(await Promise.all(ids.map(statusOf))).toEqual(['PROCESSED', 'PROCESSED']);
	});

	it('counts every input of a batch', async () => {
		limit('refuse');
		const inputs = Array.from({ length: 3 }, () => ({ file: { text: 'Invoice' } }));
		const json = { classifier: { id: 'cl_inbound_mail' }, inputs };
		expect((await stage().call('POST', '/classify_runs/batch', { json })).status).toBe(429);
		expect(stage().emulator.store.runs.size).toBe(0);
	});
});
