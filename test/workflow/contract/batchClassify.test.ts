import type { INodeExecutionData } from 'n8n-workflow';
import { fileOf } from '../engine';
import { hurryPace } from '../pace';
import { batchBodies, CONTRACT, inBatch, INVOICE, itemWith, numberedTexts, openStage, type Stage } from '../setup';

let stage: Stage;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const texts = (...contents: string[]): INodeExecutionData[] => contents.map((text) => ({ json: { text } }));
const byFile = { ...inBatch, fileSource: 'binary' };

describe('the public interface, batchRun classify: start and wait, one item per run, in input order, paired to its input', () => {
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

	it('gives the fields that a single run gives, and with simplify off the run untouched', async () => {
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
		const parameters = { ...byFile, binaryFields: 'attachment_*', fileOptions: { minimumFileSize: 10 } };
		const { json, outputs, hints } = await stage.run({ parameters, items: [{ json: {}, binary }, { json: {}, binary }] });
		expect(json.map(({ category, binaryField }) => [category, binaryField])).toEqual(Array(2).fill([['invoice', 'attachment_0'], ['contract', 'attachment_1']]).flat());
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
		expect(outputs[0]?.map((item) => Object.keys(item.binary ?? {}))).toEqual(Array(2).fill([['attachment_0'], ['attachment_1']]).flat());
		expect(hints.join()).toMatch(/2 files left out/);
	});

	it('passes an item on without a document when it is told to', async () => {
		stage = await openStage();
		const parameters = { ...byFile, binaryFields: 'attachment_*', fileOptions: { onNoDocument: 'skip' } };
		const items = [{ json: {} }, { json: {}, binary: { attachment_0: await fileOf(INVOICE, 'a.txt', 'text/plain') } }];
		const { json } = await stage.run({ parameters, items });
		expect(json.map(({ id, category }) => [id === null, category])).toEqual([[true, null], [false, 'invoice']]);
	});

	it('sends nothing at all when no item has a document', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...byFile, binaryFields: 'attachment_*', fileOptions: { onNoDocument: 'skip' } } });
		expect(json).toEqual([expect.objectContaining({ id: null })]);
		expect(stage.extend.requests).toEqual([]);
	});

	it('removes the uploaded files once their runs are final, when it is told to', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...byFile, fileOptions: { deleteFileAfter: true } }, items: [await itemWith(INVOICE), await itemWith(CONTRACT, 'b.txt')] });
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

	it('names a version that the classifier does not have', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...inBatch, classifierVersion: '9.9' }, items: texts(INVOICE, CONTRACT), settings: { onError: 'continueRegularOutput' } });
		expect(json).toHaveLength(2);
		for (const { error } of json) expect(error).toMatch(/^Version 9\.9 does not exist in classifier cl_inbound_mail/);
	});

	it('routes by category', async () => {
		stage = await openStage();
		const parameters = { ...inBatch, routeBy: 'category', minimumConfidence: 0, routeCategories: { route: [{ category: 'contract' }] } };
		const { outputs } = await stage.run({ parameters, items: numberedTexts(4) });
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 0 }, { item: 2 }], [], [], [{ item: 1 }, { item: 3 }]]);
	});
});
