/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Emulator } from '../emulator';
import { openEditor, type Editor } from '../n8n/editor';
import { importExample } from '../n8n/examples';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { startDeliveringExtend, startRun } from './triggerStage';

const TRIGGER = 'When a Run Has Finished';
const OUTPUTS = ['Failed', 'Review', 'Invoice', 'Contract', 'Other'];
/** How runs end, and where in the workflow they are to arrive. */
const ENDS: Array<[node: string, emulator: object]> = [
	['Find Out Why', { failureReason: 'OUT_OF_CREDITS' }],
	['Ask a Person', { category: 'invoice', confidence: 0.5 }],
	['Pay', { category: 'invoice', confidence: 0.97 }],
	['Hand to Legal', { category: 'contract', confidence: 0.97 }],
	['File Away', { category: 'receipt', confidence: 0.97 }],
];

describe('the example that routes finished runs', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	let workflow: string;
	before(async () => {
		extend = await startDeliveringExtend({ onEvent: () => ({ copies: 2, apartMs: 3_000 }) });
		n8n = await openN8n({ extend, hasEditor: true });
		editor = await openEditor(n8n);
		workflow = await importExample(n8n, 'route-finished-runs');
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	it('looks in the editor as the documentation shows it', async () => {
		await editor.openWorkflow(workflow);
		assert.deepEqual(await editor.outputLabels('Route by Category'), OUTPUTS);
		await editor.openNode(TRIGGER);
		await editor.page.getByText('Watch').first().waitFor();
		await editor.closeNode();
		assert.deepEqual(editor.complaints, []);
	});

	it('drops repeats across executions and lets each run leave by the right output', async () => {
		await n8n.client.activate(workflow);
		const started = new Map<string, string>();
		for (const [node, emulator] of ENDS) {
			started.set(await startRun(extend, emulator), node);
			// One after the other: n8n's memory of what it has seen is not made for executions at the very same moment.
			await n8n.client.waitForExecutions(workflow, 2 * started.size, 60_000);
		}
		const executions = await n8n.client.listExecutions(workflow);
		const arrived: Array<[unknown, string]> = [];
		let brought = 0;
		for (const { id, status } of executions) {
			const { itemsOf, error } = await n8n.client.getExecution(id);
			assert.equal(status, 'success', JSON.stringify(error));
			brought += itemsOf(TRIGGER).length;
			for (const [node] of ENDS) arrived.push(...itemsOf(node).map(({ json }): [unknown, string] => [json.id, node]));
		}
		// Every event came twice, and went on once.
		assert.equal(brought, 2 * ENDS.length);
		assert.deepEqual(arrived.sort(), [...started].sort());
	});
});
