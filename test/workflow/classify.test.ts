import { fileOf } from './engine';
import { byCategories, byText, CONTRACT, INVOICE, itemWith, openStage, SAVED, startBodies, type Stage } from './setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

describe('Classify and Wait: where the document comes from', () => {
	it('uploads the bytes of a file, starts a run, waits for it and gives its category', async () => {
		const { json, outputs, error } = await stage.run({ parameters: byCategories, items: [await itemWith(INVOICE)] });
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining({ status: 'PROCESSED', category: 'invoice', fileName: 'invoice.txt', binaryField: 'data' })]);
		expect(outputs[0]?.[0]).toMatchObject({ pairedItem: { item: 0 }, binary: { data: { fileName: 'invoice.txt' } } });
		const [upload] = stage.requests('POST', /^\/files\/upload$/);
		expect(upload?.body).toMatchObject({ fileName: 'invoice.txt', bytes: Buffer.from(INVOICE) });
	});

	it('reads files that n8n keeps in its own storage', async () => {
		const binary = { data: await fileOf(CONTRACT, 'Rahmenverträge 2026.txt', 'text/plain', 'storage') };
		const { json } = await stage.run({ parameters: byCategories, items: [{ json: {}, binary }] });
		expect(json[0]).toMatchObject({ category: 'contract', fileName: 'Rahmenverträge 2026.txt' });
	});

	it('classifies a text without uploading anything', async () => {
		const { json } = await stage.run({ parameters: { ...byText, text: CONTRACT } });
		expect(json[0]).toMatchObject({ category: 'contract' });
		expect(json[0]).not.toHaveProperty('binaryField');
		expect(stage.requests('POST', /upload/)).toHaveLength(0);
	});

	it('hands a URL over with name and password', async () => {
		const parameters = { ...byCategories, fileSource: 'url', fileUrl: 'https://files.example.com/invoice-number-1.pdf', fileOptions: { fileName: 'x.pdf', filePassword: 'open' } };
		const { json } = await stage.run({ parameters });
		expect(json[0]).toMatchObject({ status: 'PROCESSED' });
		expect(startBodies(stage)).toEqual([expect.objectContaining({ file: { url: 'https://files.example.com/invoice-number-1.pdf', name: 'x.pdf', settings: { password: 'open' } } })]);
	});

	it('uses a file that is at Extend already', async () => {
		const first = await stage.run({ parameters: byCategories, items: [await itemWith(INVOICE)] });
		const again = await stage.run({ parameters: { ...byCategories, fileSource: 'fileId', fileId: String(first.json[0]?.fileId) } });
		expect(again.json[0]).toMatchObject({ category: 'invoice', fileId: first.json[0]?.fileId });
		expect(stage.requests('POST', /upload/)).toHaveLength(1);
	});

	it('makes a run of every attachment that matches and keeps each with its own item', async () => {
		const binary = {
			attachment_0: await fileOf(INVOICE, 'a.txt', 'text/plain'),
			attachment_1: await fileOf(CONTRACT, 'b.txt', 'text/plain'),
			logo: await fileOf('png', 'logo.png', 'image/png'),
		};
		const good = await stage.run({ parameters: { ...byCategories, binaryFields: 'attachment_*' }, items: [{ json: {}, binary }] });
		expect(good.json.map(({ category, binaryField }) => [category, binaryField])).toEqual([
			['invoice', 'attachment_0'],
			['contract', 'attachment_1'],
		]);
		expect(good.outputs[0]?.map((item) => Object.keys(item.binary ?? {}))).toEqual([['attachment_0'], ['attachment_1']]);
		expect(good.outputs[0]?.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
	});

	it('sends the password of a locked file along with the upload', async () => {
		const parameters = { ...byCategories, fileOptions: { filePassword: 'sesame' } };
		const { json } = await stage.run({ parameters, items: [await itemWith(`emulator-password: sesame\n${INVOICE}`)] });
		expect(json[0]).toMatchObject({ status: 'PROCESSED', category: 'invoice' });
	});
});

describe('Classify and Wait: files that cost nothing', () => {
	const fileOptions = { onlyFileTypes: 'pdf, .TXT', minimumFileSize: 20 };

	it('leaves out other types and small files, and says which', async () => {
		const binary = {
			data: await fileOf(INVOICE, 'a.txt', 'text/plain'),
			logo: await fileOf('x'.repeat(50), 'logo.png', 'image/png'),
			note: await fileOf('tiny', 'note.txt', 'text/plain'),
			empty: await fileOf('', 'empty.txt', 'text/plain'),
		};
		const { json, hints } = await stage.run({ parameters: { ...byCategories, binaryFields: '*', fileOptions }, items: [{ json: {}, binary }] });
		expect(json).toHaveLength(1);
		expect(hints.join()).toMatch(/3 files left out.*logo\.png \(file type png\) \[item 0\].*note\.txt \(4 bytes\).*empty\.txt \(0 bytes\)/);
	});
});

describe('Classify and Wait: what it is classified with', () => {
	it('sends every option where Extend expects it', async () => {
		const options = {
			fileOptions: { fileName: 'mail.txt' },
			modelOptions: {
				rules: 'Be strict', baseProcessor: 'classification_light', baseVersion: '3.2.0', context: 'max', multimodal: true, memory: false,
				pageRanges: '1-3,8', parseConfig: '{"target":"markdown"}',
			},
			options: { metadata: '{"mail":"AP-1"}', usageTags: 'ap-inbox, n8n', priority: 7 },
		};
		const config = {
			classificationRules: 'Be strict', baseProcessor: 'classification_light', baseVersion: '3.2.0', parseConfig: { target: 'markdown' },
			advancedOptions: { context: 'max', advancedMultimodalEnabled: true, memoryEnabled: false, pageRanges: [{ start: 1, end: 3 }, { start: 8, end: 8 }] },
		};
		await stage.run({ parameters: { ...byText, text: INVOICE, ...options } });
		await stage.run({ parameters: { fileSource: 'text', text: INVOICE, classifier: SAVED, classifierVersion: '1.0', ...options } });
		const [inline, saved] = startBodies(stage);
		expect(inline).toMatchObject({ config, priority: 7, file: { text: INVOICE, name: 'mail.txt' } });
		expect(saved).toMatchObject({ classifier: { id: 'cl_inbound_mail', version: '1.0', overrideConfig: config } });
		expect(inline).toHaveProperty('metadata', { mail: 'AP-1', 'extend:usage_tags': ['ap-inbox', 'n8n'], 'n8n:start': expect.stringMatching(/^run:[0-9a-f]{32}$/), 'n8n:workflow': expect.stringMatching(/^[0-9a-f]{12}$/) });
	});
});
