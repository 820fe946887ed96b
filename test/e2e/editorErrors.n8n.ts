/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEmulator, type Emulator } from '../emulator';
import { openEditor, type Editor } from '../n8n/editor';
import type { NodePanel } from '../n8n/nodePanel';
import { keepPicture } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, extendClassify, manualTrigger, type CredentialReference, type NodeSketch } from '../n8n/workflow';

const INBOUND_MAIL = { __rl: true, mode: 'list', value: 'cl_inbound_mail', cachedResultName: 'Inbound mail' };
const TEXTS = { classifier: INBOUND_MAIL, fileSource: 'text', text: '={{ $json.text }}' };
const INVOICE = 'Invoice 4711: a supplier asks for payment for goods.';
/** What the stand-in does to a run whose text has such a line. */
const ending = (emulator: object) => `${INVOICE}\nemulator: ${JSON.stringify(emulator)}`;
const OUT_OF_CREDITS = ending({ failureReason: 'OUT_OF_CREDITS', failureMessage: 'The organization has no credits left.' });
/** Words that n8n asks nodes to leave out of what they say. */
const BLAMING = /\b(errors?|problems?|failures?|mistakes?|invalid)\b/i;

describe('what a person reads in the editor of a real n8n when something goes wrong', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	let wrongKey: CredentialReference;
	before(async () => {
		extend = await startEmulator();
		n8n = await openN8n({ extend, hasEditor: true });
		editor = await openEditor(n8n);
		const name = 'Extend with a wrong key';
		const data = { apiKey: 'sk_test_wrong', region: 'custom', baseUrl: extend.url };
		wrongKey = { id: await n8n.client.saveCredential({ name, type: 'extendApi', data }), name };
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	/** Opens our node in a new workflow, behind a trigger that brings an item for each text. */
	async function openClassify(parameters: object, texts: string[] = [], settings: Partial<NodeSketch> = {}, credential = n8n.credential): Promise<NodePanel> {
		const workflow = chain('Texts', [manualTrigger, extendClassify(parameters, credential, settings)]);
		const pinData = { Trigger: texts.map((text) => ({ json: { text } })) };
		const { id } = await n8n.client.request('POST', '/workflows', texts.length === 0 ? workflow : { ...workflow, pinData });
		await editor.openWorkflow(id);
		return await editor.openNode('Classify');
	}

	/** Takes out what the browser says about answers with which n8n hands our texts over. */
	function expectReported(path: string): void {
		const reported = editor.complaints.splice(0);
		assert.ok(reported.length > 0 && reported.every((complaint) => complaint.endsWith(`${path})`)), reported.join());
	}

	it('names the item, what happened and what to do, and which runs exist', async () => {
		const panel = await openClassify(TEXTS, [INVOICE, ' ', '']);
		await panel.execute();
		const { title, description } = await panel.readError();
		assert.equal(title, 'The Text is empty [item 1]');
		assert.match(description, /^Enter the text to classify, or check the expression\. 2 of 3 items failed\. Runs at Extend: clr_\w+$/);
		await editor.page.locator('.el-notification').getByText('The Text is empty [item 1]').waitFor();
		await keepPicture(editor.page, 'error-item');
	});

	it('quotes Extend, and says what to check', async () => {
		const panel = await openClassify({ ...TEXTS, classifier: { __rl: true, mode: 'id', value: 'cl_nobody' } }, [INVOICE]);
		await panel.execute();
		const { title, description } = await panel.readError();
		assert.match(title, /^Extend answered: Classifier not found \[item 0\]$/);
		assert.match(description, /^Check the ID, and that it belongs to the workspace and region of the credential\. Extend's answer: NOT_FOUND, request req_\w+\.$/);
		assert.match(await panel.issueOf('classifierVersion'), /Extend answered: Classifier not found .*\. Check the ID, and that it belongs to the workspace and region of the credential\./);
		await keepPicture(editor.page, 'error-classifier');
		expectReported('/dynamic-node-parameters/options');
	});

	it('shows a failed run as an item with its reason, and counts it in the hint', async () => {
		const panel = await openClassify(TEXTS, [INVOICE, OUT_OF_CREDITS]);
		await panel.execute();
		const [processed, failed] = await panel.readTable();
		assert.equal(processed?.category, 'invoice');
		assert.deepEqual([failed?.status, failed?.failureReason, failed?.failureMessage], ['FAILED', 'OUT_OF_CREDITS', 'The organization has no credits left.']);
		assert.match(failed?.failureAdvice ?? '', /^Add credits in the Extend dashboard/);
		await panel.output.getByTestId('node-hint').getByText(/^1 processed: invoice · 1 run failed \(OUT_OF_CREDITS\) · \d+ credits used$/).waitFor();
		await keepPicture(editor.page, 'run-failed');
	});

	it('stops at a failed run when that is wanted, with what to do and the run', async () => {
		const panel = await openClassify(TEXTS, [INVOICE, OUT_OF_CREDITS]);
		await panel.choose('onRunFailed', 'Fail the Item');
		await panel.execute();
		const { title, description } = await panel.readError();
		assert.match(title, /^Extend's run clr_\w+ ended as OUT_OF_CREDITS: The organization has no credits left \[item 1\]$/);
		assert.match(description, /^Add credits in the Extend dashboard, then run the item again\. See https:\S+ for the run\..* Runs at Extend: clr_\w+, clr_\w+$/);
		assert.doesNotMatch(`${title} ${description}`, BLAMING);
		await keepPicture(editor.page, 'run-failed-stops');
	});

	it('hands a failed item to the error output, with what happened and what to do', async () => {
		const panel = await openClassify(TEXTS, [INVOICE, ''], { onError: 'continueErrorOutput' });
		await panel.execute();
		await panel.output.getByText('Error Branch').click();
		const [failed] = await panel.readTable();
		assert.equal(failed?.error, 'The Text is empty [item 1]');
		assert.equal(failed?.message, 'Enter the text to classify, or check the expression.');
		await keepPicture(editor.page, 'error-output');
	});

	it('says in the list of classifiers why it is empty', async () => {
		const panel = await openClassify({}, [], {}, wrongKey);
		await panel.fieldOf('classifier').click();
		const text = await editor.page.getByTestId('rlc-error-message').or(editor.page.getByTestId('rlc-error')).first().innerText();
		assert.match(text, /Extend answered: Invalid API key \(UNAUTHORIZED, request req_\w+\)\. Check the API key and the region in the credential\./);
		await keepPicture(editor.page, 'picker-wrong-key');
		expectReported('/resource-locator-results');
	});

	it('says that a link leads to no classifier, beside it and in the list of versions', async () => {
		const panel = await openClassify({});
		await panel.chooseMode('classifier', 'By URL');
		await panel.fieldOf('classifier').fill('https://example.com/x');
		await panel.fieldOf('classifier').press('Tab');
		assert.match(await panel.issueOf('classifierVersion'), /"The link does not lead to a classifier\. Copy its address from the Extend dashboard, or choose From List\."/);
		assert.match(await panel.issueOf('classifier'), /This is not a link to a classifier in the Extend dashboard/);
		await keepPicture(editor.page, 'classifier-bad-link');
		expectReported('/dynamic-node-parameters/options');
	});

	it('leaves nothing else to complain about in the console of the browser', () => {
		assert.deepEqual(editor.complaints, []);
	});
});
