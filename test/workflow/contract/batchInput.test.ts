import type { INodeExecutionData } from 'n8n-workflow';
import { hurryPace } from '../pace';
import { batchBodies, CONTRACT, inBatch, INVOICE, itemWith, numberedTexts, openStage, type Stage } from '../setup';

let stage: Stage;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const texts = (...contents: string[]): INodeExecutionData[] => contents.map((text) => ({ json: { text } }));
const goOn = { onError: 'continueRegularOutput' as const };

describe('the public interface, batchRun: all input items go in as few requests as Extend allows', () => {
	it('sends every option where Extend expects it, with our keys in the metadata', async () => {
		stage = await openStage();
		const options = {
			fileOptions: { fileName: 'mail.txt' },
			modelOptions: { rules: 'Be strict', baseProcessor: 'classification_light', context: 'max', pageRanges: '1-3,8', parseConfig: '{"target":"markdown"}' },
			options: { metadata: '{"mail":"AP-1"}', usageTags: 'ap-inbox', priority: 7 },
		};
		await stage.run({ parameters: { ...inBatch, ...options }, items: texts(INVOICE, CONTRACT) });
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
					metadata: { mail: 'AP-1', 'extend:usage_tags': ['ap-inbox'], 'n8n:start': expect.stringMatching(/^run:[0-9a-f]{32}$/), 'n8n:position': `${item}.0`, 'n8n:workflow': expect.stringMatching(/^[0-9a-f]{12}$/) },
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
		['options', { modelOptions: { rules: '={{ $json.rules }}' } }],
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
		const options = {
			fileOptions: { fileName: '={{ $json.name }}', filePassword: '={{ $json.password }}' },
			options: { metadata: '={{ { mail: $json.name } }}' },
		};
		const items = ['a', 'b'].map((name) => ({ json: { name: `${name}.pdf`, password: `open ${name}` } }));
		await stage.run({ parameters: { ...inBatch, operation: 'start', fileSource: 'url', fileUrl: 'https://files.example.com/x.pdf', ...options }, items });
		expect(batchBodies(stage)).toHaveLength(1);
		expect(batchBodies(stage)[0]?.inputs.map(({ file, metadata }) => [file.name, file.settings, metadata.mail])).toEqual([
			['a.pdf', { password: 'open a' }, 'a.pdf'],
			['b.pdf', { password: 'open b' }, 'b.pdf'],
		]);
	});
});

describe('the public interface, batchRun: input that cannot be used', () => {
	it.each([
		['no classifier', { classifier: { mode: 'id', value: '={{ $json.nothing }}' } }, /No classifier is chosen/],
		['an empty text', { text: '={{ $json.nothing }}' }, /The Text is empty/],
		['a priority out of range', { options: { priority: 101 } }, /Priority is 101/],
		['metadata of ours', { options: { metadata: '{"n8n:x":1}' } }, /kept for this node/],
		['too much metadata', { options: { metadata: JSON.stringify({ a: 'x'.repeat(10_240) }) } }, /bytes long/],
		['unreadable page ranges', { modelOptions: { pageRanges: '8-1' } }, /Page Ranges cannot be read/],
		['a timeout that is none', { waitOptions: { timeout: -1 } }, /Timeout \(Seconds\) is -1/],
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
		const { json } = await stage.run({ parameters: { ...inBatch, fileSource: 'binary' }, items, settings: goOn });
		expect(json.map(({ category, error }) => category ?? error)).toEqual(['invoice', 'contract', expect.stringMatching(/Unsafe file.*\[item 1\]/)]);
		expect(stage.extend.store.runs.size).toBe(2);
	});
});
