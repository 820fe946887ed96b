import type { IBinaryKeyData, IDataObject } from 'n8n-workflow';
import { fileOf } from './engine';
import { byCategories, byText, INVOICE, itemWith, openStage, SAVED, type Stage } from './setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
const withOptions = (options: IDataObject) => ({ ...text, options });
const withCategories = (...category: IDataObject[]) => ({ ...text, categories: { category } });

describe('bad input is refused with the item number before anything is sent', () => {
	it.each<[string, IDataObject, RegExp]>([
		['no file of that name', { ...byCategories, binaryFields: 'attachment' }, /no file in the field "attachment".*data/],
		['no field named', { ...byCategories, binaryFields: ' , ' }, /No binary field is named.*data/],
		['a pattern that matches nothing', { ...byCategories, binaryFields: 'attachment_*' }, /no document in "attachment_\*"/],
		['an empty file', { ...byCategories, binaryFields: 'empty' }, /"empty\.txt" in "empty" is empty/],
		['only files that are left out', { ...byCategories, fileOptions: { onlyFileTypes: 'pdf' } }, /no document in "data"; left out: invoice\.txt \(file type txt\)/],
		['no URL', { ...byCategories, fileSource: 'url', fileUrl: '={{ "" }}' }, /File URL is empty/],
		['a URL of another kind', { ...byCategories, fileSource: 'url', fileUrl: 'ftp://example.com/a.pdf' }, /"ftp:\/\/example.com\/a.pdf" is not a web address/],
		['a URL without a host', { ...byCategories, fileSource: 'url', fileUrl: 'https://' }, /is not a web address/],
		['no file ID', { ...byCategories, fileSource: 'fileId', fileId: ' ' }, /File ID is empty/],
		['no text', { ...byText, text: '\n ' }, /Text is empty/],
		['a password with a text', { ...text, fileOptions: { filePassword: 'x' } }, /File Password goes with a binary file or a URL only/],
		['a password with a file ID', { ...byCategories, fileSource: 'fileId', fileId: 'file_1', fileOptions: { filePassword: 'x' } }, /File Password goes with/],
		['metadata that is no JSON', withOptions({ metadata: '{mail: 1}' }), /Metadata is not a JSON object/],
		['metadata that is an array', withOptions({ metadata: '[1]' }), /Metadata is not a JSON object/],
		['metadata over 10 KB', withOptions({ metadata: JSON.stringify({ a: 'ä'.repeat(5_200) }) }), /metadata is \d+ bytes long, more than the 10240/],
		['a metadata key that is kept for this node', withOptions({ metadata: '{"n8n:other":"x"}' }), /metadata key "n8n:other" is kept/],
		['usage tags with blanks', withOptions({ usageTags: 'ap inbox' }), /usage tag "ap inbox"/],
		['a priority of 0', withOptions({ priority: 0 }), /Priority is 0.*from 1 to 100/],
		['a priority of 101', withOptions({ priority: 101 }), /Priority is 101/],
		['half a priority', withOptions({ priority: 1.5 }), /Priority is 1.5.*whole number/],
		['page ranges backwards', { ...text, modelOptions: { pageRanges: '3-1' } }, /Page Ranges cannot be read at "3-1"/],
		['page 0', { ...text, modelOptions: { pageRanges: '0' } }, /cannot be read at "0"/],
		['page ranges in words', { ...text, modelOptions: { pageRanges: '1-3, all' } }, /cannot be read at "all"/],
		['a parse config that is no object', { ...text, modelOptions: { parseConfig: '7' } }, /Parse Config is not a JSON object/],
		['a negative file size', { ...byCategories, fileOptions: { minimumFileSize: -1 } }, /Minimum File Size \(Bytes\) is -1/],
		['no categories', withCategories(), /no categories to choose from/],
		['a category without ID', withCategories({ id: 'a' }, { id: ' ' }), /Category 2 has no ID/],
		['equal IDs', withCategories({ id: 'a' }, { id: ' a' }), /Two categories have the ID "a"/],
		['categories that are no array', { ...text, classifyWith: 'categoriesJson', categoriesJson: '{"id":"a"}' }, /not an array of categories/],
		['categories that are no JSON', { ...text, classifyWith: 'categoriesJson', categoriesJson: '[{id}]' }, /not an array of categories/],
		['categories that are neither IDs nor objects', { ...text, classifyWith: 'categoriesJson', categoriesJson: '[null]' }, /Category 1 has no ID/],
		['no classifier', { fileSource: 'text', text: 'x', classifier: { mode: 'id', value: '={{ "" }}' } }, /No classifier is chosen/],
		['a timeout of 0', { ...text, waitOptions: { timeout: 0 } }, /Timeout \(Seconds\) is 0/],
		['a negative timeout', { ...text, waitOptions: { timeout: -5 } }, /Timeout \(Seconds\) is -5/],
		['a timeout in words', { ...text, waitOptions: { timeout: 'long' } }, /Timeout \(Seconds\) is long/],
		['an expression that does not work', { ...text, text: '={{ $("Nowhere").item.json.x }}' }, /parameter "text" could not be read/],
		['data for a text', { ...text, text: '={{ $json }}' }, /"text" holds data/],
		['no run ID to get', { operation: 'get' }, /There is no run ID/],
		['no run ID to wait for', { operation: 'waitForCompletion', runId: '={{ "" }}' }, /There is no run ID/],
		['no run ID to cancel', { operation: 'cancel', runId: '={{ null }}' }, /There is no run ID/],
		['no run ID to delete', { operation: 'delete', runId: '  ' }, /There is no run ID/],
		['a bad timeout of a wait', { operation: 'waitForCompletion', runId: 'clr_1', waitOptions: { timeout: 0 } }, /Timeout \(Seconds\) is 0/],
		['a limit of 0', { operation: 'getMany', limit: 0 }, /Limit is 0/],
		['an operation that does not exist', { operation: 'explode' }, /no operation "explode"/],
		['a resource that does not exist', { resource: 'planet', operation: 'get' }, /no operation "" for "planet"/],
	])('%s', async (_, parameters, message) => {
		const binary = { data: await fileOf(INVOICE, 'invoice.txt', 'text/plain'), empty: await fileOf('', 'empty.txt', 'text/plain') };
		const { error, json } = await stage.run({ parameters, items: [{ json: {}, binary }] });
		expect(`${error?.message} ${error?.description}`).toMatch(new RegExp(message.source, 's'));
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(json).toEqual([]);
		expect(stage.extend.requests).toEqual([]);
	});

	it('keys that two items share', async () => {
		const parameters = { ...text, options: { idempotencyKey: '={{ $json.key }}' } };
		const items = ['a', 'b', 'a'].map((key) => ({ json: { key } }));
		const { json } = await stage.run({ parameters, items, settings: { onError: 'continueRegularOutput' } });
		expect(json.map(({ error, category }) => error ?? category)).toEqual([
			'invoice',
			'The Idempotency Key "a" is also that of item 2 [item 0]',
			'The Idempotency Key "a" is also that of item 0 [item 2]',
		]);
		expect(stage.extend.store.runs.size).toBe(1);
	});
});

