import type { INodeExecutionData } from 'n8n-workflow';
import { fileOf } from '../engine';
import { byCategories, CONTRACT, INVOICE, itemWith, openStage, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const upload = { resource: 'file', operation: 'upload' };
const uploads = () => stage.requests('POST', /^\/files\/upload$/);

async function itemOf(files: Record<string, [content: string, fileName: string, mimeType: string]>): Promise<INodeExecutionData> {
	const binary = await Promise.all(Object.entries(files).map(async ([field, [content, fileName, mimeType]]) => [field, await fileOf(content, fileName, mimeType)] as const));
	return { json: {}, binary: Object.fromEntries(binary) };
}

describe('the public interface, file upload (binaryFields, fileOptions.filePassword, fileOptions.convertToPdf)', () => {
	it('gives { id, name, type, pageCount, createdAt, updatedAt }, paired, its binary kept', async () => {
		stage = await openStage();
		const { json, outputs, error } = await stage.run({ parameters: upload, items: [await itemWith(INVOICE), await itemWith(CONTRACT, 'contract.txt')] });
		expect(error).toBeUndefined();
		expect(json.map(({ name, type, pageCount }) => [name, type, pageCount])).toEqual([['invoice.txt', 'TXT', null], ['contract.txt', 'TXT', null]]);
		expect(Object.keys(json[0] ?? {})).toEqual(['id', 'name', 'type', 'pageCount', 'createdAt', 'updatedAt']);
		expect(outputs[0]?.map(({ pairedItem, binary }) => [pairedItem, binary?.data?.fileName])).toEqual([
			[{ item: 0 }, 'invoice.txt'],
			[{ item: 1 }, 'contract.txt'],
		]);
		expect(stage.extend.store.files.get(String(json[1]?.id))?.bytes.toString()).toBe(CONTRACT);
	});

	it('gives the untouched answer when Simplify is off', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...upload, simplify: false }, items: [await itemWith(INVOICE)] });
		expect(json[0]).toMatchObject({ object: 'file', presignedUrl: null, metadata: {} });
	});

	it('gives an item for every file that a list or a pattern means, each with its own binary', async () => {
		stage = await openStage();
		const item = await itemOf({ cover: ['a', 'cover.txt', 'text/plain'], attachment_0: ['b', 'b.txt', 'text/plain'], attachment_1: ['c', 'c.csv', 'text/csv'], logo: ['d', 'd.png', 'image/png'] });
		const { json, outputs } = await stage.run({ parameters: { ...upload, binaryFields: 'cover, attachment_*' }, items: [item] });
		expect(json.map(({ name }) => name)).toEqual(['cover.txt', 'b.txt', 'c.csv']);
		expect(outputs[0]?.map(({ binary, pairedItem }) => [Object.keys(binary ?? {}), pairedItem])).toEqual([
			[['cover'], { item: 0 }],
			[['attachment_0'], { item: 0 }],
			[['attachment_1'], { item: 0 }],
		]);
	});

	it('sends the password, and asks for a PDF only where it is wished', async () => {
		stage = await openStage();
		const item = await itemOf({ data: ['<p>Hello</p>', 'page.html', 'text/html'] });
		const plain = await stage.run({ parameters: upload, items: [item] });
		const pdf = await stage.run({ parameters: { ...upload, fileOptions: { filePassword: 'sesame', convertToPdf: true } }, items: [item] });
		expect([plain.json[0]?.type, pdf.json[0]?.type, pdf.json[0]?.pageCount]).toEqual(['HTML', 'PDF', null]);
		expect(uploads().map(({ query, body }) => [query, (body as { fields: unknown }).fields])).toEqual([
			[{}, {}],
			[{ convertToPdf: 'true' }, { password: 'sesame' }],
		]);
	});

	it('gives what can be classified by its ID', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: upload, items: [await itemWith(CONTRACT)] });
		const classified = await stage.run({ parameters: { ...byCategories, fileSource: 'fileId', fileId: '={{ $json.id }}' }, items: [{ json: json[0] ?? {} }] });
		expect(classified.json[0]).toMatchObject({ category: 'contract', fileId: json[0]?.id });
	});

	it('refuses what cannot be uploaded, names the item, and uploads the others', async () => {
		stage = await openStage();
		const items = [await itemWith(INVOICE), { json: {} }, await itemWith('', 'empty.txt')];
		const { json } = await stage.run({ parameters: upload, items, settings: { onError: 'continueRegularOutput' } });
		expect(json.map(({ name, error }) => name ?? error)).toEqual([
			'invoice.txt',
			'The item has no file in the field "data" [item 1]',
			'The file "empty.txt" in "data" is empty [item 2]',
		]);
		expect(uploads()).toHaveLength(1);
	});

	it('sends nothing for an item whose pattern matches no file, or whose parameters cannot be read', async () => {
		stage = await openStage();
		for (const parameters of [{ binaryFields: 'scan_*' }, { simplify: '={{ $("Nowhere").item.json.x }}' }, { fileOptions: { filePassword: '={{ { a: 1 } }}' } }]) {
			const { error } = await stage.run({ parameters: { ...upload, ...parameters }, items: [await itemWith(INVOICE)] });
			expect(error?.message).toMatch(/\[item 0\]/);
			expect(error?.description).not.toMatch(/Runs at Extend/);
		}
		expect(stage.extend.requests).toEqual([]);
	});

	it('uploads nothing again when Retry On Fail runs the node once more', async () => {
		let refused = 0;
		stage = await openStage({
			onRequest: ({ path, body }) => {
				const isSecond = path === '/files/upload' && (body as { fileName?: string }).fileName === 'b.txt';
				if (!isSecond || refused > 0) return undefined;
				refused += 1;
				return { kind: 'status', status: 422, body: { code: 'X', message: 'Not now', retryable: false } };
			},
		});
		const item = await itemOf({ a: ['one', 'a.txt', 'text/plain'], b: ['two', 'b.txt', 'text/plain'] });
		const { json, error } = await stage.run({ parameters: { ...upload, binaryFields: '*' }, items: [item], settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 50 } });
		expect(error).toBeUndefined();
		expect(json.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
		expect(refused).toBe(1);
		expect([...stage.extend.store.files.values()].map(({ name }) => name).sort()).toEqual(['a.txt', 'b.txt']);
	});
});

