/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import type { NewWorkflow, NodeSketch } from '../n8n/workflow';

const SAVED = { __rl: true, mode: 'id', value: 'cl_inbound_mail' };

/** The shipped workflow, with the classifier and the credential of this test. */
function readExample({ credential }: TestN8n): NewWorkflow {
	const example = JSON.parse(readFileSync(join(projectRoot, 'examples/workflows/batch.json'), 'utf8'));
	const nodes = example.nodes.map((node: NodeSketch) =>
		node.name === 'Classify as Batch' ? { ...node, parameters: { ...node.parameters, classifier: SAVED }, credentials: { extendApi: credential } } : node,
	);
	return { ...example, nodes };
}

describe('a batch in a real n8n', () => {
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

	it('classifies the documents of the shipped workflow with one request, in their order', async () => {
		const workflow = await n8n.client.createWorkflow(readExample(n8n));
		const id = await n8n.client.runWorkflow(workflow, 'Start by Hand');
		const execution = await n8n.client.waitForExecution(id, 60_000);
		assert.equal(execution?.status, 'success');
		const items = execution.itemsOf('Classify as Batch');
		assert.deepEqual(items.map(({ json }) => json.category), ['invoice', 'contract', 'bill_of_lading', 'invoice', 'other', 'bill_of_lading']);
		assert.deepEqual(items.map(({ json }) => json.fileName), execution.itemsOf('One Item Each').map(({ json }) => json.name));
		assert.equal(extend.requests.filter(({ path }) => path === '/classify_runs/batch').length, 1);
	});
});
