import type { INodeExecutionData } from 'n8n-workflow';
import { hurryPace } from '../pace';
import { inBatch, INVOICE, numberedTexts, openStage, type Stage } from '../setup';

let stage: Stage;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const texts = (...contents: string[]): INodeExecutionData[] => contents.map((text) => ({ json: { text } }));

describe('the public interface, batchRun start, get and waitForCompletion', () => {
	const waitForCompletion = { resource: 'batchRun', operation: 'waitForCompletion' };

	it('start and get output { batchId, status, runCount, createdAt }; waitForCompletion one item per run, in the order of our key, paired to the item that holds batchId', async () => {
		stage = await openStage({ runMs: 5_000, pendingMs: 200 });
		const items = numberedTexts(12);
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items });
		expect(started.json).toEqual([{ batchId: expect.stringMatching(/^bpr_/), status: 'PENDING', runCount: 12, createdAt: expect.any(String) }]);
		expect(started.outputs[0]?.[0]?.pairedItem).toEqual(items.map((_, item) => ({ item })));
		const batch = [{ json: started.json[0] ?? {} }];
		const got = await stage.run({ parameters: { resource: 'batchRun', operation: 'get' }, items: batch });
		expect(got.json).toEqual([{ ...started.json[0], status: expect.stringMatching(/^(PENDING|PROCESSING)$/) }]);
		const { json, outputs, error } = await stage.run({ parameters: waitForCompletion, items: batch });
		expect(error).toBeUndefined();
		const { runs } = stage.extend.store;
		expect(json.map(({ id }) => runs.get(String(id))?.file?.bytes.toString())).toEqual(items.map((item) => item.json.text));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(items.map(() => ({ item: 0 })));
	});

	it('start says which items were in no batch for lack of a document', async () => {
		stage = await openStage();
		const parameters = { ...inBatch, operation: 'start', fileSource: 'binary', binaryFields: 'attachment_*', fileOptions: { onNoDocument: 'skip' } };
		const { json, hints } = await stage.run({ parameters, items: [{ json: {} }, { json: {} }] });
		expect(json).toEqual([]);
		expect(hints.join()).toContain('2 items without a document, in no batch: item 0, item 1');
	});

	it('give what Extend sent when Simplify is off', async () => {
		stage = await openStage();
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start', simplify: false }, items: texts(INVOICE) });
		expect(started.json).toEqual([expect.objectContaining({ object: 'batch_run', id: expect.stringMatching(/^bpr_/), runCount: 1 })]);
		const batchId = String(started.json[0]?.id);
		const got = await stage.run({ parameters: { resource: 'batchRun', operation: 'get', batchId, simplify: false } });
		expect(got.json[0]).toMatchObject({ object: 'batch_run', id: batchId });
		const waited = await stage.run({ parameters: { ...waitForCompletion, batchId, simplify: false } });
		expect(waited.json[0]).toMatchObject({ object: 'classify_run', output: { id: 'invoice' } });
	});

	it.each([100, 1_000])('give all runs when Extend grants pages of %i', async (maxPageSize) => {
		stage = await openStage({ maxPageSize, runMs: 50 });
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(120) });
		const { json } = await stage.run({ parameters: { ...waitForCompletion, batchId: String(started.json[0]?.batchId) } });
		expect(new Set(json.map(({ id }) => id)).size).toBe(120);
	});

	it('waitForCompletion orders runs without our key by createdAt', async () => {
		stage = await openStage();
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(3) });
		const runs = [...stage.extend.store.runs.values()];
		runs.forEach((run, age) => {
			run.metadata = null;
			run.createdAtMs -= age * 60_000;
		});
		const { json } = await stage.run({ parameters: { ...waitForCompletion, batchId: String(started.json[0]?.batchId) } });
		expect(json.map(({ id }) => id)).toEqual(runs.reverse().map(({ id }) => id));
	});

	it('wait for all batches that came out of Start, each paired with its own', async () => {
		stage = await openStage();
		const options = { priority: '={{ $json.number + 1 }}' };
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start', options }, items: numberedTexts(3) });
		expect(started.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const { outputs } = await stage.run({ parameters: waitForCompletion, items: started.json.map((json) => ({ json })) });
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.category, pairedItem])).toEqual([
			['invoice', { item: 0 }],
			['contract', { item: 1 }],
			['invoice', { item: 2 }],
		]);
	});

	it.each(['get', 'waitForCompletion'])('say so when %s has no batch ID, or one that Extend does not know', async (operation) => {
		stage = await openStage();
		const empty = await stage.run({ parameters: { resource: 'batchRun', operation } });
		expect(empty.error?.message).toBe('There is no batch ID [item 0]');
		expect(stage.extend.requests).toEqual([]);
		const unknown = await stage.run({ parameters: { resource: 'batchRun', operation, batchId: 'bpr_nobody' } });
		expect(unknown.error?.message).toMatch(/^Extend answered: .*\[item 0\]/);
	});
});