describe('answers of Extend are shown with their message, and code and request ID in the description', () => {
	it.each([
		['an unknown classifier', { fileSource: 'text', text: 'x', classifier: { mode: 'id', value: 'cl_nobody' } }, /^Extend answered: [^(]*not found \[item 0\]$/, /Check the ID.*NOT_FOUND, request req_/],
		['an unknown version', { fileSource: 'text', text: 'x', classifier: SAVED, classifierVersion: '9.9' }, /^Version 9\.9 does not exist in classifier cl_inbound_mail \[item 0\]$/, /Choose one of its versions.*NOT_FOUND, request req_/],
		['an unknown file', { ...byCategories, fileSource: 'fileId', fileId: 'file_nobody' }, /^Extend answered: [^(]*not found \[item 0\]$/, /Check the ID.*NOT_FOUND, request req_/],
	])('%s', async (_, parameters, message, advice) => {
		const { error } = await stage.run({ parameters });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
	});

	it.each([
		[400, /Extend answered/, /Workspace ID/],
		[401, /^Extend answered: /, /API key and the region.*CODE_X/],
		[402, /^Extend answered: /, /Add credits.*CODE_X/],
		[403, /^Extend answered: /, /Workspace ID.*CODE_X/],
	])('status %i', async (status, message, advice) => {
		stage.extend.options.onRequest = () => ({ kind: 'status', status, body: { code: 'CODE_X' } });
		const { error } = await stage.run({ parameters: text });
		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(advice);
		expect(stage.extend.requests).toHaveLength(1);
	});
});

describe('the key', () => {
	it('shows in nothing that comes out, also when a server repeats it', async () => {
		const key = stage.extend.apiKey;
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 422, body: { code: 'X', message: `No entry for ${key}`, requestId: key } });
		const { run, error } = await stage.run({ parameters: text });
		expect(error?.message).toMatch(/No entry for \*\*\*/);
		expect(JSON.stringify(run)).not.toContain(key);
	});
});

