import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileOf } from './engine';
import { byCategories, INVOICE, openStage, type Stage } from './setup';

/** What n8n's users enter under Input Binary Field besides names: files and lists, by expression. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const start = { ...byCategories, operation: 'start' };

async function itemIn(mode: 'storage' | 'memory', ...fields: string[]): Promise<INodeExecutionData> {
	const files = fields.map(async (field) => [field, await fileOf(`${INVOICE} ${field}`, `${field}.txt`, 'text/plain', mode)] as const);
	return { json: {}, binary: Object.fromEntries(await Promise.all(files)) as Record<string, IBinaryData> };
}

async function startOf(binaryFields: unknown, item: INodeExecutionData, more: IDataObject = {}) {
	return await stage.run({ parameters: { ...start, ...more, binaryFields: binaryFields as string }, items: [item], settings: { onError: 'continueRegularOutput' } });
}

const contents = (): string[] => [...stage.extend.store.files.values()].map(({ bytes }) => bytes.toString().slice(INVOICE.length + 1));

describe.each(['storage', 'memory'] as const)('Input Binary Field, with files in n8n\'s %s', (mode) => {
	it.each<[string, string, string[]]>([
		['the file of the item', '={{ $binary.front }}', ['front']],
		['the file of the item by its own node', '={{ $input.item.binary.back }}', ['back']],
		['the names of all files', '={{ Object.keys($binary) }}', ['front', 'back']],
		['the names of some files', '={{ Object.keys($binary).filter((name) => name !== "front") }}', ['back']],
		['a list of files', '={{ [$binary.back, $binary.front] }}', ['back', 'front']],
		['all files', '={{ $binary }}', ['front', 'back']],
		['all files as a list', '={{ Object.values($binary) }}', ['front', 'back']],
		['the item', '={{ $input.item }}', ['front', 'back']],
		['the file of the node before', '={{ $("Before").item.binary.back }}', ['back']],
	])('takes %s: %s', async (_, binaryFields, fields) => {
		const { json, outputs } = await startOf(binaryFields, await itemIn(mode, 'front', 'back'));
		expect(json.map(({ binaryField }) => binaryField)).toEqual(fields);
		expect(outputs[0]?.map(({ binary }) => Object.keys(binary ?? {}))).toEqual(fields.length > 1 ? fields.map((field) => [field]) : [['front', 'back']]);
		expect(contents().sort()).toEqual([...fields].sort());
	});

	it('takes a file of another item, which comes out beside those of the item', async () => {
		const other = await itemIn(mode, 'scan');
		const item = { ...(await itemIn(mode, 'front')), json: { other: other.binary?.scan } as unknown as IDataObject };
		const { json, outputs } = await startOf('={{ $json.other }}', item);
		expect(json).toEqual([expect.objectContaining({ binaryField: 'data', fileName: 'scan.txt' })]);
		expect(Object.keys(outputs[0]?.[0]?.binary ?? {})).toEqual(['front', 'data']);
		expect(contents()).toEqual(['scan']);
	});
});

it('takes an item with one foreign file and no files of its own', async () => {
	const other = await itemIn('storage', 'scan');
	const { json, outputs } = await startOf('={{ $json.file }}', { json: { file: other.binary?.scan } as unknown as IDataObject });
	expect(json).toEqual([expect.objectContaining({ binaryField: 'data' })]);
	expect(outputs[0]?.[0]?.binary?.data).toMatchObject({ fileName: 'scan.txt' });
});

it.each(['x,y', 'x, y', 'a*', 'what?', ' data ', '0'])('takes a field named "%s" by its whole name', async (field) => {
	const { json } = await startOf(field, await itemIn('memory', field, 'x', 'y', 'ab'));
	expect(json.map(({ binaryField }) => binaryField)).toEqual([field]);
});

it('takes a field whose name has a line break by a pattern', async () => {
	const { json } = await startOf('scan*', await itemIn('memory', 'scan\n1', 'other'));
	expect(json.map(({ binaryField }) => binaryField)).toEqual(['scan\n1']);
});

it('uploads a file of another node', async () => {
	const other = await itemIn('storage', 'scan');
	const items = [{ json: { file: other.binary?.scan } as unknown as IDataObject }];
	const { json, outputs } = await stage.run({ parameters: { resource: 'file', operation: 'upload', binaryFields: '={{ $json.file }}' }, items });
	expect(json).toEqual([expect.objectContaining({ name: 'scan.txt' })]);
	expect(Object.keys(outputs[0]?.[0]?.binary ?? {})).toEqual(['data']);
});

describe('n8n\'s binary mode "combined", which keeps files in the json', () => {
	const workflowSettings = { binaryMode: 'combined' } as const;

	it.each(['data', '*', '={{ $json._files.data }}', '={{ Object.keys($json._files) }}'])('finds the files: %s', async (binaryFields) => {
		const items = [await itemIn('storage', 'data')];
		const { json } = await stage.run({ parameters: { ...start, binaryFields }, items, workflowSettings });
		expect(json).toEqual([expect.objectContaining({ binaryField: 'data', _files: { data: expect.objectContaining({ fileName: 'data.txt' }) } })]);
		expect(contents()).toEqual(['data']);
	});

	it('fails each document by itself, by the error output, with its own file', async () => {
		const item = await itemIn('storage', 'a', 'b');
		const empty = await fileOf('', 'empty.txt', 'text/plain', 'storage');
		const { outputs } = await stage.run({
			parameters: { ...start, binaryFields: '*' },
			items: [{ ...item, binary: { ...item.binary, empty } }],
			workflowSettings,
			settings: { onError: 'continueErrorOutput' },
		});
		expect(outputs[0]?.map(({ json }) => json.binaryField)).toEqual(['a', 'b']);
		expect(outputs[1]?.map(({ json }) => json.error)).toEqual(['The file "empty.txt" in "empty" is empty [item 0]']);
	});
});
