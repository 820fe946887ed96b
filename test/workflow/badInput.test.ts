import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileOf } from './engine';
import { byCategories, byText, INVOICE, openStage, SAVED, type Stage } from './setup';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
const withOptions = (options: IDataObject) => ({ ...text, options });
const batch = { resource: 'batchRun', operation: 'start', classifier: SAVED, fileSource: 'text', text: INVOICE };
const file = (operation: string, more: IDataObject = {}) => ({ resource: 'file', operation, ...more });
const run = (operation: string, runId: unknown) => ({ operation, runId: runId as string });
const link = (value: string) => ({ __rl: true, mode: 'url', value });
const noClassifier = { mode: 'id', value: '={{ "" }}' };

/** An item with a good file, an empty one, one whose bytes are missing and one that n8n's storage has lost. */
async function item(): Promise<INodeExecutionData> {
	const binary = {
		data: await fileOf(INVOICE, 'invoice.txt', 'text/plain'),
		empty: await fileOf('', 'empty.txt', 'text/plain'),
		bare: { mimeType: 'text/plain' } as never,
		lost: { mimeType: 'text/plain', data: 'filesystem-v2', id: 'filesystem-v2:nowhere/at/all' },
	};
	return { json: { deep: { a: 1 }, list: [1] }, binary };
}