describe('items that fail', () => {
	const mixed = async (onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput') => {
		const good = await itemWith(INVOICE);
		return await stage.run({ parameters: { ...byCategories }, items: [{ json: { mail: 0 } }, { ...good, json: { mail: 1 } }, { json: { mail: 2 } }], settings: { onError } });
	};

	it('leave behind the good ones when the node continues', async () => {
		const { outputs, error } = await mixed('continueRegularOutput');
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json, pairedItem }) => [Object.keys(json).length > 3 ? 'run' : Object.keys(json), pairedItem])).toEqual([
			['run', { item: 1 }],
			[['error', 'message', 'details'], { item: 0 }],
			[['error', 'message', 'details'], { item: 2 }],
		]);
		expect(outputs[0]?.[1]?.json.details).toEqual({
			itemIndex: 0, code: 'INVALID_INPUT', status: null, retryable: false, requestId: null, runId: null, dashboardUrl: null, failureReason: null,
		});
	});

	it('leave by the error output, paired and with the fields of their input', async () => {
		const { outputs } = await mixed('continueErrorOutput');
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1]?.map(({ json }) => [json.mail, typeof json.error])).toEqual([[0, 'string'], [2, 'string']]);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)('keep the file they are about: %s', async (onError) => {
		stage.extend.options.onRequest = ({ path }) => (path === '/files/upload' ? { kind: 'status', status: 400, body: {} } : undefined);
		const front = await fileOf(INVOICE, 'a.txt', 'text/plain');
		const back = await fileOf(INVOICE, 'b.txt', 'text/plain');
		const binaries: IBinaryKeyData[] = [{ front, back }, { front }, { other: back }];
		const items = binaries.map((binary) => ({ json: {}, binary }));
		const { outputs } = await stage.run({ parameters: { ...byCategories, binaryFields: 'front, b*' }, items, settings: { onError } });
		const failed = outputs[onError === 'continueErrorOutput' ? 1 : 0];
		expect(failed?.map(({ binary: kept }) => Object.values(kept ?? {}).map(({ fileName }) => fileName))).toEqual([
			['a.txt'],
			['b.txt'],
			['a.txt'],
			['b.txt'],
		]);
	});

	it('stop the workflow once the others are finished, naming their runs', async () => {
		const { error } = await mixed('stopWorkflow');
		const [id] = [...stage.extend.store.runs.keys()];
		expect(error?.message).toMatch(/no file in the field "data" \[item 0\]/);
		expect(error?.description).toMatch(new RegExp(`2 of 3 items failed. Runs at Extend: ${id}`));
	});

	it('do not keep the others from being read', async () => {
		const started = await stage.run({ parameters: { ...text, operation: 'start' } });
		const items = ['clr_nobody', started.json[0]?.id, ''].map((id) => ({ json: { id } })) as Array<{ json: IDataObject }>;
		const { json } = await stage.run({ parameters: { operation: 'get' }, items, settings: { onError: 'continueRegularOutput' } });
		expect(json.map(({ id, details }) => id ?? (details as IDataObject).code)).toEqual([started.json[0]?.id, 'NOT_FOUND', 'INVALID_INPUT']);
	});
});
