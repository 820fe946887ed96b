/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Execution } from '../../scripts/lib/n8nRest.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, manualTrigger, webhookTrigger, type NewWorkflow, type NodeSketch } from '../n8n/workflow';
import { asText, PDF, SAVED } from './coreStage';

const WITHIN_MS = 60_000;
const INVOICE = 'INVOICE number 4711. The supplier asks for payment of the amount due.';
const CONTRACT = 'CONTRACT between two parties, who agree on its terms.';
/** The texts of a request, each as an item. */
const split: NodeSketch = {
	name: 'Split',
	type: 'n8n-nodes-base.splitOut',
	parameters: { fieldToSplitOut: 'body.texts', options: { destinationFieldName: 'text' } },
};

describe('documents are paid for once in a real n8n', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startEmulator({ pendingMs: 5, runMs: 100 });
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});
	beforeEach(() => {
		extend.store.runs.clear();
		extend.requests.length = 0;
	});

	const starts = (): number => extend.requests.filter(({ method, path }) => method === 'POST' && path === '/classify_runs').length;
	const post = async (path: string, body: object): Promise<void> => {
		await n8n.callWebhook(path, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	};
	const lastOf = async (workflow: string, count: number): Promise<Execution> => {
		const [last] = await n8n.client.waitForExecutions(workflow, count, WITHIN_MS);
		return await n8n.client.getExecution(last?.id ?? '');
	};

	/** An execution that has failed for the second of three texts; the two others are started. */
	async function failOnEmptyText(path: string): Promise<{ workflow: string; failed: Execution }> {
		const nodes = [webhookTrigger(path), split, extendClassify(asText, n8n.credential)];
		const workflow = await n8n.client.createWorkflow(chain(path, nodes));
		await n8n.client.activate(workflow);
		await post(path, { texts: [INVOICE, '', CONTRACT] });
		const failed = await lastOf(workflow, 1);
		assert.equal(failed.status, 'error');
		assert.match(failed.error?.message ?? '', /The Text is empty/);
		assert.equal(starts(), 2);
		return { workflow, failed };
	}

	async function saveWithText(workflow: string, text: string): Promise<void> {
		const { versionId, nodes } = await n8n.client.request('GET', `/workflows/${workflow}`);
		const changed = nodes.map((node: { name: string; parameters: object }) => (node.name === 'Classify' ? { ...node, parameters: { ...node.parameters, text } } : node));
		await n8n.client.request('PATCH', `/workflows/${workflow}`, { versionId, nodes: changed });
	}

	it('by Retry with the original workflow, which starts nothing again', async () => {
		const { workflow, failed } = await failOnEmptyText('original');
		await n8n.client.request('POST', `/executions/${failed.id}/retry`, { loadWorkflow: false });
		const retried = await lastOf(workflow, 2);
		assert.notEqual(retried.id, failed.id);
		assert.match(retried.error?.message ?? '', /The Text is empty/);
		assert.equal(starts(), 2);
	});

	it('by Retry with the saved workflow, in which the empty document has a text now', async () => {
		const { workflow, failed } = await failOnEmptyText('saved');
		const paid = [...extend.store.runs.keys()];
		await saveWithText(workflow, `={{ $json.text || '${INVOICE} Second page.' }}`);
		await n8n.client.request('POST', `/executions/${failed.id}/retry`, { loadWorkflow: true });
		const retried = await lastOf(workflow, 2);
		assert.equal(retried.status, 'success', JSON.stringify(retried.error));
		const items = retried.itemsOf('Classify').map(({ json }) => json);
		assert.deepEqual(items.map(({ category }) => category), ['invoice', 'invoice', 'contract']);
		assert.deepEqual([items[0]?.id, items[2]?.id].sort(), paid.sort());
		assert.equal(starts(), 3);
	});

	it('when a webhook is called twice at the same moment with one key', async () => {
		const parameters = { ...asText, text: '={{ $json.body.text }}', options: { idempotencyKey: '={{ $json.body.id }}' } };
		const workflow = await n8n.client.createWorkflow(chain('Twice', [webhookTrigger('twice'), extendClassify(parameters, n8n.credential)]));
		await n8n.client.activate(workflow);
		const both = async (id: string): Promise<void> => {
			await Promise.all([post('twice', { id, text: INVOICE }), post('twice', { id, text: INVOICE })]);
		};
		for (const id of ['mail-1', 'mail-2', 'mail-3']) await both(id);
		const ended = await n8n.client.waitForExecutions(workflow, 6, WITHIN_MS);
		const executions = await Promise.all(ended.map(async ({ id }) => await n8n.client.getExecution(id)));
		assert.deepEqual(executions.map(({ status }) => status), Array(6).fill('success'));
		const used = executions.map(({ itemsOf }) => itemsOf('Classify')[0]?.json.id);
		assert.deepEqual([new Set(used).size, starts(), extend.store.runs.size], [3, 3, 3]);
	});

	it('and one bad attachment costs a mail nothing of the others', async () => {
		const pdf = { mimeType: 'application/pdf', fileName: 'invoice.pdf', data: PDF.toString('base64') };
		const empty = { mimeType: 'text/html', fileName: 'ATT00001.htm', data: '' };
		const mail = { json: { mail: 1 }, binary: { attachment_0: pdf, attachment_1: pdf, attachment_2: pdf, attachment_3: empty } };
		const run = async (onError: string): Promise<Execution | undefined> => {
			const classify = extendClassify({ ...SAVED, binaryFields: 'attachment_*' }, n8n.credential, { onError });
			const workflow: NewWorkflow = chain(`Mail ${onError}`, [manualTrigger, classify]);
			const id = await n8n.client.runWithItems(await n8n.client.createWorkflow(workflow), 'Trigger', [mail]);
			return await n8n.client.waitForExecution(id, WITHIN_MS);
		};
		const inOne = (await run('continueRegularOutput'))?.itemsOf('Classify') ?? [];
		assert.deepEqual(inOne.map(({ json }) => json.category), ['invoice', 'invoice', 'invoice', undefined]);
		assert.match(inOne[3]?.json.error, /ATT00001\.htm.*is empty/);
		assert.deepEqual(inOne.map(({ binary }) => Object.keys(binary ?? {})), [['attachment_0'], ['attachment_1'], ['attachment_2'], ['attachment_3']]);
		const split = await run('continueErrorOutput');
		assert.deepEqual([split?.itemsOf('Classify').length, split?.itemsOf('Classify', 1).length], [3, 1]);
	});
});
