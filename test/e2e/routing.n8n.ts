/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { lookUntil } from '../../scripts/lib/waiting.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openEditor, type Editor } from '../n8n/editor';
import { importExample } from '../n8n/examples';
import { keepPicture } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, manualTrigger, type NodeSketch } from '../n8n/workflow';

const FIXED = ['Other', 'Review', 'No Result'];
const SAVED = { __rl: true, mode: 'list', value: 'cl_inbound_mail', cachedResultName: 'Inbound mail' };
const EDIT: NodeSketch = { name: 'Edit', type: 'n8n-nodes-base.set', typeVersion: 3.4 };
/** The entries of Route By, and the outputs that each gives the node. */
const OUTPUTS: Array<[entry: string, labels: string[]]> = [
	['Status', ['Processed', 'Failed', 'Cancelled', 'Unfinished']],
	[
		'Status and Reason',
		['Processed', 'Bad File', 'Bad Config', 'No Credits', 'Extend Error', 'Cancelled', 'Other Error', 'Unfinished'],
	],
	['Confidence', ['Classified', 'Review', 'No Result']],
	['Nothing (One Output)', ['']],
	// n8n drops what is not shown, so the categories have to be chosen again.
	['Category', FIXED],
];
const WITHIN = { limitMs: 60_000, intervalMs: 300 };

const picked = (category: string) => ({ category: { __rl: true, mode: 'list', value: category, cachedResultName: category } });
const byCategory = (...categories: string[]) => ({ routeBy: 'category', routeCategories: { route: categories.map(picked) } });

