/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openEditor, type Editor } from '../n8n/editor';
import { importExample } from '../n8n/examples';
import { illustrate, makeRoom } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';

/** With its slash, so that the notes go on naming the folder that a user has. */
const FOLDER = '/home/node/.n8n-files/';
const API = 'https://api.extend.ai';

/** Pictures of the documentation, the examples they show, what their user sets, and what the canvas says of the documents then. */
const EXECUTED: Array<[picture: string, example: string, set: string | undefined, shown: [text: string, count: number]]> = [
	['workflow', 'classify-documents', undefined, ['6 items', 2]],
	['routing', 'route-by-category', FOLDER, ['11 items', 1]],
	['second-opinion', 'second-opinion', undefined, ['5 items', 1]],
	['classify-then-extract', 'classify-then-extract', API, ['4 items', 1]],
];

describe('the pictures of the documentation', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	before(async () => {
		extend = await startEmulator();
		n8n = await openN8n({ extend, hasEditor: true, readableFolders: [documentsDir] });
		editor = await openEditor(n8n);
		await makeRoom(editor.page);
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	for (const [picture, example, set, [text, count]] of EXECUTED) {
		it(`show ${example} after it was executed`, async () => {
			const values: Record<string, string> = { [FOLDER]: `${documentsDir}/`, [API]: extend.url };
			const id = await importExample(n8n, example, { replace: set === undefined ? {} : { [set]: values[set] ?? '' } });
			await editor.openWorkflow(id);
			await editor.execute();
			await n8n.client.waitForExecutions(id, 1, 60_000);
			await editor.page.getByText(text).nth(count - 1).waitFor();
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
