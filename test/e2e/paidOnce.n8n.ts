/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Execution, Item } from '../../scripts/lib/n8nRest.mjs';
import { startEmulator, type Emulator, type RequestRecord } from '../emulator';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, manualTrigger, webhookTrigger, type NodeSketch } from '../n8n/workflow';
import { asText, PDF, SAVED } from './coreStage';

const WITHIN_MS = 90_000;
const INVOICE = 'INVOICE number 4711. The supplier asks for payment of the amount due.';
const CONTRACT = 'This agreement is a contract. It is signed by both parties.';
const REFUSED = 'INVOICE number 4712. Extend does not take it at first.';
/** So long a start goes without an answer, so that both executions are there before it gets one. */
const START_TAKES_MS = 4_000;
/** So long Extend's list does not show a new run. */
const LIST_LAG_MS = 3_000;

const BATCH = { resource: 'batchRun', operation: 'classify', classifierVersion: '2.0', ...asText };
const WAYS = [
	['single runs', asText],
	['a batch', BATCH],
] as const;

describe('in a real n8n nothing is paid for twice, and no document is lost to another', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startEmulator();
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});
	beforeEach(() => {
		extend.store.runs.clear();
		extend.requests.length = 0;
		Object.assign(extend.options, { onRequest: undefined, listLagMs: 0, pendingMs: 5, runMs: 100 });
	});

	const runIds = (): string[] => [...extend.store.runs.keys()];
	/** How many documents were sent to be classified with each request, whatever came of it. */
	const started = (): number[] => extend.requests.filter(isStart).map(({ body }) => (body as { inputs?: unknown[] }).inputs?.length ?? 1);
	const idsOf = (execution: Execution): string[] => execution.itemsOf('Classify').map(({ json }) => json.id);

	/** A workflow whose production webhook is called once for each body, all at the same moment. Returns its ID and its executions. */
	async function receive(path: string, nodes: NodeSketch[], bodies: Array<string | FormData>): Promise<Received> {
		const workflow = await n8n.client.createWorkflow(chain(path, [webhookTrigger(path), ...nodes]));
		await n8n.client.activate(workflow);
		const headers = { 'content-type': 'application/json' };
		await Promise.all(bodies.map(async (body) => await n8n.callWebhook(path, typeof body === 'string' ? { body, headers } : { body })));
		const ended = await n8n.client.waitForExecutions(workflow, bodies.length, WITHIN_MS);
		return [workflow, await Promise.all(ended.map(async ({ id }) => await n8n.client.getExecution(id)))];
	}

	/** An execution with these texts, which fails for one of them. */
	async function failWith(path: string, parameters: object, texts: string[]): Promise<[workflow: string, failed: Execution]> {
		const split = { fieldToSplitOut: 'body.texts', options: { destinationFieldName: 'text' } };
		const nodes = [{ name: 'Texts', type: 'n8n-nodes-base.splitOut', parameters: split }, extendClassify(parameters, n8n.credential)];
		const [workflow, [failed]] = await receive(path, nodes, [JSON.stringify({ texts })]);
		assert.ok(failed?.status === 'error', failed?.status);
		return [workflow, failed];
	}

	async function retry({ id }: Execution, button: 'original' | 'currentlySaved'): Promise<Execution> {
		return await n8n.client.getExecution(await n8n.client.retryExecution(id, { loadWorkflow: button === 'currentlySaved' }));
	}

	/** Saves the workflow with a text in place of an empty one: n8n keeps what the node was given, so only the node can be mended. */
	async function mend(workflow: string): Promise<void> {
		const { nodes, connections, settings, versionId } = await n8n.client.request('GET', `/workflows/${workflow}`);
		const isClassify = ({ name }: NodeSketch): boolean => name === 'Classify';
		nodes.find(isClassify).parameters.text = `={{ $json.text || '${INVOICE} Mended' }}`;
		await n8n.client.request('PATCH', `/workflows/${workflow}`, { nodes, connections, settings, versionId });
	}

	for (const [way, parameters] of WAYS) {
		it(`starts the mended document alone after "Retry with currently saved workflow": ${way}`, async () => {
			const [workflow, failed] = await failWith(`mended ${way}`.replaceAll(' ', '-'), parameters, [INVOICE, '', CONTRACT]);
			assert.match(failed.error?.message ?? '', /The Text is empty/);
			const [good, sent] = [runIds().sort(), started().length];
			assert.equal(good.length, 2);
			await mend(workflow);
			const retried = await retry(failed, 'currentlySaved');
			assert.equal(retried.status, 'success', JSON.stringify(retried.error));
			assert.deepEqual(retried.itemsOf('Classify').map(({ json }) => json.category), ['invoice', 'invoice', 'contract']);
			assert.deepEqual([idsOf(retried)[0], idsOf(retried)[2]].sort(), good);
			assert.deepEqual([started().slice(sent), runIds().length], [[1], 3]);
		});
	}

	it('starts nothing at all after "Retry with original workflow" while the text is empty, however often it is pressed', async () => {
		let [, last] = await failWith('original', asText, [INVOICE, '', CONTRACT]);
		for (let press = 1; press <= 2; press++) {
			last = await retry(last, 'original');
			assert.equal(last.status, 'error');
			assert.match(last.error?.message ?? '', /The Text is empty/);
			assert.deepEqual(runIds().filter((id) => last.error?.description?.includes(id) !== true), []);
		}
		assert.deepEqual([started(), runIds().length], [[1, 1], 2]);
	});

	it('starts that alone after "Retry with original workflow" which Extend did not take, in an n8n that was started anew', async () => {
		const body = { code: 'INVALID_REQUEST', message: 'Not now', retryable: false };
		const isRefused = (request: RequestRecord): boolean => isStart(request) && isAbout(REFUSED, request);
		extend.options.onRequest = (request) => (isRefused(request) ? { kind: 'status', status: 400, body } : undefined);
		const [, failed] = await failWith('refused', asText, [INVOICE, REFUSED, CONTRACT]);
		assert.deepEqual([started(), runIds().length], [[1, 1, 1], 2]);
		const good = runIds().sort();
		extend.options.onRequest = undefined;
		await n8n.main.restart();
		const retried = await retry(failed, 'original');
		assert.equal(retried.status, 'success', JSON.stringify(retried.error));
		assert.deepEqual([idsOf(retried)[0], idsOf(retried)[2]].sort(), good);
		assert.deepEqual([started(), runIds().length], [[1, 1, 1, 1], 3]);
	});

	for (const [way, parameters] of WAYS) {
		it(`starts one run when a webhook is called twice at the same moment with one Idempotency Key: ${way}`, async () => {
			extend.options.onRequest = (request) => (isStart(request) ? { kind: 'delay', ms: START_TAKES_MS } : undefined);
			extend.options.listLagMs = LIST_LAG_MS;
			const keyed = { ...parameters, text: INVOICE, options: { idempotencyKey: '={{ $json.body.key }}' } };
			const body = JSON.stringify({ key: `mail-1-${way}` });
			const [workflow, both] = await receive(`twice ${way}`.replaceAll(' ', '-'), [extendClassify(keyed, n8n.credential)], [body, body]);
			assert.deepEqual(both.map(({ status }) => status), ['success', 'success']);
			assert.deepEqual(both.map(idsOf), [runIds(), runIds()]);
			assert.deepEqual([started(), runIds().length], [[1], 1]);
			const [one = 0, other = 0] = (await n8n.client.listExecutions(workflow)).map(({ startedAt }) => Date.parse(startedAt ?? ''));
			assert.ok(Math.abs(one - other) < START_TAKES_MS, `${Math.abs(one - other)} ms between the two`);
		});
	}

	for (const [onError, output] of [
		['continueRegularOutput', 0],
		['continueErrorOutput', 1],
	] as const) {
		const classify = (): NodeSketch => extendClassify({ ...SAVED, binaryFields: 'attachment_*' }, n8n.credential, { onError });

		it(`classifies three PDFs though a fourth file is empty, which comes out with the failed item: ${onError}`, async () => {
			const workflow = await n8n.client.createWorkflow(chain(onError, [manualTrigger, classify()]));
			const id = await n8n.client.runWithItems(workflow, 'Trigger', [mailItem()]);
			assertOneFailed(await n8n.client.waitForExecution(id, WITHIN_MS), output);
			assert.deepEqual([started(), runIds().length], [[1, 1, 1], 3]);
		});

		it(`does so for files in n8n's storage: ${onError}`, async () => {
			const [, [execution]] = await receive(onError, [classify()], [mailForm()]);
			assert.equal(execution?.itemsOf('Trigger')[0]?.binary?.attachment_3.data, 'filesystem-v2');
			assertOneFailed(execution, output);
			assert.deepEqual([started(), runIds().length], [[1, 1, 1], 3]);
		});
	}
});

