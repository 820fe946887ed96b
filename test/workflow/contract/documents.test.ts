import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileOf } from '../engine';
import { byCategories, INVOICE, openStage, startBodies, type Stage } from '../setup';

/** Where the document of a run comes from: fileSource, binaryFields, fileUrl, fileId, text, and the options for files. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

type File = [field: string, fileName: string, mimeType?: string, content?: string];

async function itemOf(...files: File[]): Promise<INodeExecutionData> {
	const binary = files.map(async ([field, fileName, mimeType = 'application/pdf', content = INVOICE]) => [field, await fileOf(content, fileName, mimeType)] as const);
	return { json: { mail: 1 }, binary: Object.fromEntries(await Promise.all(binary)) };
}

const start = { ...byCategories, operation: 'start' };
const failing = { settings: { onError: 'continueRegularOutput' as const } };
const uploadedNames = () => stage.requests('POST', /upload$/).map(({ body }) => (body as { fileName: string }).fileName);

async function startOf(parameters: IDataObject, ...files: File[]) {
	return await stage.run({ parameters: { ...start, ...parameters }, items: [await itemOf(...files)], ...failing });
}

describe('binaryFields', () => {
	const front: File = ['front', 'f.txt', 'text/plain'];
	const back: File = ['back', 'b.txt', 'text/plain'];
	const data: File = ['data', 'd.txt', 'text/plain'];

	it.each<[string, string, string[]]>([
		['one field', 'front', ['front']],
		['several, in the order in which they are named', 'front, back', ['front', 'back']],
		['several, in another order', ' back ,front,', ['back', 'front']],
		['the same field twice', 'front, front', ['front']],
		['a field that a pattern names again', 'front, *', ['front', 'data', 'back']],
		['a pattern', '*a*', ['data', 'back']],
	])('%s: "%s"', async (_, binaryFields, fields) => {
		const { json, outputs } = await startOf({ binaryFields }, data, back, front);
		expect(json.map(({ binaryField }) => binaryField)).toEqual(fields);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(fields.map(() => ({ item: 0 })));
		const kept = fields.length > 1 ? fields.map((field) => [field]) : [['data', 'back', 'front']];
		expect(outputs[0]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual(kept);
		expect(stage.extend.store.runs.size).toBe(fields.length);
	});

	it('is data when nothing else is set', async () => {
		const { json } = await startOf({}, data, front);
		expect(json).toEqual([expect.objectContaining({ binaryField: 'data', fileName: 'd.txt' })]);
	});

	it.each(['invoice', 'attachment_*, invoice'])('with a plain name that is missing fails the item: "%s"', async (binaryFields) => {
		const { json, outputs } = await startOf({ binaryFields }, front);
		expect(json).toEqual([expect.objectContaining({ error: 'The item has no file in the field "invoice" [item 0]' })]);
		expect(outputs[0]?.[0]?.binary).toHaveProperty('front');
		expect(stage.extend.requests).toEqual([]);
	});

	it('with a plain name that is missing beside one that is there fails that document alone', async () => {
		const { json, outputs } = await startOf({ binaryFields: 'invoice, front' }, front);
		expect(json).toEqual([
			expect.objectContaining({ binaryField: 'front' }),
			expect.objectContaining({ error: 'The item has no file in the field "invoice" [item 0]' }),
		]);
		expect(outputs[0]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['front'], []]);
	});
});

describe('onNoDocument', () => {
	const NOTHING: Array<[string, IDataObject, IDataObject]> = [
		['a pattern that matches nothing', { binaryFields: 'attachment_*' }, {}],
		['a type that is not wanted', {}, { onlyFileTypes: 'docx' }],
		['files that are too small', { binaryFields: '*' }, { minimumFileSize: 100_000 }],
		['an expression that gives no file', { binaryFields: '={{ $binary.contract }}' }, {}],
		['an expression that gives an empty list', { binaryFields: '={{ [] }}' }, {}],
	];

	it.each(NOTHING)('error, the default, fails the item: %s', async (_, parameters, fileOptions) => {
		const { json } = await startOf({ ...parameters, fileOptions }, ['data', 'a.pdf']);
		expect(json).toEqual([expect.objectContaining({ error: expect.stringMatching(/^The item has no document.*\[item 0\]$/) })]);
		expect(stage.extend.requests).toEqual([]);
	});

	it.each(NOTHING)('skip passes the item on unclassified, with all fields, its files and the ID null: %s', async (_, parameters, fileOptions) => {
		const { json, outputs, error } = await startOf({ ...parameters, fileOptions: { ...fileOptions, onNoDocument: 'skip' } }, ['data', 'a.pdf']);
		expect(error).toBeUndefined();
		expect(Object.keys(json[0] ?? {})).toHaveLength(29);
		const { changedByReview, ...rest } = json[0] ?? {};
		expect([changedByReview, ...new Set(Object.values(rest))]).toEqual([false, null]);
		expect(outputs[0]?.[0]).toMatchObject({ pairedItem: { item: 0 }, binary: { data: { fileName: 'a.pdf' } } });
		expect(stage.extend.requests).toEqual([]);
	});

	it.each<[string, string, string | null, RegExp]>([
		['a form whose file field was left empty', 'contract', null, /^1 binary field not there: contract \[item 0\]/],
		['a typing error beside a name that is there', 'data, contrct', 'data', /^1 binary field not there: contrct \[item 0\]/],
		['two names that are not there', 'a, b, data', 'data', /^2 binary fields not there: a \[item 0\], b \[item 0\]/],
	])('skip holds for plain names too, and a hint names the fields that are not there: %s', async (_, binaryFields, binaryField, hint) => {
		const { json, hints } = await startOf({ binaryFields, fileOptions: { onNoDocument: 'skip' } }, ['data', 'a.pdf']);
		expect(json).toEqual([expect.objectContaining({ binaryField })]);
		expect(hints.join('\n')).toMatch(hint);
	});

	it('skip gives the ID null and nothing else of a run when Simplify is off', async () => {
		const { json } = await startOf({ binaryFields: 'attachment_*', simplify: false, fileOptions: { onNoDocument: 'skip' } });
		expect(json).toEqual([{ id: null, binaryField: null }]);
	});
});

describe('onlyFileTypes and minimumFileSize', () => {
	const mail: File[] = [
		['a', 'Invoice.PDF'],
		['b', 'photo.JPEG', 'image/jpeg'],
		['c', 'scan', 'application/pdf'],
		['d', 'invite.ics', 'text/calendar'],
		['e', 'small.pdf', 'application/pdf', '1234'],
	];

	it.each<[string, IDataObject, string[], RegExp]>([
		['dots, capitals and blanks', { onlyFileTypes: ' .pdf , JPG ' }, ['a', 'b', 'c', 'e'], /^1 file left out .*invite\.ics \(file type ics\) \[item 0\]$/m],
		['a star before the dot', { onlyFileTypes: '*.Jpeg' }, ['b'], /^4 files left out/],
		['the type by MIME type where the name has no extension', { onlyFileTypes: 'pdf', minimumFileSize: 5 }, ['a', 'c'], /small\.pdf \(4 bytes\)/],
		['a size that just suffices', { minimumFileSize: 4 }, ['a', 'b', 'c', 'd', 'e'], /^$/],
		['a size as text', { minimumFileSize: '5' }, ['a', 'b', 'c', 'd'], /small\.pdf \(4 bytes\)/],
		['no types and no size, which is all files', { onlyFileTypes: ' ', minimumFileSize: 0 }, ['a', 'b', 'c', 'd', 'e'], /^$/],
	])('%s', async (_, fileOptions, fields, hint) => {
		const { json, hints } = await startOf({ binaryFields: '*', fileOptions }, ...mail);
		expect(json.map(({ binaryField }) => binaryField)).toEqual(fields);
		expect(hints.join('\n')).toMatch(hint);
		expect(stage.requests('POST', /upload$/)).toHaveLength(fields.length);
	});
});

it('onlyFileTypes that can match no file is refused, also where items may be skipped', async () => {
	const { json } = await startOf({ fileOptions: { onlyFileTypes: 'application/pdf', onNoDocument: 'skip' } }, ['data', 'a.pdf']);
	expect(json[0]).toMatchObject({ error: 'Only File Types has "application/pdf", which is no ending of a file name [item 0]' });
	expect(stage.extend.requests).toEqual([]);
});

describe('fileName and filePassword', () => {
	it.each<[string, File, IDataObject, string]>([
		['its own name', ['data', 'a.pdf'], {}, 'a.pdf'],
		['an extension from the MIME type', ['data', 'scan', 'image/tiff'], {}, 'scan.tiff'],
		['a date is no extension', ['data', 'Scan 12.10.2026', 'application/pdf'], {}, 'Scan 12.10.2026.pdf'],
		['no name at all', ['data', '', 'image/png'], {}, 'document.png'],
		['a MIME type with a charset', ['data', 'note', 'text/plain; charset=utf-8'], {}, 'note.txt'],
		['the name in the options', ['data', 'a.pdf'], { fileName: ' b.pdf ' }, 'b.pdf'],
		['the name in the options without an extension', ['data', 'a.pdf'], { fileName: 'invoice 4711' }, 'invoice 4711.pdf'],
		['the name in the options keeps the extension of the file', ['data', 'scan.pdf', 'application/octet-stream'], { fileName: 'Invoice 4711' }, 'Invoice 4711.pdf'],
		['an ending that names no type', ['data', 'Invoice from St.Gallen'], {}, 'Invoice from St.Gallen.pdf'],
		['an ending that is the name of a host', ['data', 'Quote for example.com'], {}, 'Quote for example.com.pdf'],
		['a type that Extend knows by another ending', ['data', 'photo.jfif', 'image/jpeg'], {}, 'photo.jfif.jpg'],
		['dots in place of a name', ['data', 'a.pdf'], { fileName: '...' }, 'document.pdf'],
		['an ending in place of a name', ['data', 'a.pdf'], { fileName: '.pdf' }, 'document.pdf'],
		['a MIME type of which nothing is known stays without', ['data', 'blob', 'application/x-unknown'], {}, 'blob'],
	])('%s', async (_, file, fileOptions, name) => {
		await startOf({ fileOptions }, file);
		expect(uploadedNames()).toEqual([name]);
	});

	it.each<[string, IDataObject, object]>([
		['binary', {}, { password: 'open' }],
		['url', { fileUrl: 'https://files.example.com/a.pdf' }, { url: 'https://files.example.com/a.pdf', settings: { password: 'open' } }],
	])('filePassword goes along with %s', async (fileSource, parameters, sent) => {
		await startOf({ fileSource, ...parameters, fileOptions: { filePassword: 'open' } }, ['data', 'a.pdf']);
		const [upload] = stage.requests('POST', /upload$/).map(({ body }) => (body as { fields: object }).fields);
		expect(upload ?? (startBodies(stage)[0] as IDataObject).file).toEqual(sent);
	});

	it.each<[string, IDataObject]>([
		['fileId', { fileId: 'file_1' }],
		['text', { text: INVOICE }],
	])('filePassword is refused with %s', async (fileSource, parameters) => {
		const { json } = await startOf({ fileSource, ...parameters, fileOptions: { filePassword: 'open' } });
		expect(json[0]).toMatchObject({ error: expect.stringContaining('File Password goes with a binary file or a URL only') });
		expect(stage.extend.requests).toEqual([]);
	});
});
