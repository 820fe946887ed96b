import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileOf } from './engine';
import { byCategories, INVOICE, openStage, SAVED, type Stage } from './setup';

/** One document of an item that cannot be used: it fails by itself, with its own file, and the others come out. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

/** What can be wrong with one of several files, and the message that says so. */
const BAD: Array<[name: string, file: unknown, message: RegExp]> = [
	['an empty file', { mimeType: 'text/html', fileName: 'ATT00001.htm', data: '' }, /ATT00001\.htm\.html" in "attachment_1" is empty/],
	['no content', { mimeType: 'application/pdf' }, /"attachment_1" holds no file: it has no content/],
	['null for a content', { mimeType: 'application/pdf', data: null }, /holds no file/],
	['a number for a content', { mimeType: 'application/pdf', data: 4711 }, /holds no file/],
	['a data URI', { mimeType: 'application/pdf', data: 'data:application/pdf;base64,JVBERi0x' }, /holds no file: it has a data URI/],
	['n8n\'s mark for a stored file', { mimeType: 'application/pdf', data: 'filesystem-v2' }, /mark for a stored file/],
	['a file that n8n\'s storage does not have', { mimeType: 'application/pdf', data: 'filesystem-v2', id: 'filesystem-v2:workflows/w/executions/1/binary_data/gone' }, /storage does not have the file/],
	['a storage that this n8n does not have', { mimeType: 'application/pdf', data: 's3', id: 's3:workflows/w/x' }, /does not have the storage/],
	['null', null, /holds no file/],
	['a text', 'JVBERi0x', /holds no file/],
	['a list', [], /holds no file/],
];

async function mailWith(bad: unknown): Promise<INodeExecutionData> {
	const good = async (name: string): Promise<IBinaryData> => await fileOf(`${INVOICE} ${name}`, name, 'text/plain', 'storage');
	const binary = { attachment_0: await good('a.txt'), attachment_1: bad as IBinaryData, attachment_2: await good('c.txt'), attachment_3: await good('d.txt') };
	return { json: { mail: 1 }, binary };
}

const continuing = { settings: { onError: 'continueRegularOutput' as const } };
const uploads = (): unknown[] => stage.requests('POST', /upload$/).map(({ body }) => (body as { fileName: string }).fileName).sort();
const failedItem = (message: RegExp): object => ({
	error: expect.stringMatching(new RegExp(`${message.source}.* \\[item 0\\]$`)),
	message: expect.stringMatching(/^[A-Z].+\.$/),
	details: expect.objectContaining({ itemIndex: 0, code: 'INVALID_INPUT', retryable: false, runId: null }),
});
const filesOf = (items: INodeExecutionData[] = []): string[][] => items.map(({ binary }) => Object.keys(binary ?? {}));

describe.each<[string, IDataObject]>([
	['Classify and Wait', { ...byCategories, operation: 'classify' }],
	['Start', { ...byCategories, operation: 'start' }],
	['Classify and Wait of a batch', { resource: 'batchRun', operation: 'classify', classifier: SAVED, classifierVersion: '2.0' }],
	['Upload', { resource: 'file', operation: 'upload' }],
])('%s, with one bad document among three good ones', (_, operation) => {
	it.each(BAD.filter(([, bad]) => bad !== null))('%s fails by itself also where the files are given by an expression', async (_name, bad, message) => {
		const item = await mailWith(bad);
		const { json } = await stage.run({ parameters: { ...operation, binaryFields: '={{ $binary }}' }, items: [item], ...continuing });
		expect(json.map(({ error }) => error === undefined)).toEqual([true, true, true, false]);
		expect(json[3]).toEqual(failedItem(message));
		expect(uploads()).toEqual(['a.txt', 'c.txt', 'd.txt']);
	});

	it.each(BAD)('%s fails by itself, the others come out', async (_name, bad, message) => {
		const item = await mailWith(bad);
		const { json, outputs } = await stage.run({ parameters: { ...operation, binaryFields: 'attachment_*' }, items: [item], ...continuing });
		expect(json.map(({ error }) => error === undefined)).toEqual([true, true, true, false]);
		expect(json[3]).toEqual(failedItem(message));
		const kept = typeof bad === 'object' && bad !== null && !Array.isArray(bad) ? ['attachment_1'] : [];
		expect(filesOf(outputs[0])).toEqual([['attachment_0'], ['attachment_2'], ['attachment_3'], kept]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(Array(4).fill({ item: 0 }));
		expect(uploads()).toEqual(['a.txt', 'c.txt', 'd.txt']);
	});
});

it('stops after the good documents, naming the bad one and the runs, when On Error is to stop', async () => {
	const item = await mailWith({ mimeType: 'application/pdf', data: '' });
	const { error } = await stage.run({ parameters: { ...byCategories, operation: 'start', binaryFields: 'attachment_*' }, items: [item] });
	expect(error?.message).toBe('The file "document.pdf" in "attachment_1" is empty [item 0]');
	expect([...stage.extend.store.runs.keys()].every((id) => error?.description?.includes(id))).toBe(true);
	expect(stage.extend.store.runs.size).toBe(3);
});

it('leaves a bad document out where the file options leave it out', async () => {
	const item = await mailWith({ mimeType: 'text/html', fileName: 'ATT00001.htm', data: '' });
	for (const fileOptions of [{ minimumFileSize: 1 }, { onlyFileTypes: 'txt' }]) {
		const { json, hints } = await stage.run({ parameters: { ...byCategories, operation: 'start', binaryFields: 'attachment_*', fileOptions }, items: [item] });
		expect(json.map(({ binaryField }) => binaryField)).toEqual(['attachment_0', 'attachment_2', 'attachment_3']);
		expect(hints.join()).toContain('ATT00001.htm');
	}
});

it('keeps all files of the item when its only document is bad', async () => {
	const item = await mailWith(null);
	const { outputs } = await stage.run({ parameters: { ...byCategories, operation: 'start', binaryFields: 'attachment_1' }, items: [item], ...continuing });
	expect(filesOf(outputs[0])).toEqual([['attachment_0', 'attachment_2', 'attachment_3']]);
});
