import type { Fault } from '../emulator';
import { batchBodies, inBatch, numberedTexts, openStage, type Stage } from './setup';

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
				error: expect.stringMatching(new RegExp(`n8n:start = run:[0-9a-f]{32} no run was found\\. The last start: .* \\[item ${item}\\]$`)),
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
		expect(json.map(({ error }) => error)).toEqual([0, 1, 2].map((item) => expect.stringMatching(new RegExp(`Bad input; Path: inputs.1.file.*none of the 3 documents of this batch was started \\[item ${item}\\]`))));
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

describe('an idempotency key', () => {
	const keyed = { ...inBatch, options: { idempotencyKey: '={{ "mail-" + $json.number }}' } };

	it('makes another execution use the runs that exist, and start only the rest', async () => {
		stage = await openStage();
		const first = await stage.run({ parameters: keyed, items: numberedTexts(3), executionId: '1' });
		const second = await stage.run({ parameters: keyed, items: numberedTexts(5), executionId: '2' });
		expect(second.json.slice(0, 3).map(({ id }) => id)).toEqual(first.json.map(({ id }) => id));
		expect(second.json.map(({ category }) => category)).toEqual(['invoice', 'contract', 'invoice', 'contract', 'invoice']);
		expect(batchBodies(stage).map(({ inputs }) => inputs.length)).toEqual([3, 2]);
		expect(second.hints.join()).toMatch(/3 documents used runs that already existed/);
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
