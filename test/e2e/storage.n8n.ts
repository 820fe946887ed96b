/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner, reads and copies files */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { lookUntil } from '../../scripts/lib/waiting.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { startBucket, type Bucket } from '../n8n/bucket';
import { describeNodes, importExample, readExample } from '../n8n/examples';
import { makeFolder, removeFolder } from '../n8n/folder';
import { openN8n, type TestN8n } from '../n8n/testN8n';

const WITHIN_MS = 60_000;
/** How often a file is put into the folder, and how long each has time to be noticed. */
const ATTEMPTS = 4;
const NOTICED_WITHIN_MS = 30_000;
const read = (name: string): Buffer => readFileSync(join(documentsDir, name));

/** The value that the note of the example with the folder gives for a variable of n8n. */
function settingInNote(variable: string): string {
	const notes = readExample('folder-by-category').nodes.map(({ parameters }) => String(parameters.content ?? '')).join();
	const [, value] = new RegExp(`\`${variable}\` to \`([^\`]+)\``).exec(notes) ?? [];
	if (value === undefined) throw new Error(`The example does not say what ${variable} is to be.`);
	return value;
}

describe('the examples that sort files from a bucket and from a folder', () => {
	const home = makeFolder('home');
	const files = join(home, '.n8n-files');
	let extend: Emulator;
	let bucket: Bucket;
	let n8n: TestN8n;
	before(async () => {
		for (const folder of ['inbox', 'to-check', 'invoice', 'delivery_note', 'contract']) mkdirSync(join(files, folder), { recursive: true });
		extend = await startEmulator();
		bucket = await startBucket('documents');
		// What the note in the example asks for, and nothing else: n8n's own setting for files stays.
		n8n = await openN8n({ extend, env: { HOME: home, NODES_EXCLUDE: settingInNote('NODES_EXCLUDE') } });
	});
	after(async () => {
		await n8n?.close();
		await bucket?.close();
		await extend?.close();
		removeFolder(home);
	});

	describe('from a bucket', () => {
		let workflow: string;
		before(async () => {
			workflow = await importExample(n8n, 'bucket-by-category', { credentials: { s3: bucket.credential } });
		});

		async function run(): Promise<void> {
			const execution = await n8n.client.waitForExecution(await n8n.client.runWorkflow(workflow, 'Every 15 Minutes'), WITHIN_MS);
			assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
		}

		/** The files by folder, without the IDs of their runs, or the time where there was none. */
		async function sorted(): Promise<string[]> {
			return (await bucket.list()).map((key) => key.replace(/(clr_\w+|\d{13})-/, '')).sort();
		}

		it('moves each file to the folder of its category, and what is uncertain or of another type to another', async () => {
			await bucket.put('inbox/invoice.pdf', read('invoice.pdf'));
			await bucket.put('inbox/übergabe 1+2.pdf', read('delivery-note.pdf'));
			await bucket.put('inbox/recipe.txt', read('recipe.txt'));
			await bucket.put('inbox/film.mp4', read('recipe.txt'));
			await run();
			const inFolders = ['sorted/delivery_note/übergabe 1+2.pdf', 'sorted/invoice/invoice.pdf', 'to-check/film.mp4', 'to-check/recipe.txt'];
			assert.deepEqual(await sorted(), inFolders);
			const moved = (await bucket.list()).find((key) => key.endsWith('invoice.pdf')) ?? '';
			assert.ok((await bucket.get(moved)).equals(read('invoice.pdf')));
			assert.equal(extend.store.runs.size, 3);
		});

		it('leaves what could not be sent in the inbox, and takes it the next time', async () => {
			await bucket.put('inbox/contract.pdf', read('contract.pdf'));
			const before = await sorted();
			extend.options.onRequest = ({ method }) => (method === 'POST' ? { kind: 'status', status: 402, body: {} } : undefined);
			await run();
			assert.deepEqual(await sorted(), before);
			extend.options.onRequest = undefined;
			await run();
			assert.deepEqual((await sorted()).filter((key) => key.includes('contract')), ['sorted/contract/contract.pdf']);
		});
	});

	describe('from a folder', () => {
		/**
		 * Puts contracts into the inbox until one is noticed, and returns the name of that one. The trigger notices no file
		 * that is there when it begins to look, which is some moments after n8n has registered it, nor one that replaces such a file.
		 */
		async function startWatching(workflow: string): Promise<string> {
			for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
				const name = `contract-${attempt}.pdf`;
				copyFileSync(join(documentsDir, 'contract.pdf'), join(files, 'inbox', name));
				const isNoticed = async (): Promise<true | undefined> => ((await n8n.client.listExecutions(workflow)).length > 0 ? true : undefined);
				if (await lookUntil(isNoticed, { limitMs: NOTICED_WITHIN_MS, intervalMs: 300 })) return name;
			}
			throw new Error(`None of ${ATTEMPTS} files was noticed.`);
		}

		it('needs a setting that leaves the other node off which n8n takes for dangerous', async () => {
			const executeCommand = { id: '', name: '', type: 'n8n-nodes-base.executeCommand', typeVersion: 1, parameters: {} };
			await assert.rejects(describeNodes(n8n, [executeCommand]), /executeCommand/);
		});

		it('copies each file that is put into it to the folder of its category', async () => {
			const runsBefore = extend.store.runs.size;
			const workflow = await importExample(n8n, 'folder-by-category', { replace: { '/home/node': home } });
			await n8n.client.activate(workflow);
			const contract = await startWatching(workflow);
			for (const name of ['invoice.pdf', 'recipe.txt']) copyFileSync(join(documentsDir, name), join(files, 'inbox', name));
			const ended = await n8n.client.waitForExecutions(workflow, 3, WITHIN_MS);
			assert.deepEqual(ended.map(({ status }) => status), ['success', 'success', 'success']);

			for (const [folder, name] of [['invoice', 'invoice.pdf'], ['contract', contract], ['to-check', 'recipe.txt']] as const) {
				const [copy = '', ...others] = readdirSync(join(files, folder));
				assert.match(copy, new RegExp(`^clr_\\w+-${name}$`));
				assert.deepEqual(others, []);
				assert.ok(readFileSync(join(files, folder, copy)).equals(readFileSync(join(files, 'inbox', name))));
			}
			assert.equal(extend.store.runs.size, runsBefore + 3);
		});
	});
});
