/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Emulator } from '../emulator';
import { openEditor, type Editor } from '../n8n/editor';
import { keepPicture } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, extendClassifyTrigger } from '../n8n/workflow';
import { startDeliveringExtend, startRun, until } from './triggerStage';

const CLASSIFIER = { __rl: true, mode: 'list', value: 'cl_inbound_mail', cachedResultName: 'Inbound mail' };
const BY_CATEGORY = { routeBy: 'category', routeCategories: { route: [{ category: 'invoice' }, { category: 'contract' }] } };
const FILTERS = ['Categories', 'Minimum Confidence', 'Maximum Confidence', 'Ignore Runs Started by This Workflow'];

describe('Extend Classify Trigger in the editor of a real n8n', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	before(async () => {
		extend = await startDeliveringExtend();
		n8n = await openN8n({ extend, hasEditor: true });
		editor = await openEditor(n8n);
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	async function openTrigger(parameters: object = {}): Promise<Editor['panel']> {
		const workflow = chain(
			'Finished runs',
			[extendClassifyTrigger(parameters, n8n.credential), extendClassify({ ...BY_CATEGORY, classifier: CLASSIFIER }, n8n.credential)],
		);
		await editor.openWorkflow(await n8n.client.createWorkflow(workflow));
		return await editor.openNode('Trigger');
	}

	it('says what it does, and asks what is to start the workflow', async () => {
		const panel = await openTrigger();
		assert.deepEqual(await panel.labels(), ['Events', 'Watch', 'Filters', 'Simplify']);
		await editor.page.getByText('Start this workflow when a run finishes').waitFor();
		await editor.page.getByText('Extend must be able to reach n8n from the internet.').waitFor();
		await panel.parameters.getByText('a loop that uses credits without end').waitFor();
		await keepPicture(editor.page, 'trigger-new');
		const events = await panel.entriesOf('events');
		assert.deepEqual(events.map((text) => text.split('\n')[0]), ['Run Processed', 'Run Failed', 'Batch Processed', 'Batch Failed']);
		assert.match(await panel.descriptionOf('Events'), /Extend sends no event for cancelled runs/);
		await panel.open('events');
		await keepPicture(editor.page, 'trigger-events');
	});

	it('can be kept to one classifier, which has to be chosen', async () => {
		const panel = await openTrigger();
		await panel.choose('scope', 'Runs of One Classifier');
		assert.deepEqual(await panel.labels(), ['Events', 'Watch', 'Classifier', 'Filters', 'Simplify']);
		const entries = await panel.openPicker('classifier');
		await entries.filter({ hasText: 'Freight documents' }).click();
		await keepPicture(editor.page, 'trigger-classifier');
		await editor.closeNode();
		await editor.nodeOf('Trigger').getByText('Runs of one classifier').waitFor();
	});

	it('filters by category and confidence', async () => {
		const panel = await openTrigger();
		for (const filter of FILTERS) await panel.add('Filters', filter);
		assert.deepEqual(await panel.labels(), ['Events', 'Watch', 'Filters', ...FILTERS, 'Simplify']);
		assert.match(await panel.descriptionOf('Filters'), /failed runs and batches always pass/);
		await keepPicture(editor.page, 'trigger-filters');
	});

	it('shows a run that finishes while it listens', async () => {
		const panel = await openTrigger();
		await editor.page.getByTestId('node-execute-button').click();
		await until('the trigger listens', () => extend.store.endpoints.size === 1);
		await editor.page.getByText('Listening for test event').waitFor();
		await keepPicture(editor.page, 'trigger-listening');
		const runId = await startRun(extend, { category: 'invoice', confidence: 0.93 });
		await panel.output.getByTestId('node-run-status-success').waitFor();
		const [row] = await panel.readTable();
		assert.deepEqual([row?.id, row?.category, row?.confidence, row?.eventType], [runId, 'invoice', '0.93', 'classify_run.processed']);
		await keepPicture(editor.page, 'trigger-output');
	});

	it('looks well in light and dark', async () => {
		const panel = await openTrigger({ filters: { categories: 'invoice', minimumConfidence: 0.5 } });
		const icon = editor.page.locator('[data-test-id="canvas-node"] img').first();
		for (const theme of ['dark', 'light'] as const) {
			await editor.setTheme(theme);
			const file = theme === 'dark' ? /\/extend\.dark\.svg$/ : /\/extend\.svg$/;
			await until(`${theme} icons`, async () => file.test((await icon.getAttribute('src')) ?? ''));
			await keepPicture(editor.page, `trigger-panel-${theme}`);
			await editor.closeNode();
			await keepPicture(editor.page, `canvas-${theme}`);
			await editor.openNode('Classify');
			assert.ok((await panel.labels()).includes('Route These Categories'));
			await keepPicture(editor.page, `classify-panel-${theme}`);
			await editor.closeNode();
			await editor.openNode('Trigger');
		}
	});

	it('leaves nothing to complain about in the console of the browser', () => {
		assert.deepEqual(editor.complaints, []);
	});
});
