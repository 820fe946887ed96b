import type { INodeExecutionData } from 'n8n-workflow';
import { fileOf } from './engine';
import { hurryPace } from './pace';
import { batchBodies, CONTRACT, inBatch, INVOICE, itemWith, numberedTexts, openStage, type Stage } from './setup';

let stage: Stage;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const texts = (...contents: string[]): INodeExecutionData[] => contents.map((text) => ({ json: { text } }));
const byFile = { ...inBatch, fileSource: 'binary' };
const goOn = { onError: 'continueRegularOutput' as const };

describe('Batch Run: Classify and Wait', () => {
	it('starts all documents with one request and gives their categories in the order of the items', async () => {
		stage = await openStage({ runMs: ({ text }) => (text.endsWith('No. 0') ? 900 : 300) });
		const items = numberedTexts(20);
		const { json, outputs, error } = await stage.run({ parameters: inBatch, items });
		expect(error).toBeUndefined();
		expect(json.map(({ status, category }) => [status, category])).toEqual(items.map((_, item) => ['PROCESSED', item % 2 === 0 ? 'invoice' : 'contract']));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(batchBodies(stage)).toHaveLength(1);
		expect(stage.extend.store.runs.size).toBe(20);
		expect(stage.requests('POST', /^\/classify_runs$/)).toHaveLength(0);
	});

	it('gives what a single run gives, also untouched', async () => {
		stage = await openStage();
		const single = await stage.run({ parameters: { ...inBatch, resource: 'classifyRun' }, items: texts(CONTRACT) });
		const [batched, raw] = [await stage.run({ parameters: inBatch, items: texts(CONTRACT) }), await stage.run({ parameters: { ...inBatch, simplify: false }, items: texts(CONTRACT) })];
		expect(Object.keys(batched.json[0] ?? {})).toEqual(Object.keys(single.json[0] ?? {}));
		expect(batched.json[0]).toMatchObject({ category: 'contract', confidence: single.json[0]?.confidence, classifierId: 'cl_inbound_mail', classifierVersion: '2.0' });
		expect(raw.json[0]).toMatchObject({ object: 'classify_run', output: { id: 'contract' }, config: { classifications: expect.any(Array) } });
	});

	it('uploads the files first, and sends them with one request', async () => {
		stage = await openStage();
		const { json, outputs } = await stage.run({ parameters: byFile, items: [await itemWith(INVOICE), await itemWith(CONTRACT, 'contract.txt')] });
		expect(json.map(({ category, fileName, binaryField }) => [category, fileName, binaryField])).toEqual([
			['invoice', 'invoice.txt', 'data'],
			['contract', 'contract.txt', 'data'],
		]);
		expect(outputs[0]?.map(({ binary }) => binary?.data?.fileName)).toEqual(['invoice.txt', 'contract.txt']);
		const paths = stage.extend.requests.filter(({ method }) => method === 'POST').map(({ path }) => path);
		expect(paths).toEqual(['/files/upload', '/files/upload', '/classify_runs/batch']);
	});

	it('makes a run of every attachment that matches, in their order, and tells what was left out', async () => {
		stage = await openStage();
		const binary = {
			attachment_0: await fileOf(INVOICE, 'a.txt', 'text/plain'),
			attachment_1: await fileOf(CONTRACT, 'b.txt', 'text/plain'),
			attachment_2: await fileOf('tiny', 'c.txt', 'text/plain'),
		};
		const parameters = { ...byFile, binaryFields: 'attachment_*', options: { minimumFileSize: 10 } };
		const { json, outputs, hints } = await stage.run({ parameters, items: [{ json: {}, binary }, { json: {}, binary }] });
		expect(json.map(({ category, binaryField }) => [category, binaryField])).toEqual(Array(2).fill([['invoice', 'attachment_0'], ['contract', 'attachment_1']]).flat());
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
		expect(outputs[0]?.map((item) => Object.keys(item.binary ?? {}))).toEqual(Array(2).fill([['attachment_0'], ['attachment_1']]).flat());
		expect(hints.join()).toMatch(/2 files left out/);
	});

	it('passes an item on without a document when it is told to', async () => {
		stage = await openStage();
		const parameters = { ...byFile, binaryFields: 'attachment_*', options: { onNoDocument: 'skip' } };
		const items = [{ json: {} }, { json: {}, binary: { attachment_0: await fileOf(INVOICE, 'a.txt', 'text/plain') } }];
		const { json } = await stage.run({ parameters, items });
		expect(json.map(({ id, category }) => [id === null, category])).toEqual([[true, null], [false, 'invoice']]);
	});

	it('sends nothing at all when no item has a document', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...byFile, binaryFields: 'attachment_*', options: { onNoDocument: 'skip' } } });
		expect(json).toEqual([expect.objectContaining({ id: null })]);
		expect(stage.extend.requests).toEqual([]);
	});

	it('removes the uploaded files once their runs are final, when it is told to', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...byFile, options: { deleteFileAfter: true } }, items: [await itemWith(INVOICE), await itemWith(CONTRACT, 'b.txt')] });
		expect(json.map(({ category }) => category)).toEqual(['invoice', 'contract']);
		expect(stage.extend.store.files.size).toBe(0);
	});

	it('says when the latest version was a draft', async () => {
		stage = await openStage();
		const neverPublished = [...stage.extend.store.classifiers.values()].find(({ published }) => published.length === 0);
		const classifier = { mode: 'id', value: neverPublished?.id ?? '' };
		const { hints } = await stage.run({ parameters: { ...inBatch, classifier, classifierVersion: 'latest' }, items: texts(INVOICE) });
		expect(hints.join()).toMatch(/the draft was run/);
	});

	it('routes by category', async () => {
		stage = await openStage();
		const parameters = { ...inBatch, routeBy: 'category', minimumConfidence: 0, routeCategories: { route: [{ category: 'contract' }] } };
		const { outputs } = await stage.run({ parameters, items: numberedTexts(4) });
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 0 }, { item: 2 }], [], [], [{ item: 1 }, { item: 3 }]]);
	});
});