describe('routing in the editor of a real n8n', () => {
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

	async function openWorkflow(nodes: NodeSketch[]): Promise<string> {
		const id = await n8n.client.createWorkflow(chain('Routing', nodes));
		await editor.openWorkflow(id);
		return id;
	}

	it('runs the shipped workflow: six labelled outputs, and every document leaves by the right one', async () => {
		const id = await importExample(n8n, 'route-by-category', { replace: { '/home/node/.n8n-files': documentsDir } });
		await editor.openWorkflow(id);
		assert.deepEqual(await editor.outputLabels('Classify'), [...FIXED, 'invoice', 'purchase_order', 'contract']);
		await editor.execute();
		const [ended] = await n8n.client.waitForExecutions(id, 1, WITHIN.limitMs);
		const execution = await n8n.client.getExecution(ended?.id ?? '');
		assert.equal(execution.status, 'success');
		const filesAt = (node: string) => execution.itemsOf(node).map(({ json }) => json.fileName);
		assert.deepEqual(filesAt('Pay'), ['invoice.pdf']);
		assert.deepEqual(filesAt('Deliver'), ['purchase-order.pdf']);
		assert.deepEqual(filesAt('Hand to Legal'), ['contract.pdf']);
		const { length } = [...filesAt('File Away'), ...filesAt('Ask a Person')];
		assert.equal(length, execution.itemsOf('Read Documents').length - 3);
		for (const { json } of execution.itemsOf('Ask a Person')) assert.ok(json.confidence < 0.8, `${json.fileName} is certain enough`);
		for (const { json } of execution.itemsOf('File Away')) assert.ok(json.confidence >= 0.8, `${json.fileName} needs review`);
	});

	it('changes its outputs as soon as another value is chosen', async () => {
		const parameters = { classifier: SAVED, ...byCategory('invoice', 'contract', 'bill_of_lading') };
		await openWorkflow([manualTrigger, extendClassify(parameters, n8n.credential)]);
		assert.deepEqual(await editor.outputLabels('Classify'), [...FIXED, 'invoice', 'contract', 'bill_of_lading']);
		await keepPicture(editor.page, 'routing-outputs Categories');
		for (const [entry, labels] of OUTPUTS) {
			const panel = await editor.openNode('Classify');
			await panel.choose('routeBy', entry);
			await keepPicture(editor.page, `routing-panel ${entry}`);
			await editor.closeNode();
			const areShown = async () => (isDeepStrictEqual(await editor.outputLabels('Classify'), labels) ? true : undefined);
			assert.ok(await lookUntil(areShown, WITHIN), `${entry} has the outputs ${(await editor.outputLabels('Classify')).join(', ')}`);
			await keepPicture(editor.page, `routing-outputs ${entry}`);
		}
	});

	it('offers the categories of the chosen version, and adds an output at the end without moving a connection', async () => {
		const parameters = { classifier: SAVED, classifierVersion: '2.0', ...byCategory('invoice', 'contract') };
		const id = await openWorkflow([manualTrigger, extendClassify(parameters, n8n.credential), EDIT]);
		const { connections } = await n8n.client.request('GET', `/workflows/${id}`);
		await editor.openNode('Classify');
		await editor.page.getByRole('button', { name: 'Add Category' }).click();
		await editor.page.getByTestId('rlc-input').nth(3).click();
		const offered = editor.page.getByTestId('rlc-item');
		await offered.first().waitFor();
		assert.deepEqual(await offered.allInnerTexts(), ['invoice', 'contract', 'bill_of_lading', 'other']);
		await offered.filter({ hasText: 'bill_of_lading' }).click();
		await editor.page.getByText('it always comes last: reconnect it').waitFor();
		await editor.closeNode();
		assert.deepEqual(await editor.outputLabels('Classify'), [...FIXED, 'invoice', 'contract', 'bill_of_lading']);

		const look = async () => {
			const saved = await n8n.client.request('GET', `/workflows/${id}`);
			return JSON.stringify(saved.nodes).includes('bill_of_lading') ? saved : undefined;
		};
		const saved = await lookUntil(look, WITHIN);
		assert.deepEqual(saved?.connections, connections);
	});

	it('fills the list of an operation without a classifier from the one that is chosen for that', async () => {
		await openWorkflow([manualTrigger, extendClassify({ operation: 'get', classifier: SAVED, classifierVersion: '1.0', ...byCategory('') }, n8n.credential)]);
		await editor.openNode('Classify');
		await editor.page.getByTestId('rlc-input').nth(1).click();
		const offered = editor.page.getByTestId('rlc-item');
		await offered.first().waitFor();
		assert.deepEqual(await offered.allInnerTexts(), ['invoice', 'contract', 'bill_of_lading', 'other']);
	});

	it('says what is missing where there is no list to choose from', async () => {
		await openWorkflow([manualTrigger, extendClassify(byCategory(''), n8n.credential)]);
		await editor.openNode('Classify');
		await editor.page.getByTestId('rlc-input').nth(1).click();
		await editor.page.getByTestId('rlc-error-message').filter({ hasText: 'No classifier is chosen. Pick one from the list' }).waitFor();
		// The browser reports the answer with which n8n hands over the text.
		const reported = editor.complaints.splice(0);
		assert.ok(reported.every((complaint) => complaint.endsWith('/resource-locator-results)')), reported.join());
	});

	it('keeps the error output last, whatever the node routes by', async () => {
		const settings = { onError: 'continueErrorOutput' };
		for (const [parameters, labels] of [
			[{ routeBy: 'none' }, ['Success']],
			[{ routeBy: 'status' }, ['Processed', 'Failed', 'Cancelled', 'Unfinished']],
			[byCategory('invoice'), [...FIXED, 'invoice']],
		] as const) {
			await openWorkflow([manualTrigger, extendClassify(parameters, n8n.credential, settings)]);
			assert.deepEqual(await editor.outputLabels('Classify'), [...labels, 'Error']);
		}
	});

	it('shows the fields of the output before the first run', async () => {
		await openWorkflow([manualTrigger, extendClassify({ classifier: SAVED }, n8n.credential), EDIT]);
		await editor.openNode('Edit');
		for (const field of ['id', 'category', 'confidence', 'failureReason']) {
			await editor.page.getByTestId('run-data-schema-node-name').getByText(field, { exact: true }).waitFor();
		}
	});

	it('leaves nothing to complain about in the console of the browser', () => {
		assert.deepEqual(editor.complaints, []);
	});
});
