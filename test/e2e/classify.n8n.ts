/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, webhookTrigger } from '../n8n/workflow';

const PDF = readFileSync(join(documentsDir, 'invoice.pdf'));

describe('the packed package in a real n8n', () => {
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

	it('classifies a PDF that a webhook has received', async () => {
		const classify = extendClassify({ classifier: { mode: 'id', value: 'cl_inbound_mail' } }, n8n.credential);
		const workflow = await n8n.client.createWorkflow(chain('Mail', [webhookTrigger('mail'), classify]));
		await n8n.client.activate(workflow);
		const form = new FormData();
		form.append('data', new Blob([PDF], { type: 'application/pdf' }), 'invoice.pdf');
		await n8n.callWebhook('mail', { body: form });

		const [ended] = await n8n.client.waitForExecutions(workflow, 1, 60_000);
		const execution = await n8n.client.getExecution(ended?.id ?? '');
		assert.equal(execution.status, 'success');
		assert.match(execution.itemsOf('Trigger')[0]?.binary?.data.id, /^filesystem/);
		const [item] = execution.itemsOf('Classify');
		assert.equal(item?.json.category, 'invoice');
		assert.equal(item?.json.fileName, 'invoice.pdf');
		const [stored] = extend.store.files.values();
		assert.ok(stored?.bytes.equals(PDF));
	});
});