describe('what goes into a batch', () => {
	it('sends every option where Extend expects it, with our keys in the metadata', async () => {
		stage = await openStage();
		const options = {
			metadata: '{"mail":"AP-1"}', usageTags: 'ap-inbox', priority: 7, rules: 'Be strict', baseProcessor: 'classification_light', context: 'max',
			pageRanges: '1-3,8', parseConfig: '{"target":"markdown"}', fileName: 'mail.txt',
		};
		await stage.run({ parameters: { ...inBatch, options }, items: texts(INVOICE, CONTRACT) });
		expect(batchBodies(stage)).toEqual([
			{
				classifier: {
					id: 'cl_inbound_mail',
					version: '2.0',
					overrideConfig: {
						classificationRules: 'Be strict', baseProcessor: 'classification_light', parseConfig: { target: 'markdown' },
						advancedOptions: { context: 'max', pageRanges: [{ start: 1, end: 3 }, { start: 8, end: 8 }] },
					},
				},
				priority: 7,
				inputs: [INVOICE, CONTRACT].map((text, item) => ({
					file: { text, name: 'mail.txt' },
					metadata: { mail: 'AP-1', 'extend:usage_tags': ['ap-inbox'], 'n8n:start': expect.stringMatching(/^run:[0-9a-f]{32}$/), 'n8n:position': `${item}.0` },
				})),
			},
		]);
	});

	it('leaves the priority to Extend unless one is set, which is lower for batches than for single runs', async () => {
		stage = await openStage();
		await stage.run({ parameters: inBatch, items: texts(INVOICE) });
		expect(batchBodies(stage)[0]).not.toHaveProperty('priority');
		expect([...stage.extend.store.runs.values()].map(({ priority }) => priority)).toEqual([75]);
	});

	it.each([
		['classifier', { classifier: { mode: 'id', value: '={{ $json.classifier }}' }, classifierVersion: 'latest' }],
		['version', { classifierVersion: '={{ $json.version }}' }],
		['options', { options: { rules: '={{ $json.rules }}' } }],
		['priority', { options: { priority: '={{ $json.priority }}' } }],
	])('puts items with another %s into a batch of their own, and keeps the order of the items', async (_, more) => {
		stage = await openStage();
		const [, other = ''] = [...stage.extend.store.classifiers.keys()];
		const fields = (isOther: boolean) => ({
			classifier: isOther ? other : 'cl_inbound_mail', version: isOther ? '1.0' : '2.0', rules: isOther ? 'Be strict' : 'Be kind', priority: isOther ? 9 : 10,
		});
		const items: INodeExecutionData[] = numberedTexts(6).map(({ json }, item) => ({ json: { ...json, ...fields(item % 3 === 1) } }));
		const { json } = await stage.run({ parameters: { ...inBatch, ...more }, items });
		expect(batchBodies(stage).map(({ inputs }) => inputs.length)).toEqual([4, 2]);
		const { runs } = stage.extend.store;
		expect(json.map(({ id }) => runs.get(String(id))?.file?.bytes.toString())).toEqual(items.map((item) => item.json.text));
	});

	it('keeps names, passwords, metadata and tags with their document, in one batch', async () => {
		stage = await openStage();
		const options = { fileName: '={{ $json.name }}', filePassword: '={{ $json.password }}', metadata: '={{ { mail: $json.name } }}' };
		const items = ['a', 'b'].map((name) => ({ json: { name: `${name}.pdf`, password: `open ${name}` } }));
		await stage.run({ parameters: { ...inBatch, operation: 'start', fileSource: 'url', fileUrl: 'https://files.example.com/x.pdf', options }, items });
		expect(batchBodies(stage)).toHaveLength(1);
		expect(batchBodies(stage)[0]?.inputs.map(({ file, metadata }) => [file.name, file.settings, metadata.mail])).toEqual([
			['a.pdf', { password: 'open a' }, 'a.pdf'],
			['b.pdf', { password: 'open b' }, 'b.pdf'],
		]);
	});
});