type Received = [workflow: string, executions: Execution[]];

function isStart({ method, path }: RequestRecord): boolean {
	return method === 'POST' && ['/classify_runs', '/classify_runs/batch'].includes(path);
}

function isAbout(text: string, { body }: RequestRecord): boolean {
	return JSON.stringify(body).includes(text);
}

/** What a mail has attached: three PDFs, and a file without content, as Outlook makes them. */
const ATTACHED = [
	...['invoice.pdf', 'second.pdf', 'third.pdf'].map((fileName) => ({ fileName, mimeType: 'application/pdf', data: PDF })),
	{ fileName: 'ATT00001.htm', mimeType: 'text/html', data: Buffer.alloc(0) },
];

/** The mail as an item that holds its files itself. */
function mailItem(): Item {
	const fields = ATTACHED.map((file, n) => [`attachment_${n}`, { ...file, data: file.data.toString('base64') }]);
	return { json: { subject: 'Papers' }, binary: Object.fromEntries(fields) };
}

/** The mail for a webhook, which n8n 1 does not take: it wants every file to have content. */
function mailForm(): FormData {
	const form = new FormData();
	for (const [n, { fileName, mimeType: type, data }] of ATTACHED.entries()) {
		form.append(`attachment_${n}`, new Blob([new Uint8Array(data)], { type }), fileName);
	}
	return form;
}

/** @param output where the failed item comes out */
function assertOneFailed(execution: Execution | undefined, output: number): void {
	assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
	const [failed, ...others] = execution.itemsOf('Classify', output).filter(({ json }) => json.error !== undefined);
	const classified = execution.itemsOf('Classify').filter((item) => item !== failed);
	const expected = [0, 1, 2].map((n) => ['invoice', [`attachment_${n}`]]);
	// n8n's webhook gives the files of a form in the order in which it has stored them.
	assert.deepEqual(classified.map(({ json, binary }) => [json.category, Object.keys(binary ?? {})]).sort(), expected);
	assert.deepEqual(others, []);
	assert.match(failed?.json.error, /ATT00001\.htm.* is empty/);
	assert.deepEqual(Object.keys(failed?.binary ?? {}), ['attachment_3']);
	assert.equal(failed?.binary?.attachment_3.fileName, 'ATT00001.htm');
}
