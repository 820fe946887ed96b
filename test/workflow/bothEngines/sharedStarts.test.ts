import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { byText, CONTRACT, inBatch, INVOICE, itemWith, numberedTexts, openStage, runElsewhere, SAVED, byCategories, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const runCount = () => stage.extend.store.runs.size;
const keyed = { ...byText, text: '={{ $json.text }}', options: { idempotencyKey: '={{ $json.key }}' } };
const keyedBatch = { ...inBatch, options: { idempotencyKey: '={{ $json.key }}' } };
const withKeys = (count: number): INodeExecutionData[] => numberedTexts(count).map(({ json }) => ({ json: { ...json, key: `mail-${String(json.number)}` } }));

describe('two executions that begin with the same keys', () => {
	it.each<[string, IDataObject]>([
		['single runs', keyed],
		['a batch', keyedBatch],
	])('share their runs in one process when they begin at the same moment: %s', async (_, parameters) => {
		stage = await openStage({ listLagMs: 3_000 });
		const items = withKeys(4);
		const both = await Promise.all(['1', '2'].map(async (executionId) => await stage.run({ parameters, items, executionId })));
		expect(runCount()).toBe(4);
		const [first, second] = both.map(({ json }) => json.map(({ id }) => id));
		expect(second).toEqual(first);
		expect(both.flatMap(({ error }) => error ?? [])).toEqual([]);
	});

	it('share their runs in one process whether these were started one by one or in a batch', async () => {
		stage = await openStage({ listLagMs: 1_000 });
		const single = { ...keyed, classifyWith: 'classifier', classifier: SAVED };
		const [alone, together] = await Promise.all([
			stage.run({ parameters: single, items: withKeys(3), executionId: '1' }),
			stage.run({ parameters: keyedBatch, items: withKeys(3), executionId: '2' }),
		]);
		expect(runCount()).toBe(3);
		expect(together?.json.map(({ id }) => id)).toEqual(alone?.json.map(({ id }) => id));
	});

	it('let the second one start what the first one could not', async () => {
		let starts = 0;
		stage = await openStage({
			onRequest: ({ method, path }) => {
				if (method !== 'POST' || path !== '/classify_runs') return undefined;
				starts += 1;
				return starts === 1 ? { kind: 'status', status: 400, body: { code: 'INVALID_REQUEST', message: 'No', retryable: false } } : undefined;
			},
		});
		const settings = { onError: 'continueRegularOutput' as const };
		const both = await Promise.all(['1', '2'].map(async (executionId) => await stage.run({ parameters: keyed, items: withKeys(1), settings, executionId })));
		expect(both.map(({ json }) => json[0]?.category ?? 'failed').sort()).toEqual(['failed', 'invoice']);
		expect(runCount()).toBe(1);
	});

	it.each<[string, IDataObject]>([
		['single runs', keyed],
		['a batch', keyedBatch],
	])('look again in another process when their turn has come, so that uploads and queues are no window: %s', async (_, parameters) => {
		stage = await openStage({ rateLimits: { get: 50, write: 50, run: 5 } });
		const items = withKeys(12);
		const first = stage.run({ parameters, items, executionId: '1' });
		await sleep(700);
		const second = await runElsewhere(stage, { parameters, items, executionId: '2' });
		expect((await first).json.map(({ id }) => id)).toEqual(second.json.map(({ id }) => id));
		expect(runCount()).toBe(12);
	});
});

describe('Reuse Earlier Result: Same Document', () => {
	const reusing = { ...byText, text: '={{ $json.text }}', options: { reuse: 'sameDocument' } };

	it('costs 60 runs for 100 documents of which 40 are repeats', async () => {
		stage = await openStage();
		const items = Array.from({ length: 100 }, (_, number) => ({ json: { text: `${number % 2 === 0 ? INVOICE : CONTRACT} No. ${number % 60}` } }));
		const { json, hints } = await stage.run({ parameters: reusing, items });
		expect(runCount()).toBe(60);
		expect(json.map(({ id }) => id)).toEqual(items.map((_, number) => json[number % 60]?.id));
		expect(hints.join('\n')).toContain('40 documents used runs that already existed');
	});

	it('holds for files by their content, whatever their name, in later executions and in batches', async () => {
		stage = await openStage();
		const parameters = { ...byCategories, classifyWith: 'classifier', classifier: SAVED, options: { reuse: 'sameDocument' } };
		const first = await stage.run({ parameters, items: [await itemWith(INVOICE, 'a.txt')], executionId: '1' });
		const second = await stage.run({ parameters, items: [await itemWith(INVOICE, 'b.txt'), await itemWith(CONTRACT, 'a.txt')], executionId: '2' });
		const batch = await stage.run({ parameters: { ...inBatch, ...parameters, classifierVersion: 'latest', fileSource: 'binary' }, items: [await itemWith(INVOICE, 'c.txt')], executionId: '3' });
		expect(second.json[0]?.id).toBe(first.json[0]?.id);
		expect(batch.json[0]?.id).toBe(first.json[0]?.id);
		expect(runCount()).toBe(2);
	});

	it.each<[string, IDataObject]>([
		['another version', { classifierVersion: '1.0' }],
		['other rules', { modelOptions: { rules: 'A pro-forma invoice is a contract' } }],
	])('does not hold for %s', async (_, change) => {
		stage = await openStage();
		const parameters = { ...reusing, classifyWith: 'classifier', classifier: SAVED, classifierVersion: '2.0' };
		const items = [{ json: { text: INVOICE } }];
		await stage.run({ parameters, items, executionId: '1' });
		await stage.run({ parameters: { ...parameters, ...change }, items, executionId: '2' });
		expect(runCount()).toBe(2);
	});
});

describe('a tool of an AI agent', () => {
	const tool = { ...byText, text: '={{ $json.text }}' };

	it('classifies a document once when the model calls it twice for the same, and again for another one', async () => {
		stage = await openStage();
		const items = [INVOICE, INVOICE, CONTRACT].map((text) => ({ json: { text } }));
		const { json } = await stage.run({ parameters: tool, items, asTool: true });
		expect(runCount()).toBe(2);
		expect(json.map(({ id }) => id)).toEqual([json[0]?.id, json[0]?.id, json[2]?.id]);
	});
});
