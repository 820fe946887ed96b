import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import type { EmulatorOptions } from '../../emulator';
import { fileOf, runNode } from '../engine';
import { byCategories, byText, INVOICE, openStage, type Stage } from '../setup';

/** When something goes wrong: the json of failed items, where they leave, and what stops the workflow. */

const DETAILS = ['itemIndex', 'code', 'status', 'retryable', 'requestId', 'runId', 'dashboardUrl', 'failureReason'];
const NOTHING_KNOWN = Object.fromEntries(DETAILS.map((key) => [key, null]));

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const CONTINUE: Partial<INode> = { onError: 'continueRegularOutput' };
const text = { ...byText, text: '={{ $json.text }}' };
const itemsOf = (...texts: string[]): INodeExecutionData[] => texts.map((content, mail) => ({ json: { text: content, mail } }));
const refusing = (status: number, body: unknown): Partial<EmulatorOptions> => ({ onRequest: () => ({ kind: 'status', status, body }) });
const run = (operation: string, more: IDataObject = {}): IDataObject => ({ operation, runId: 'clr_1', ...more });
const LINK = expect.stringMatching(/^https:\/\/dashboard\.extend\.ai\/runs\/clr_/);
const REQUEST = expect.stringMatching(/^req_/);

describe('a failed item holds error, message and details, and the details these keys, unknown values null', () => {
	it.each<[string, Partial<EmulatorOptions>, IDataObject, IDataObject]>([
		['input that cannot be used', {}, { ...text, options: { priority: 0 } }, { code: 'INVALID_INPUT', retryable: false }],
		['a run that is not there', {}, run('get'), { code: 'NOT_FOUND', status: 404, retryable: false, requestId: REQUEST, runId: 'clr_1' }],
		['a run that is not there to wait for', {}, run('waitForCompletion'), { code: 'NOT_FOUND', status: 404, retryable: false, requestId: REQUEST, runId: 'clr_1' }],
		['a run that is not there to cancel', {}, run('cancel'), { code: 'NOT_FOUND', status: 404, retryable: false, requestId: REQUEST, runId: 'clr_1' }],
		['a run that is not there to delete', {}, run('delete'), { code: 'NOT_FOUND', status: 404, retryable: false, requestId: REQUEST, runId: 'clr_1' }],
		['a page in place of an answer', refusing(403, '<h1>No</h1>'), run('get'), { code: 'HTTP_403', status: 403, retryable: true, requestId: REQUEST, runId: 'clr_1' }],
		['a refused list', refusing(402, { code: 'USAGE_BLOCKED', retryable: false, requestId: 'req_x' }), { operation: 'getMany' }, { code: 'USAGE_BLOCKED', status: 402, retryable: false, requestId: 'req_x' }],
		['a refused start', refusing(422, { error: { code: 'INVALID_REQUEST', message: 'no' } }), text, { code: 'INVALID_REQUEST', status: 422, retryable: false, requestId: REQUEST }],
		['a run that failed', { outcome: () => ({ failureReason: 'PARSING_ERROR' }) }, { ...text, onRunFailed: 'error' }, { code: 'RUN_FAILED', status: 'FAILED', retryable: true, runId: expect.any(String), dashboardUrl: LINK, failureReason: 'PARSING_ERROR' }],
		['a run that takes too long', { runMs: 60_000, createStatus: 'PROCESSING' }, { ...text, waitOptions: { timeout: 0.2 } }, { code: 'TIMEOUT', status: 'PROCESSING', retryable: true, runId: expect.any(String), dashboardUrl: LINK }],
	])('%s', async (_, emulator, parameters, known) => {
		stage = await openStage(emulator);
		const { json } = await stage.run({ parameters, items: itemsOf(INVOICE), settings: CONTINUE });
		expect(json).toEqual([{ error: expect.stringMatching(/^[A-Z].+ \[item 0\]$/), message: expect.stringMatching(/^[A-Z].+[.]$/), details: { ...NOTHING_KNOWN, itemIndex: 0, ...known } }]);
		expect([Object.keys(json[0] ?? {}), Object.keys(json[0]?.details as object)]).toEqual([['error', 'message', 'details'], DETAILS]);
	});

	it('no connection, for as long as was to be waited', async () => {
		stage = await openStage();
		const credential = { apiKey: 'sk_test_x', region: 'custom', baseUrl: 'http://127.0.0.1:1' };
		const { json } = await runNode({ credential, parameters: run('waitForCompletion', { waitOptions: { timeout: 0.2 } }), settings: CONTINUE });
		expect(json[0]?.details).toEqual({ ...NOTHING_KNOWN, itemIndex: 0, code: 'NO_CONNECTION', retryable: true, runId: 'clr_1' });
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)('a node without a credential, with %s', async (onError) => {
		stage = await openStage();
		const { outputs } = await stage.run({ parameters: text, items: itemsOf(INVOICE, INVOICE), settings: { onError, credentials: {} } });
		const failed = outputs[onError === 'continueErrorOutput' ? 1 : 0] ?? [];
		expect(failed.map(({ json }) => [json.error, json.details])).toEqual([0, 1].map((itemIndex) => [
			expect.stringMatching(new RegExp(`credential.*\\[item ${itemIndex}\\]$`, 'i')),
			{ ...NOTHING_KNOWN, itemIndex, code: 'N8N' },
		]));
	});
});

describe('Continue', () => {
	it('lets failed items leave by output 0, behind the others, paired', async () => {
		stage = await openStage();
		const { outputs } = await stage.run({ parameters: { ...text, operation: 'start' }, items: itemsOf('', INVOICE, '', INVOICE), settings: CONTINUE });
		expect(outputs.map((items) => items.map(({ json, pairedItem }) => [json.error === undefined, pairedItem]))).toEqual([
			[[true, { item: 1 }], [true, { item: 3 }], [false, { item: 0 }], [false, { item: 2 }]],
		]);
	});
});

describe('Continue (using error output)', () => {
	it.each(['start', 'get', 'waitForCompletion', 'cancel', 'delete', 'getMany'])('lets the failed items of %s leave by it, with the fields of their input to be read', async (operation) => {
		stage = await openStage();
		const items = itemsOf('', '').map((item, mail) => ({ json: { ...item.json, mail, error: 'of the input', details: 7 } }));
		const parameters = { ...text, ...run(operation), runId: 'clr_{{ $json.mail }}', limit: operation === 'getMany' ? 0 : 50 };
		const after = { expression: "={{ $('Before').item.json.mail }}", outputs: 2 };
		const { outputs, after: read, error } = await stage.run({ parameters, items, settings: { onError: 'continueErrorOutput' }, after });
		expect([error, read]).toEqual([undefined, [[], [0, 1]]]);
		expect(outputs[1]?.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([0, 1].map((item) => [expect.stringContaining(`[item ${item}]`), { item }]));
	});
});

describe('Stop', () => {
	const stop = async (items: INodeExecutionData[], parameters: IDataObject = text) => {
		const { error, outputs } = await stage.run({ parameters, items });
		expect(outputs.flat()).toEqual([]);
		return `${error?.message}\n${error?.description}`;
	};
	const runs = () => [...stage.extend.store.runs.keys()];

	it.each<[string, string[], RegExp]>([
		['one of three', [INVOICE, '', `${INVOICE} 2`], /^The Text is empty \[item 1\]\nEnter the text to classify.*\. 1 of 3 items failed\. Runs at Extend: /],
		['two of three', ['', INVOICE, ''], /^The Text is empty \[item 0\]\n.*2 of 3 items failed\. Runs at Extend: /],
		['all of two for the same cause, which is said once', ['', ''], /^The Text is empty\nEnter the text to classify, or check the expression\.$/],
		['the only one', [''], /^The Text is empty \[item 0\]\nEnter the text to classify, or check the expression\.$/],
	])('finishes the others, then says how many failed, and names all runs: %s', async (_, texts, message) => {
		stage = await openStage();
		const said = await stop(itemsOf(...texts));
		expect(said).toMatch(message);
		expect(runs().filter((id) => !said.includes(id))).toEqual([]);
		expect(runs()).toHaveLength(texts.filter((content) => content !== '').length);
		const statuses = await Promise.all(runs().map(async (id) => (await stage.run({ parameters: { operation: 'get', runId: id } })).json[0]?.status));
		expect(statuses.filter((status) => status !== 'PROCESSED')).toEqual([]);
	});

	it('names the first failed item although a later one failed before it, and runs that failed, lasted and finished', async () => {
		const texts = ['slow', 'bad', INVOICE];
		stage = await openStage({
			...{ createStatus: 'PROCESSING', runMs: ({ text: content }) => (content === 'slow' ? 60_000 : 0) },
			outcome: ({ text: content }) => (content === 'bad' ? { failureReason: 'PARSING_ERROR' } : undefined),
		});
		const said = await stop(itemsOf(...texts), { ...text, onRunFailed: 'error', waitOptions: { timeout: 3 } });
		expect(said).toMatch(/ did not finish within 3 seconds\. Its status is PROCESSING \[item 0\]\n.* 2 of 3 items failed\. Runs at Extend: /);
		expect(runs().map((id) => said.includes(id))).toEqual([true, true, true]);
	});

	it('counts an item once however many of its documents failed, and names the runs of the others', async () => {
		stage = await openStage({ onRequest: ({ path, body }) => (path.endsWith('/upload') && (body as { fileName: string }).fileName.startsWith('bad') ? { kind: 'status', status: 400 } : undefined) });
		const files = await Promise.all(['bad1.txt', 'good.txt', 'bad2.txt'].map(async (name) => await fileOf(INVOICE, name, 'text/plain')));
		const [a, b, c] = files;
		const items = [{ json: {}, binary: { a, b, c } }, { json: {}, binary: { b } }] as INodeExecutionData[];
		expect(await stop(items, { ...byCategories, binaryFields: '*' })).toMatch(/\[item 0\]\n.* 1 of 2 items failed\. Extend's answer: INVALID_REQUEST, request req_\w+\. Runs at Extend: clr_\w+, clr_\w+$/);
	});
});
