import type { Fault } from '../emulator';
import { batchBodies, inBatch, itemWith, numberedTexts, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const start = { ...inBatch, operation: 'start' };
const goOn = { onError: 'continueRegularOutput' as const };
const isBatch = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === '/classify_runs/batch';
const runsByText = () => [...stage.extend.store.runs.values()].map(({ file }) => file?.bytes.toString()).sort();
const textsOf = (items: ReturnType<typeof numberedTexts>) => items.map(({ json: { text } }) => text).sort();

/** Lets the first batch requests meet these faults and all else pass. */
async function openWith(faults: Array<Fault | undefined>, options: Parameters<typeof openStage>[0] = {}): Promise<void> {
	const left = [...faults];
	stage = await openStage({ ...options, onRequest: (request) => (isBatch(request) ? left.shift() : undefined) });
}

const ACTED: Array<[string, Fault]> = [
	['the answer is lost', { kind: 'resetAfter' }],
	['the answer is cut off', { kind: 'truncate' }],
];
const NOT_ACTED: Array<[string, Fault]> = [
	['the connection breaks before', { kind: 'resetBefore' }],
	['a proxy answers with 502', { kind: 'html', status: 502 }],
	['Extend answers with 500', { kind: 'status', status: 500 }],
];

describe('a batch whose outcome is not known', () => {
	it.each(ACTED)('is found by its keys when %s, however the list lags, and its runs are waited for', async (_, fault) => {
		await openWith([fault], { listLagMs: 2_000 });
		const items = numberedTexts(12);
		const { json, outputs, error } = await stage.run({ parameters: inBatch, items });
		expect(error).toBeUndefined();
		expect(json.map(({ category }) => category)).toEqual(items.map((_item, item) => (item % 2 === 0 ? 'invoice' : 'contract')));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
		expect(runsByText()).toEqual(textsOf(items));
		expect(batchBodies(stage)).toHaveLength(1);
	});

	it.each(NOT_ACTED)('is not sent again when %s; its items say what to do', async (_, fault) => {
		await openWith([fault]);
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: goOn });
		expect(json).toHaveLength(3);
		for (const [item, failed] of json.entries()) {
			expect(failed).toMatchObject({
				error: expect.stringMatching(new RegExp(`n8n:start = run:[0-9a-f]{32} none was found\\. The last start: .* \\[item ${item}\\]$`)),
				message: expect.stringContaining('not paid twice'),
				details: { code: 'OUTCOME_UNKNOWN', runId: null, itemIndex: item },
			});
		}
		expect([batchBodies(stage).length, stage.extend.store.runs.size]).toEqual([1, 0]);
	});

	it('takes no other batch along: the items of the others come out', async () => {
		await openWith([undefined, { kind: 'resetBefore' }]);
		const parameters = { ...inBatch, options: { priority: '={{ $json.number < 2 ? 1 : 2 }}' } };
		const { json } = await stage.run({ parameters, items: numberedTexts(4), settings: goOn });
		expect(json.map(({ status, details }) => status ?? (details as { code: string }).code)).toEqual(['PROCESSED', 'PROCESSED', 'OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
	});

	it.each(ACTED)('makes Start name the runs that exist when %s, and start nothing again', async (_, fault) => {
		await openWith([fault]);
		const { json } = await stage.run({ parameters: start, items: numberedTexts(3), settings: goOn });
		const ids = [...stage.extend.store.runs.keys()];
		expect(json.map(({ details }) => (details as { runId: string }).runId).sort()).toEqual(ids.sort());
		expect(json[0]).toMatchObject({ error: expect.stringMatching(/did not confirm the batch, but has started run clr_/), message: expect.stringMatching(/Wait for Completion.*Idempotency Key/), details: { code: 'OUTCOME_UNKNOWN' } });
		expect(batchBodies(stage)).toHaveLength(1);
	});

	it('makes Start stop with the IDs of all runs, so that none is lost', async () => {
		await openWith([{ kind: 'resetAfter' }]);
		const { error } = await stage.run({ parameters: start, items: numberedTexts(3) });
		for (const id of stage.extend.store.runs.keys()) expect(error?.description).toContain(id);
	});

	it('is not looked for when it was refused, and says that nothing of it was started', async () => {
		await openWith([{ kind: 'status', status: 422, body: { code: 'INVALID_REQUEST', message: 'Bad input; Path: inputs.1.file', retryable: false, requestId: 'req_1' } }]);
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: goOn });
		expect(json.map(({ error }) => error)).toEqual([0, 1, 2].map((item) => expect.stringMatching(new RegExp(`Bad input; Path: inputs.1.file .*none of the 3 documents of this batch was started \\[item ${item}\\]`))));
		expect(json[0]).toMatchObject({ details: { code: 'INVALID_REQUEST', requestId: 'req_1' } });
		expect(stage.requests('GET', /./)).toEqual([]);
	});

	it('is repeated without a look after a 429', async () => {
		await openWith([{ kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many', retryable: true } }]);
		const { json } = await stage.run({ parameters: start, items: numberedTexts(3) });
		expect(json[0]).toMatchObject({ runCount: 3 });
		expect([batchBodies(stage).length, stage.extend.store.runs.size]).toEqual([2, 3]);
	});

	it('keeps its ID when Extend answers without a status', async () => {
		await openWith([{ kind: 'status', status: 200, body: { id: 'bpr_without_status', runCount: 1 } }]);
		const { json } = await stage.run({ parameters: start, items: numberedTexts(1) });
		expect(json[0]).toMatchObject({ batchId: 'bpr_without_status', runCount: 1 });
	});
});

describe("n8n's Retry On Fail", () => {
	const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 };

	it('waits for the batch of the try before, also before the list shows it', async () => {
		let lists = 0;
		stage = await openStage({
			listLagMs: 1_500,
			onRequest: ({ method, path }): Fault | undefined => {
				if (method !== 'GET' || path !== '/classify_runs') return undefined;
				lists += 1; // the first one looks for earlier tries
				return lists === 2 ? { kind: 'status', status: 403, body: {} } : undefined;
			},
		});
		const { json, error, hints } = await stage.run({ parameters: inBatch, items: numberedTexts(5), settings: retried });
		expect(error).toBeUndefined();
		expect(json.map(({ category }) => category)).toEqual(['invoice', 'contract', 'invoice', 'contract', 'invoice']);
		expect([batchBodies(stage).length, stage.extend.store.runs.size]).toEqual([1, 5]);
		expect(hints.join()).toMatch(/5 runs of an earlier try found/);
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
		expect(error?.message).toMatch(/did not confirm the batch that an earlier try has sent, .* none is listed yet; it was not sent again \[item 0\]$/);
		expect(error?.description).toMatch(/Check the runs in the Extend dashboard\. .*3 of 3 items did not succeed/);
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
		expect(error?.message).toMatch(new RegExp(`403.*, while batch ${batchId} of an earlier try was looked for \\[item 0\\]$`));
		expect(error?.description).toContain(`Batches at Extend: ${batchId}.`);
		expect(batchBodies(stage)).toHaveLength(1);
	});

	it('names the batch of the try before when that cannot be read', async () => {
		const isBatchLook = ({ method, path }: { method: string; path: string }) => method === 'GET' && path.startsWith('/batch_runs/');
		await openWith([undefined, { kind: 'status', status: 422, body: { code: 'X', message: 'Not now', retryable: false } }]);
		const { onRequest } = stage.extend.options;
		stage.extend.options.onRequest = (request) => (isBatchLook(request) ? { kind: 'status', status: 404, body: {} } : onRequest?.(request));
		const parameters = { ...start, options: { priority: '={{ $itemIndex + 1 }}' } };
		const { error } = await stage.run({ parameters, items: numberedTexts(2), settings: retried });
		const [batchId = ''] = [...stage.extend.store.batches.keys()];
		expect(error?.message).toMatch(new RegExp(`404.*, while batch ${batchId} of an earlier try was looked for \\[item 0\\]$`));
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

describe('an idempotency key', () => {
	const keyed = { ...inBatch, options: { idempotencyKey: '={{ "mail-" + $json.number }}' } };

	it('makes another execution use the runs that exist, and start only the rest', async () => {
		stage = await openStage();
		const first = await stage.run({ parameters: keyed, items: numberedTexts(3), executionId: '1' });
		const second = await stage.run({ parameters: keyed, items: numberedTexts(5), executionId: '2' });
		expect(second.json.slice(0, 3).map(({ id }) => id)).toEqual(first.json.map(({ id }) => id));
		expect(second.json.map(({ category }) => category)).toEqual(['invoice', 'contract', 'invoice', 'contract', 'invoice']);
		expect(batchBodies(stage).map(({ inputs }) => inputs.length)).toEqual([3, 2]);
		expect(second.hints.join()).toMatch(/3 runs of an earlier try found/);
	});

	it('starts anew what failed or was cancelled', async () => {
		stage = await openStage({ outcome: ({ text }) => (text.endsWith('No. 1') ? { status: 'FAILED', failureReason: 'INTERNAL_ERROR' } : undefined) });
		await stage.run({ parameters: keyed, items: numberedTexts(2) });
		stage.extend.options.outcome = undefined;
		const { json } = await stage.run({ parameters: keyed, items: numberedTexts(2), executionId: '2' });
		expect(json.map(({ status }) => status)).toEqual(['PROCESSED', 'PROCESSED']);
		expect(stage.extend.store.runs.size).toBe(3);
	});

	it('starts anew what has failed since it was listed', async () => {
		stage = await openStage({ outcome: ({ text }) => (text.endsWith('No. 1') ? { status: 'FAILED', failureReason: 'INTERNAL_ERROR' } : undefined) });
		await stage.run({ parameters: keyed, items: numberedTexts(2) });
		const data = [...stage.extend.store.runs.values()].map(({ id, metadata, classifier }) => ({ id, metadata, classifier, status: 'PROCESSING', createdAt: new Date().toISOString() }));
		let lists = 0;
		Object.assign(stage.extend.options, {
			outcome: undefined,
			onRequest: ({ method, path }: { method: string; path: string }): Fault | undefined =>
				method === 'GET' && path === '/classify_runs' && ++lists === 1 ? { kind: 'status', status: 200, body: { object: 'list', data } } : undefined,
		});
		const { json } = await stage.run({ parameters: keyed, items: numberedTexts(2), executionId: '2' });
		expect(json.map(({ id, status }) => [id === data[0]?.id, status])).toEqual([[true, 'PROCESSED'], [false, 'PROCESSED']]);
		expect(batchBodies(stage).map(({ inputs }) => inputs.length)).toEqual([2, 1]);
	});

	it('is shared with single runs', async () => {
		stage = await openStage();
		await stage.run({ parameters: { ...keyed, resource: 'classifyRun', classifyWith: 'classifier' }, items: numberedTexts(2) });
		await stage.run({ parameters: keyed, items: numberedTexts(2), executionId: '2' });
		expect(stage.extend.store.runs.size).toBe(2);
	});

	it('makes Start stop with the IDs of the runs that exist when another document does not succeed', async () => {
		stage = await openStage();
		await stage.run({ parameters: { ...keyed, operation: 'start' }, items: numberedTexts(12) });
		const texts = [...numberedTexts(12), { json: { number: 12, text: ' ' } }];
		const { error } = await stage.run({ parameters: { ...keyed, operation: 'start' }, items: texts, executionId: '2' });
		expect(error?.message).toMatch(/Text is empty \[item 12\]$/);
		for (const id of stage.extend.store.runs.keys()) expect(error?.description).toContain(id);
	});

	it('is refused when two documents have the same, before anything is sent', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...inBatch, options: { idempotencyKey: 'same' } }, items: numberedTexts(2), settings: goOn });
		expect(json.map(({ error }) => error)).toEqual([expect.stringMatching(/also that of item 1 \[item 0\]/), expect.stringMatching(/also that of item 0 \[item 1\]/)]);
		expect(stage.extend.requests).toEqual([]);
	});
});