/** Rows beside those of errors.test.ts: other resources, and values that an expression can bring about. */
const ROWS: Array<[name: string, parameters: IDataObject, message: RegExp]> = [
	['a dot for a run ID', run('get', '..'), /"\.\." is not an ID/],
	['half a character for a run ID', run('cancel', '={{ "\\ud800" }}'), /is not an ID/],
	['data for a run ID', run('get', '={{ $json.deep }}'), /Run ID holds data/],
	['a list for a run ID', run('delete', '={{ $json.list }}'), /Run ID holds data/],
	['an expression for a run ID that cannot be resolved', run('waitForCompletion', '={{ $("Nowhere").item.json.id }}'), /Run ID could not be read/],
	['data for a classifier', { ...byText, classifyWith: 'classifier', text: 'x', classifier: { mode: 'id', value: '={{ $json.deep }}' } }, /holds data/],
	['a link to something else than a classifier', { ...text, classifyWith: 'classifier', classifier: link('={{ "https://example.com/x" }}') }, /link does not lead to a classifier.*Copy/],
	['no link to a classifier', { ...text, classifyWith: 'classifier', classifier: link('={{ "" }}') }, /No classifier is chosen/],
	['a URL that leads into a file system', { ...byCategories, fileSource: 'url', fileUrl: 'file:///etc/passwd' }, /not a web address/],
	['a URL that is a script', { ...byCategories, fileSource: 'url', fileUrl: 'javascript:alert(1)' }, /not a web address/],
	['a URL with a blank in its host', { ...byCategories, fileSource: 'url', fileUrl: 'https://exa mple.com/a.pdf' }, /not a web address/],
	['data for a URL', { ...byCategories, fileSource: 'url', fileUrl: '={{ $json.deep }}' }, /"fileUrl" holds data/],
	['nothing for a URL', { ...byCategories, fileSource: 'url', fileUrl: '={{ undefined }}' }, /File URL is empty/],
	['a list for a file ID', { ...byCategories, fileSource: 'fileId', fileId: '={{ $json.list }}' }, /File ID holds data/],
	['a binary field without bytes', { ...byCategories, binaryFields: 'bare' }, /"bare"/],
	['a file that is in n8n no more', { ...byCategories, binaryFields: 'lost' }, /n8n does not have the storage in which the file "document\.txt" in "lost" is kept/],
	['data for a binary field', { ...byCategories, binaryFields: '={{ $json.deep }}' }, /Input Binary Field holds data that is no file/],
	['an idempotency key from a field that is not there', withOptions({ idempotencyKey: '={{ $json.messageId }}' }), /expression for Idempotency Key gives no value/],
	['an idempotency key that is null', withOptions({ idempotencyKey: '={{ null }}' }), /Idempotency Key gives no value/],
	['an idempotency key of blanks', withOptions({ idempotencyKey: '={{ " \\u200b" }}' }), /Idempotency Key gives no value/],
	['a version from a field that is not there', { ...byText, classifyWith: 'classifier', text: 'x', classifier: SAVED, classifierVersion: '={{ $json.version }}' }, /Version Name or ID gives no version/],
	['a version that is null', { ...batch, classifierVersion: '={{ null }}' }, /Version Name or ID gives no version/],
	['a link to a run for the ID of a classifier', { ...batch, classifier: { mode: 'id', value: 'https://dashboard.extend.ai/runs/clr_1' } }, /does not lead to a classifier/],
	['text that shows nothing', { ...byText, text: '={{ "\\u200b\\u2060 \\ufeff" }}' }, /Text is empty/],
	['metadata with another key of ours', withOptions({ metadata: '{"n8n:mine":1}' }), /"n8n:mine" is kept/],
	['metadata that is a text', withOptions({ metadata: '"a"' }), /Metadata is not a JSON object/],
	['metadata that is nothing', withOptions({ metadata: 'null' }), /Metadata is not a JSON object/],
	['usage tags with letters that Extend drops', withOptions({ usageTags: 'büro' }), /usage tag "büro"/],
	['a priority in words', withOptions({ priority: 'high' }), /Priority is high/],
	['data for a priority', withOptions({ priority: '={{ $json.deep }}' }), /Priority holds data/],
	['a negative priority', withOptions({ priority: -1 }), /Priority is -1/],
	['a priority without end', withOptions({ priority: 'Infinity' }), /Priority is Infinity/],
	['data for an idempotency key', withOptions({ idempotencyKey: '={{ $json.deep }}' }), /Idempotency Key holds data/],
	['data for rules', { ...text, modelOptions: { rules: '={{ $json.list }}' } }, /Classification Rules holds data/],
	['a parse config that is a list', { ...text, modelOptions: { parseConfig: '[1]' } }, /Parse Config is not a JSON object/],
	['a file size in words', { ...byCategories, fileOptions: { minimumFileSize: 'big' } }, /Minimum File Size \(Bytes\) is big/],
	['page ranges that are one comma', { ...text, modelOptions: { pageRanges: ',' } }, /Page Ranges/],
	['a timeout without end', { ...text, waitOptions: { timeout: 'Infinity' } }, /Timeout \(Seconds\) is Infinity/],
	['data for a timeout', { ...text, waitOptions: { timeout: '={{ $json.deep }}' } }, /Timeout \(Seconds\) holds data/],
	['half a limit', { operation: 'getMany', limit: 1.5 }, /Limit is 1.5/],
	['a limit in words', { operation: 'getMany', limit: 'all' }, /Limit is all/],
	['a negative limit', { operation: 'getMany', limit: -1 }, /Limit is -1/],
	['a confidence in per cent', { ...text, routeBy: 'confidence', minimumConfidence: 80 }, /write 0\.8/],
	['a negative confidence', { ...text, routeBy: 'confidence', minimumConfidence: -0.1 }, /Minimum Confidence is -0\.1/],
	['a confidence in words', { ...text, routeBy: 'confidence', minimumConfidence: '={{ "high" }}' }, /Minimum Confidence is high/],
	['a category with two outputs', { ...text, routeBy: 'category', routeCategories: { route: [{ category: 'a' }, { category: 'a' }] } }, /category "a" has two outputs/],
	['no classifier of a batch', { ...batch, classifier: noClassifier }, /No classifier is chosen/],
	['no text of a batch', { ...batch, text: ' ' }, /Text is empty/],
	['a priority of a batch', { ...batch, options: { priority: 101 } }, /Priority is 101/],
	['metadata of a batch', { ...batch, options: { metadata: '[]' } }, /Metadata is not a JSON object/],
	['no file of a batch', { ...batch, fileSource: 'binary', binaryFields: 'scan' }, /no file in the field "scan"/],
	['no ID of a batch to get', { resource: 'batchRun', operation: 'get', batchId: ' ' }, /no batch ID/],
	['no ID of a batch to wait for', { resource: 'batchRun', operation: 'waitForCompletion', batchId: '={{ null }}' }, /no batch ID/],
	['a timeout of a batch', { ...batch, operation: 'classify', waitOptions: { timeout: 0 } }, /Timeout \(Seconds\) is 0/],
	['no classifier to get', { resource: 'classifier', operation: 'get', classifier: noClassifier }, /No classifier is chosen/],
	['a limit of classifiers', { resource: 'classifier', operation: 'getMany', limit: 0 }, /Limit is 0/],
	['no file to get', file('get', { fileId: ' ' }), /file ID/i],
	['no file to delete', file('delete', { fileId: '={{ "" }}' }), /file ID/i],
	['an ID that leads elsewhere', file('delete', { fileId: '..' }), /is not an ID/],
	['no field to upload', file('upload', { binaryFields: ' ' }), /No binary field is named/],
	['a file to upload that is empty', file('upload', { binaryFields: 'empty' }), /"empty\.txt" in "empty" is empty/],
	['a pattern to upload that matches nothing', file('upload', { binaryFields: 'scan_*' }), /no file in "scan_\*"/],
];

describe('more bad input is refused with the item number and advice before anything is sent', () => {
	it.each(ROWS)('%s', async (_, parameters, message) => {
		const before = stage.extend.requests.length;
		const stopped = await stage.run({ parameters, items: [await item()] });
		expect(`${stopped.error?.message} ${stopped.error?.description}`).toMatch(new RegExp(message.source, `s${message.flags}`));
		expect(stopped.error?.message).toMatch(/\[item 0\]$/);
		expect(stopped.json).toEqual([]);
		const failed = await stage.run({ parameters, items: [await item()], settings: { onError: 'continueErrorOutput' } });
		const [json] = failed.outputs.flat().map((each) => each.json);
		expect(json).toMatchObject({ message: expect.stringMatching(/^[A-Z].+[.!]$/s), details: { code: 'INVALID_INPUT', itemIndex: 0, retryable: false } });
		expect(stage.extend.requests).toHaveLength(before);
	});
});