describe('input that cannot be used', () => {
	it.each([
		['no classifier', { classifier: { mode: 'id', value: '={{ $json.nothing }}' } }, /No classifier is chosen/],
		['an empty text', { text: '={{ $json.nothing }}' }, /The Text is empty/],
		['a priority out of range', { options: { priority: 101 } }, /Priority is 101/],
		['metadata of ours', { options: { metadata: '{"n8n:x":1}' } }, /kept for this node/],
		['too much metadata', { options: { metadata: JSON.stringify({ a: 'x'.repeat(10_240) }) } }, /bytes long/],
		['unreadable page ranges', { options: { pageRanges: '8-1' } }, /Page Ranges cannot be read/],
		['a timeout that is none', { waitOptions: { timeout: -1 } }, /Timeout is -1/],
		['a confidence above 1', { routeBy: 'confidence', minimumConfidence: 80 }, /Minimum Confidence is 80/],
	])('is refused with the number of the item before anything is sent: %s', async (_, more, message) => {
		stage = await openStage();
		const { error } = await stage.run({ parameters: { ...inBatch, ...more }, items: texts(INVOICE) });
		expect(error?.message).toMatch(message);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(stage.extend.requests).toEqual([]);
	});

	it('keeps its item out of the batch and no other', async () => {
		stage = await openStage();
		const { json, outputs } = await stage.run({ parameters: inBatch, items: texts(INVOICE, '', CONTRACT), settings: goOn });
		expect(json.map(({ category, error }) => category ?? error)).toEqual(['invoice', 'contract', 'The Text is empty [item 1]']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }, { item: 1 }]);
		expect(batchBodies(stage)[0]?.inputs).toHaveLength(2);
	});

	it('keeps a file that cannot be uploaded out of the batch', async () => {
		stage = await openStage({
			onRequest: ({ path, body }) =>
				path === '/files/upload' && (body as { fileName: string }).fileName === 'bad.txt' ? { kind: 'status', status: 422, body: { code: 'X', message: 'Unsafe file', retryable: false } } : undefined,
		});
		const items = [await itemWith(INVOICE), await itemWith(CONTRACT, 'bad.txt'), await itemWith(CONTRACT, 'good.txt')];
		const { json } = await stage.run({ parameters: byFile, items, settings: goOn });
		expect(json.map(({ category, error }) => category ?? error)).toEqual(['invoice', 'contract', expect.stringMatching(/Unsafe file.*\[item 1\]/)]);
		expect(stage.extend.store.runs.size).toBe(2);
	});
});

describe('Batch Run: Start, Get and Wait for Completion', () => {
	const waitForCompletion = { resource: 'batchRun', operation: 'waitForCompletion' };

	it('start one batch, tell how it stands, and give its runs in the order of the documents', async () => {
		stage = await openStage({ runMs: 700, pendingMs: 200 });
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

	it('give the runs of a batch that was started elsewhere, the oldest first', async () => {
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
		expect(unknown.error?.message).toMatch(/NOT_FOUND.*\[item 0\]/);
	});
});
