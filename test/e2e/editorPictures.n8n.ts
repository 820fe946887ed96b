/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openEditor, type Editor } from '../n8n/editor';
import { importExample } from '../n8n/examples';
import { illustrate } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';

/** Pictures of the documentation, the examples they show, and how often the canvas says that 11 documents went along. */
const EXECUTED: Array<[picture: string, example: string, counts: number]> = [
	['workflow', 'classify-documents', 2],
	['routing', 'route-by-category', 1],
];

describe('the pictures of the documentation', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	before(async () => {
		extend = await startEmulator();
		n8n = await openN8n({ extend, hasEditor: true, readableFolders: [documentsDir] });
		editor = await openEditor(n8n);
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	for (const [picture, example, counts] of EXECUTED) {
		it(`show ${example} after it was executed`, async () => {
			const replace = { '/home/node/.n8n-files': documentsDir };
			const id = await importExample(n8n, example, { replace });
			await editor.openWorkflow(id);
			await editor.execute();
			await n8n.client.waitForExecutions(id, 1, 60_000);
			await editor.page.getByText('11 items').nth(counts - 1).waitFor();
			await editor.page.mouse.move(0, 0);
			await illustrate(editor.page, picture);
			assert.deepEqual(editor.complaints, []);
		});
	}

	it('show route-finished-runs as it is imported', async () => {
		await editor.openWorkflow(await importExample(n8n, 'route-finished-runs'));
		await illustrate(editor.page, 'trigger');
		assert.deepEqual(editor.complaints, []);
	});
});
