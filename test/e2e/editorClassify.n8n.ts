/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { manyClassifiers } from '../n8n/classifiers';
import { openEditor, type Editor } from '../n8n/editor';
import { describeNodes } from '../n8n/examples';
import { NodeCreator } from '../n8n/nodeCreator';
import type { NodePanel } from '../n8n/nodePanel';
import { keepPicture } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, manualTrigger, type NodeSketch } from '../n8n/workflow';
import { until } from './triggerStage';

const READ: NodeSketch = {
	name: 'Read Documents',
	type: 'n8n-nodes-base.readWriteFile',
	parameters: { fileSelector: join(documentsDir, '{invoice,contract}.pdf'), options: {} },
};
const INBOUND_MAIL = { __rl: true, mode: 'list', value: 'cl_inbound_mail', cachedResultName: 'Inbound mail' };

const DRAFT = 'Draft\nThe version being edited in the Extend dashboard. It can change at any time.';

/** What each operation is called in the node panel, in the order in which n8n has them. */
async function actionsOf(n8n: TestN8n): Promise<string[]> {
	const [node] = await describeNodes(n8n, [{ id: 'classify', name: 'Classify', type: 'n8n-nodes-extend-ai.extendClassify', typeVersion: 1, parameters: {} }]);
	const operations = node?.properties.filter(({ name }) => name === 'operation') ?? [];
	return operations.flatMap(({ options = [] }) => options.flatMap((option) => ('action' in option ? [String(option.action)] : [])));
}

/** The list is loaded anew some moments after another classifier was chosen. */
async function expectVersions(panel: NodePanel, expected: string[]): Promise<void> {
	let seen: string[] = [];
	await until('the versions are loaded', async () => {
		seen = await panel.entriesOf('classifierVersion');
		return seen.join() === expected.join();
	}).catch(() => assert.deepEqual(seen, expected));
}

describe('Extend Classify in the editor of a real n8n', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	before(async () => {
		extend = await startEmulator({ classifiers: manyClassifiers(120) });
		n8n = await openN8n({ extend, hasEditor: true, readableFolders: [documentsDir] });
		editor = await openEditor(n8n);
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	/** Opens a new workflow that reads documents and hands them to our node, whose panel it opens. */
	async function openClassify(parameters: object): Promise<NodePanel> {
		const nodes = [manualTrigger, READ, extendClassify(parameters, n8n.credential)];
		await editor.openWorkflow(await n8n.client.createWorkflow(chain('Documents', nodes)));
		return await editor.openNode('Classify');
	}

	it('is found by its name, in one entry with the trigger, with its icon and all it can do', async () => {
		await editor.openWorkflow(await n8n.client.createWorkflow(chain('Documents', [manualTrigger, READ])));
		const creator = new NodeCreator(editor.page);
		await creator.openBehindLast();
		assert.deepEqual(await creator.search('Extend'), [
			{ name: 'Extend Classify', description: 'Classify documents with Extend, or start a workflow when a run finishes' },
		]);
		await keepPicture(editor.page, 'panel-search');
		const actions = await actionsOf(n8n);
		assert.deepEqual(await creator.openActions('Classify documents with Extend'), actions);
		assert.equal(actions.length, 16);
		const icons = await creator.icons();
		assert.ok(icons.every((icon) => /\/n8n-nodes-extend-ai\/.*\/extend\.svg$/.test(icon)), icons.join());
		await keepPicture(editor.page, 'panel-actions');
	});

	it('comes with the credential, and asks for what it needs in the order in which a person decides it', async () => {
		await editor.openWorkflow(await n8n.client.createWorkflow(chain('Documents', [manualTrigger, READ])));
		const creator = new NodeCreator(editor.page);
		await creator.openBehindLast();
		await creator.search('Extend');
		await creator.openActions('Classify documents with Extend');
		await creator.add('Classify document and wait');
		const { panel } = editor;
		assert.deepEqual(await panel.labels(), [
			'Resource',
			'Operation',
			'Classify With',
			'Classifier',
			'Version Name or ID',
			'Document Source',
			'Input Binary Field',
			'Route By',
			'If a Run Fails',
			'Simplify',
			'File Options',
			'Model Options',
			'Options',
			'Wait Options',
		]);
		await until('the credential is chosen', async () => (await panel.credential()) === n8n.credential.name);
		await keepPicture(editor.page, 'classify-new');
		await panel.choose('classifyWith', 'Categories Defined Below');
		await panel.parameters.getByRole('button', { name: 'Add Category' }).click();
		await panel.parameters.locator('label').filter({ hasText: 'Description' }).first().waitFor();
		await keepPicture(editor.page, 'classify-categories');
	});

	it('lists classifiers page by page, and finds one by its name', async () => {
		const panel = await openClassify({});
		const entries = await panel.openPicker('classifier');
		const size = extend.store.classifiers.size;
		while ((await entries.count()) < size) {
			const count = await entries.count();
			// The mouse has to be on the list: elsewhere the wheel scrolls the panel, and the list goes out of sight with it.
			await entries.last().hover();
			await editor.page.mouse.wheel(0, 1_000);
			await entries.nth(count).waitFor();
		}
		const names = await entries.allInnerTexts();
		assert.equal(new Set(names).size, size);
		await keepPicture(editor.page, 'classifier-pages');

		await editor.page.getByTestId('rlc-search').fill('INBOUND');
		await until('one is found', async () => (await entries.allInnerTexts()).join() === 'Inbound mail');
		await keepPicture(editor.page, 'classifier-search');
		await entries.click();
		await expectVersions(panel, ['Latest\nThe newest published version, currently 2.0', DRAFT, '2.0\nAdds bills of lading', '1.0']);
	});

	it('takes a classifier by its link and by its ID, and lists its versions', async () => {
		const panel = await openClassify({});
		await panel.chooseMode('classifier', 'By URL');
		await panel.fieldOf('classifier').fill('https://dashboard.extend.ai/processors/cl_freight_documents');
		await expectVersions(panel, ['Latest\nThe newest published version, currently 1.0', DRAFT, '1.0\nFirst release']);
		await panel.chooseMode('classifier', 'By ID');
		await panel.fieldOf('classifier').fill('cl_claims_intake');
		await expectVersions(panel, ['Latest\nThe newest published version, or the draft until one is published', DRAFT]);
		await keepPicture(editor.page, 'classifier-by-id');
	});

	it('classifies documents, and shows category and confidence in a table, and a hint that sums up', async () => {
		const panel = await openClassify({ classifier: INBOUND_MAIL });
		await panel.choose('classifierVersion', '1.0');
		await panel.execute();
		const rows = await panel.readTable();
		assert.deepEqual(rows.map(({ fileName, category, status }) => [fileName, category, status]).sort(), [
			['contract.pdf', 'contract', 'PROCESSED'],
			['invoice.pdf', 'invoice', 'PROCESSED'],
		]);
		assert.ok(rows.every(({ confidence, classifierVersion }) => Number(confidence) > 0.5 && classifierVersion === '1.0'));
		await panel.output.getByTestId('node-hint').getByText(/^2 processed: 1 \w+, 1 \w+ · \d+ credits used$/).waitFor();
		await keepPicture(editor.page, 'classify-output');
	});

	it('leaves nothing to complain about in the console of the browser', () => {
		assert.deepEqual(editor.complaints, []);
	});
});
