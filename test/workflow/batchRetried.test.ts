import type { Fault } from '../emulator';
import { batchBodies, inBatch, itemWith, numberedTexts, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const start = { ...inBatch, operation: 'start' };
const isBatch = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === '/classify_runs/batch';

/** Lets the first batch requests meet these faults and all else pass. */
async function openWith(faults: Array<Fault | undefined>, options: Parameters<typeof openStage>[0] = {}): Promise<void> {
	const left = [...faults];
	stage = await openStage({ ...options, onRequest: (request) => (isBatch(request) ? left.shift() : undefined) });
}

describe("n8n's Retry On Fail, with batches,", () => {
	const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 };

	it('waits for the batch of the try before, also before the list shows it', async () => {
		let lists = 0;
		stage = await openStage({
			listLagMs: 1_500,
			onRequest: ({ method, path }): Fault | undefined => {
				if (method !== 'GET' || path !== '/classify_runs') return undefined;
				lists += 1;
				return lists === 1 ? { kind: 'status', status: 403, body: { code: 'FORBIDDEN' } } : undefined;
			},
		});
		const { json, error, hints } = await stage.run({ parameters: inBatch, items: numberedTexts(5), settings: retried });
		expect(error).toBeUndefined();
		expect(json.map(({ category }) => category)).toEqual(['invoice', 'contract', 'invoice', 'contract', 'invoice']);
		expect([batchBodies(stage).length, stage.extend.store.runs.size]).toEqual([1, 5]);
		expect(hints.join()).toMatch(/5 documents used runs that already existed/);
	});

	it('starts anew what failed, and only that', async () => {
		let tries = 0;
		stage = await openStage({ outcome: ({ text }) => (text.endsWith('No. 1') && ++tries === 1 ? { status: 'FAILED', failureReason: 'INTERNAL_ERROR' } : undefined) });
		const { json, error } = await stage.run({ parameters: { ...inBatch, onRunFailed: 'error' }, items: numberedTexts(4), settings: retried });
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual(Array(4).fill('PROCESSED'));
		expect(batchBodies(stage).map(({ inputs }) => inputs.length)).toEqual([4, 1]);
	});

	it('uses the runs of a batch that got no answer', async () => {
		await openWith([{ kind: 'resetAfter' }]);
		const { json, error } = await stage.run({ parameters: start, items: numberedTexts(3), settings: retried });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ batchId: null, status: null, runCount: 3, createdAt: null, runIds: expect.any(Array) }]);
		expect([...(json[0]?.runIds as string[])].sort()).toEqual([...stage.extend.store.runs.keys()].sort());
		const waited = await stage.run({ parameters: { resource: 'batchRun', operation: 'waitForCompletion' }, items: [{ json: json[0] ?? {} }] });
		expect(waited.json.map(({ status }) => status)).toEqual(Array(3).fill('PROCESSED'));
		expect(batchBodies(stage)).toHaveLength(1);
	});

	it('sends nothing again while the list does not show what a request without an answer has made', async () => {
		await openWith([{ kind: 'resetAfter' }], { listLagMs: 600_000 });
		const { error } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: retried });
		expect(error?.message).toMatch(/not known whether Extend took the batch that an earlier try sent: .* is listed yet\. It was not sent again \[item 0\]$/);
		expect(error?.description).toMatch(/Check the runs in the Extend dashboard\. .*3 of 3 items failed/);
		expect([batchBodies(stage).length, stage.extend.store.runs.size]).toEqual([1, 3]);
	}, 60_000);

	it('uses what a request without an answer has made once the list shows it', async () => {
		await openWith([{ kind: 'resetAfter' }], { listLagMs: 600_000 });
		const { onRequest } = stage.extend.options;
		stage.extend.options.onRequest = (request) => {
			// The first try has given up by its fourth look.
			if (stage.requests('GET', /^\/classify_runs$/).length > 4) stage.extend.options.listLagMs = 0;
			return onRequest?.(request);
		};
		const { json, error } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: retried });
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual(Array(3).fill('PROCESSED'));
		expect([batchBodies(stage).length, stage.extend.store.runs.size]).toEqual([1, 3]);
	}, 60_000);

	it('names the batch of the try before when the look for it does not succeed', async () => {
		stage = await openStage({ onRequest: ({ method, path }) => (method === 'GET' && path === '/classify_runs' && stage.extend.store.batches.size > 0 ? { kind: 'status', status: 403, body: {} } : undefined) });
		const { error } = await stage.run({ parameters: inBatch, items: numberedTexts(2), settings: retried });
		const [batchId = ''] = [...stage.extend.store.batches.keys()];
		expect(error?.message).toMatch(new RegExp(`403.*, while batch ${batchId} of an earlier try was looked for$`));
		expect(error?.description).toContain(`Batches at Extend: ${batchId}.`);
		expect(batchBodies(stage)).toHaveLength(1);
	});

	it('names the batch of the try before when that cannot be read', async () => {
		const isBatchLook = ({ method, path }: { method: string; path: string }) => method === 'GET' && path.startsWith('/batch_runs/');
		await openWith([undefined, { kind: 'status', status: 422, body: { code: 'X', message: 'Not now', retryable: false } }]);
		const { onRequest } = stage.extend.options;
		stage.extend.options.onRequest = (request) => (isBatchLook(request) ? { kind: 'status', status: 404, body: { code: 'NOT_FOUND' } } : onRequest?.(request));
		const parameters = { ...start, options: { priority: '={{ $itemIndex + 1 }}' } };
		const { error } = await stage.run({ parameters, items: numberedTexts(2), settings: retried });
		const [batchId = ''] = [...stage.extend.store.batches.keys()];
		expect(error?.message).toMatch(new RegExp(`^Extend answered: .*, while batch ${batchId} of an earlier try was looked for`));
		expect(error?.description).toContain(batchId);
	});

	it('puts out the batch of the try before once more, and uploads nothing again', async () => {
		await openWith([undefined, { kind: 'status', status: 422, body: { code: 'X', message: 'Not now', retryable: false } }]);
		const parameters = { ...start, fileSource: 'binary', options: { priority: '={{ $itemIndex + 1 }}' } };
		const items = [await itemWith('one', 'one.txt'), await itemWith('two', 'two.txt')];
		const { json, error } = await stage.run({ parameters, items, settings: retried });
		expect(error).toBeUndefined();
		expect(json.map(({ batchId, runCount }) => [batchId, runCount])).toEqual([...stage.extend.store.batches.keys()].map((id) => [id, 1]));
		expect([stage.extend.store.runs.size, stage.requests('POST', /upload/).length, batchBodies(stage).length]).toEqual([2, 2, 3]);
	});
});
