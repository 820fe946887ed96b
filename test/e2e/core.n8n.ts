/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Execution, Item } from '../../scripts/lib/n8nRest.mjs';
import { pause } from '../../scripts/lib/waiting.mjs';
import type { Emulator } from '../emulator';
import { phaseAt } from '../emulator/runs/lifecycle';
import { testedVersion } from '../n8n/installation';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, fan, manualTrigger, webhookTrigger, type CredentialReference, type NewWorkflow } from '../n8n/workflow';
import { asText, itemsEnding, PDF, pdfItems, SAVED } from './coreStage';
import { activateTrigger, endpointOf, endpointsOf, expectItem, PROCESSED, startDeliveringExtend, until } from './triggerStage';

const WITHIN_MS = 60_000;
/** The promise is one second; the rest is for a computer that does other things as well. */
const ENDS_WITHIN_MS = 3_000;
/** So long it is watched that nothing more is sent: longer than a run goes unwatched. */
const SILENCE_MS = 3_000;
const OPEN_END_MS = 3_600_000;

/** What the package needs of an n8n; runs on the newest and on the oldest one that it is made for. */
describe('the core of the package in a real n8n', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startDeliveringExtend();
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});
	beforeEach(() => {
		extend.store.runs.clear();
		extend.store.files.clear();
		extend.requests.length = 0;
		extend.options.onRequest = undefined;
		extend.options.runMs = 100;
	});

	const statuses = (): string[] => [...extend.store.runs.values()].map((run) => phaseAt(run, Date.now()).status);
	const sent = (): string[] => extend.requests.map(({ method, path }) => `${method} ${path}`);
	const countSent = (request: string): number => sent().filter((each) => each === request).length;

	async function start(workflow: NewWorkflow, items: Item[]): Promise<string> {
		return await n8n.client.runWithItems(await n8n.client.createWorkflow(workflow), 'Trigger', items);
	}

	async function run(workflow: NewWorkflow, items: Item[]): Promise<Execution> {
		const execution = await n8n.client.waitForExecution(await start(workflow, items), WITHIN_MS);
		assert.ok(execution !== undefined, `The execution has not ended within ${WITHIN_MS / 1_000} s`);
		return execution;
	}

	/** A credential like that of all tests, but for what is given. */
	async function saveCredential(name: string, data: object): Promise<CredentialReference> {
		const complete = { apiKey: extend.apiKey, region: 'custom', baseUrl: extend.url, ...data };
		return { name, id: await n8n.client.saveCredential({ name, type: 'extendApi', data: complete }) };
	}

	it('is loaded: both nodes, in the wording of the package', async () => {
		const nodeInfos = ['extendClassify', 'extendClassifyTrigger'].map((name) => ({ name: `n8n-nodes-extend-ai.${name}`, version: 1 }));
		const descriptions: Array<{ displayName: string }> = await n8n.client.request('POST', '/node-types', { nodeInfos });
		assert.deepEqual(descriptions.map(({ displayName }) => displayName), ['Extend Classify', 'Extend Classify Trigger']);
	});

	it('tests its credential, and says what is wrong with it', async () => {
		// n8n before 2.34 hides from its credential test what the cause of an error was, and says it in its own words.
		const [major = 0, minor = 0] = testedVersion().split('.').map(Number);
		const words = major < 2 || minor < 34 ? [/Authorization failed/, /refused the connection/] : [/Extend does not know this API key/, /ECONNREFUSED/];
		for (const [data, status, message] of [
			[{}, 'OK', /success/],
			[{ apiKey: 'sk_test_other' }, 'Error', words[0]],
			[{ baseUrl: 'http://127.0.0.1:9' }, 'Error', words[1]],
		] as const) {
			const { id, name } = await saveCredential('Tested', data);
			const credentials = await n8n.client.request('GET', `/credentials/${id}?includeData=true`);
			const result = await n8n.client.request('POST', '/credentials/test', { credentials: { ...credentials, id, name, type: 'extendApi' } });
			assert.equal(result.status, status);
			assert.match(result.message, message ?? /^$/);
		}
	});

	it('fills the list of classifiers', async () => {
		const { results } = await n8n.client.request('POST', '/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.classifier',
			methodName: 'searchClassifiers',
			nodeTypeAndVersion: { name: 'n8n-nodes-extend-ai.extendClassify', version: 1 },
			credentials: { extendApi: n8n.credential },
			currentNodeParameters: { resource: 'classifyRun', operation: 'classify' },
		});
		assert.ok(results.some(({ value }: { value: string }) => value === 'cl_inbound_mail'), JSON.stringify(results));
	});

	it('classifies a PDF that a webhook has received, uploaded byte by byte', async () => {
		const workflow = await n8n.client.createWorkflow(chain('Mail', [webhookTrigger('mail'), extendClassify(SAVED, n8n.credential)]));
		await n8n.client.activate(workflow);
		const form = new FormData();
		form.append('data', new Blob([PDF], { type: 'application/pdf' }), 'invoice.pdf');
		await n8n.callWebhook('mail', { body: form });
		const [ended] = await n8n.client.waitForExecutions(workflow, 1, WITHIN_MS);
		const { status, itemsOf } = await n8n.client.getExecution(ended?.id ?? '');
		assert.equal(status, 'success');
		assert.deepEqual(itemsOf('Classify').map(({ json }) => [json.category, json.fileName]), [['invoice', 'invoice.pdf']]);
		const [stored] = extend.store.files.values();
		assert.ok(stored?.bytes.equals(PDF));
	});

	it('says that the key is not known when an upload is refused, and passes the item on', async () => {
		const refused = await saveCredential('Refused', { apiKey: 'sk_test_other' });
		const workflow = chain('Refused', [manualTrigger, extendClassify(SAVED, refused, { onError: 'continueRegularOutput' })]);
		const { itemsOf } = await run(workflow, pdfItems(1));
		const [item] = itemsOf('Classify');
		assert.equal(item?.json.details.status, 401);
		assert.match(item.json.message, /key/i);
		assert.equal(extend.store.files.size, 0);
	});

	it('starts runs, and waits for them in another node', async () => {
		const wait = extendClassify({ operation: 'waitForCompletion' }, n8n.credential);
		const nodes = [manualTrigger, { ...extendClassify({ ...asText, operation: 'start' }, n8n.credential), name: 'Start' }, wait];
		const { itemsOf } = await run(chain('Long', nodes), itemsEnding({}, { category: 'contract' }));
		assert.deepEqual(itemsOf('Start').map(({ json }) => [json.status, json.category]), Array(2).fill(['PENDING', null]));
		assert.deepEqual(itemsOf('Classify').map(({ json }) => json.category), ['invoice', 'contract']);
	});

	for (const [cancelOnStop, status, requests] of [
		[false, 'PROCESSING', 0],
		[true, 'CANCELLED', 1],
	] as const) {
		it(`ends when Stop is pressed while it waits, ${cancelOnStop ? 'cancels the run at Extend' : 'leaves the run alone'} and then sends nothing more`, async () => {
			extend.options.runMs = OPEN_END_MS;
			const id = await start(chain('Stop', [manualTrigger, extendClassify({ ...asText, waitOptions: { cancelOnStop } }, n8n.credential)]), itemsEnding({}));
			await until('the run is waited for', () => statuses().join() === 'PROCESSING' && extend.requests.some(({ method }) => method === 'GET'), WITHIN_MS);
			const stoppedMs = Date.now();
			await n8n.client.stopExecution(id);
			const ended = await n8n.client.waitForExecution(id, WITHIN_MS);
			assert.equal(ended?.status, 'canceled');
			assert.ok(Date.now() - stoppedMs < ENDS_WITHIN_MS, `${Date.now() - stoppedMs} ms`);
			await until(`the run is ${status}`, () => statuses().join() === status);
			await pause(ENDS_WITHIN_MS);
			const heard = extend.requests.length;
			await pause(SILENCE_MS);
			assert.deepEqual(sent().slice(heard), []);
			assert.equal(sent().filter((request) => request.endsWith('/cancel')).length, requests);
		});
	}

	it('sends items out by category and failed ones by the error output, each paired to its own', async () => {
		const endings = [{}, { confidence: 0.5 }, { failureReason: 'OUT_OF_CREDITS' }, { category: 'bill_of_lading' }, { confidence: 0.8 }];
		const items = [...itemsEnding(...endings), { json: { n: 5, text: '' } }];
		const byCategory = { ...asText, routeBy: 'category', routeCategories: { route: [{ category: 'invoice' }] } };
		const classify = extendClassify(byCategory, n8n.credential, { onError: 'continueErrorOutput' });
		const { status, itemsOf } = await run(fan('Routing', classify, 5), items);
		assert.equal(status, 'success');
		const behind = [0, 1, 2, 3, 4].map((output) => itemsOf(`After ${output}`).map(({ json }) => json.n));
		// Other, Review, No Result, invoice, and n8n's error output
		assert.deepEqual(behind, [[3], [1], [2], [0, 4], [5]]);
		assert.match(itemsOf('Classify', 4)[0]?.json.error, /\[item 5\]/);
	});

	it('finds the run of a start that got no answer, and reads on after connections that broke off', async () => {
		const toBreak = new Set(['POST /classify_runs', 'GET /classify_runs', 'GET /classify_runs/clr_*']);
		extend.options.onRequest = ({ method, path }) => {
			if (!toBreak.delete(`${method} ${path.replace(/clr_\w+/, 'clr_*')}`)) return undefined;
			return { kind: method === 'POST' ? 'resetAfter' : 'resetBefore' };
		};
		const { status, itemsOf } = await run(chain('Broken', [manualTrigger, extendClassify(asText, n8n.credential)]), itemsEnding({}));
		assert.equal(status, 'success');
		assert.equal(itemsOf('Classify')[0]?.json.category, 'invoice');
		assert.deepEqual([[...toBreak], extend.store.runs.size], [[], 1]);
	});

	it('uploads and starts nothing twice when n8n retries the node', async () => {
		let starts = 0;
		extend.options.onRequest = ({ method, path }) => {
			if (method !== 'POST' || path !== '/classify_runs') return undefined;
			starts += 1;
			return starts === 1 ? { kind: 'status', status: 400, body: { code: 'INVALID_REQUEST', message: 'Not now', retryable: false } } : undefined;
		};
		const { status, itemsOf } = await run(chain('Retry', [manualTrigger, extendClassify(SAVED, n8n.credential, { retryOnFail: true })]), pdfItems(3));
		assert.equal(status, 'success');
		assert.deepEqual(itemsOf('Classify').map(({ json }) => json.category), Array(3).fill('invoice'));
		assert.deepEqual([extend.store.runs.size, countSent('POST /classify_runs'), countSent('POST /files/upload')], [3, 4, 3]);
	});

	it('registers its trigger when activated, starts the workflow for a finished run, and is gone when deactivated', async () => {
		const workflow = await activateTrigger(n8n, 'Life', { events: [PROCESSED] });
		assert.deepEqual(endpointOf(extend, 'Life').enabledEvents, [PROCESSED]);
		await expectItem(n8n, extend, workflow);
		await n8n.client.deactivate(workflow);
		assert.deepEqual(endpointsOf(extend, 'Life'), []);
	});
});