describe('the public interface, file get and delete (fileId)', () => {
	it('get gives the same fields; delete gives { deleted: true, id } and removes the file for good', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: upload, items: [await itemWith(INVOICE)] });
		const items = [{ json: json[0] ?? {} }];
		const got = await stage.run({ parameters: { resource: 'file', operation: 'get' }, items });
		expect(got.json).toEqual(json);
		const raw = await stage.run({ parameters: { resource: 'file', operation: 'get', simplify: false }, items });
		expect(raw.json[0]).toMatchObject({ object: 'file', presignedUrl: expect.stringContaining('/storage/') });
		const deleted = await stage.run({ parameters: { resource: 'file', operation: 'delete', fileId: String(json[0]?.id) } });
		expect(deleted.json).toEqual([{ deleted: true, id: json[0]?.id }]);
		expect(stage.extend.store.files.size).toBe(0);
	});

	it.each(['get', 'delete'])('say so when %s has no ID, or one that Extend does not know', async (operation) => {
		stage = await openStage();
		const empty = await stage.run({ parameters: { resource: 'file', operation, fileId: '={{ $json.nothing }}' } });
		expect(empty.error?.message).toBe('The File ID is empty [item 0]');
		expect(stage.extend.requests).toEqual([]);
		const unknown = await stage.run({ parameters: { resource: 'file', operation, fileId: 'file_nobody' } });
		expect(unknown.error?.message).toMatch(/not found \[item 0\]/);
	});

	it.each(['get', 'delete'])('%s takes the file of a run that it gets, not the run', async (operation) => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: byCategories, items: [await itemWith(INVOICE)] });
		const { json: [file], error } = await stage.run({ parameters: { resource: 'file', operation }, items: [{ json: json[0] ?? {} }] });
		expect([error, file?.id]).toEqual([undefined, json[0]?.fileId]);
		expect(stage.extend.store.runs.size).toBe(1);
	});

	it.each(['get', 'delete'])('%s names the ID of a run as one, before anything is sent', async (operation) => {
		stage = await openStage();
		const { error } = await stage.run({ parameters: { resource: 'file', operation }, items: [{ json: { id: 'clr_1' } }] });
		expect(error?.message).toBe('The File ID "clr_1" is the ID of a run, not of a file [item 0]');
		expect(stage.extend.requests).toEqual([]);
	});
});
