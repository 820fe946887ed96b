/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner, reads files */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentsDir, examplesDir } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator, type Outcome, type RunInput } from '../emulator';
import { startChatModel, type ChatModel, type ChatReply, type ChatRequest } from '../n8n/chatModel';
import { findFaultsOf } from '../n8n/exampleFindings';
import { exampleNames, importExample, readExample } from '../n8n/examples';
import { makeFolder, removeFolder } from '../n8n/folder';
import { submitForm, submitTo } from '../n8n/forms';
import { startMailSink, type MailSink } from '../n8n/mailSink';
import { openN8n, type TestN8n } from '../n8n/testN8n';

const WITHIN_MS = 60_000;
/** Nobody waits ten minutes in a test. */
const SHORT_WAIT = { '"amount": 10': '"amount": 1', '"unit": "minutes"': '"unit": "seconds"' };
const read = (name: string): Buffer => readFileSync(join(documentsDir, name));

describe('the example workflows', () => {
	const home = makeFolder('home');
	const files = join(home, '.n8n-files');
	let extend: Emulator;
	let sink: MailSink;
	let model: ChatModel;
	let n8n: TestN8n;
	before(async () => {
		mkdirSync(files, { recursive: true });
		extend = await startEmulator();
		sink = await startMailSink();
		model = await startChatModel(callTool);
		n8n = await openN8n({ extend, env: { HOME: home, NODES_EXCLUDE: '[]' } });
	});
	after(async () => {
		await n8n?.close();
		await model?.close();
		await sink?.close();
		await extend?.close();
		removeFolder(home);
	});

	for (const name of exampleNames) {
		it(`say nothing in ${name} that n8n does not know, and explain themselves`, async () => {
			assert.deepEqual(await findFaultsOf(n8n, name), []);
			const notes = readExample(name).nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
			assert.ok(notes.length >= 2, 'there are hardly any notes');
			assert.ok(readFileSync(join(examplesDir, 'README.md'), 'utf8').includes(`[${name}.json](${name}.json)`), 'the README does not name it');
		});
	}

	it('let a person decide where Extend is not certain', async () => {
		extend.options.outcome = ({ fileName }) => (fileName === 'invoice.pdf' ? { confidence: 0.95 } : { confidence: 0.5 });
		const workflow = await importExample(n8n, 'confidence-gate-with-review', { credentials: { smtp: sink.credential } });
		await n8n.client.activate(workflow);
		await submitForm(n8n, workflow, 'Documents', formWith('invoice.pdf', 'contract.pdf', 'recipe.txt'));
		// The form hands the files over in any order.
		const decisions = new Map([['contract.pdf', 'contract'], ['recipe.txt', 'other']]);
		for (const number of [1, 2]) {
			const { subject, html } = await sink.waitForMail('What is this document?', number);
			assert.match(html, /confidence 0\.5/);
			const answer = new FormData();
			answer.append('field-0', decisions.get(subject.split('? ')[1] ?? '') ?? '');
			await submitTo(/href="(http[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '', answer);
		}

		const [ended] = await n8n.client.waitForExecutions(workflow, 1, WITHIN_MS);
		const execution = await n8n.client.getExecution(ended?.id ?? '');
		assert.equal(execution.status, 'success', JSON.stringify(execution.error));
		const [certain] = execution.itemsOf('Decided by Extend');
		assert.deepEqual(certain?.json, { document: 'invoice.pdf', category: 'invoice', decidedBy: 'Extend' });
		const decided = execution.itemsOf('Go On').map(({ json: { document, category, decidedBy } }) => [document, category, decidedBy]);
		assert.deepEqual(decided.sort(), [...decisions].map((decision) => [...decision, 'a person']));
	});

	it('do the right thing for each reason of a failure', async () => {
		const earlier = new Set(extend.store.runs.keys());
		const faultsOf = new Map([['invoice.pdf', 2], ['contract.pdf', 9]]);
		extend.options.outcome = ({ fileName }: RunInput) => {
			const left = faultsOf.get(fileName ?? '') ?? 0;
			faultsOf.set(fileName ?? '', left - 1);
			if (left > 0) return { status: 'FAILED', failureReason: 'INTERNAL_ERROR' };
			return REASONS[fileName ?? ''] === undefined ? undefined : { status: 'FAILED', failureReason: REASONS[fileName ?? ''] };
		};
		const workflow = await importExample(n8n, 'failure-reasons', { credentials: { smtp: sink.credential }, replace: SHORT_WAIT });
		await n8n.client.activate(workflow);
		const documents = ['invoice.pdf', 'contract.pdf', ...Object.keys(REASONS)];
		for (const name of documents) await n8n.callWebhook('new-document', { body: formWith(name) });
		const ended = await n8n.client.waitForExecutions(workflow, documents.length, WITHIN_MS);
		assert.deepEqual([...new Set(ended.map(({ status }) => status))], ['success']);

		const executions = await Promise.all(ended.map(async ({ id }) => await n8n.client.getExecution(id)));
		assert.deepEqual(executions.flatMap((each) => each.itemsOf('Go On').map(({ json }) => json.fileName)), ['invoice.pdf']);
		const tries = (name: string) => [...extend.store.runs.values()].filter(({ id, file }) => !earlier.has(id) && file?.name === name).length;
		assert.equal(tries('contract.pdf'), 4);
		const subjects = sink.received.map(({ subject }) => subject);
		const toExpect = ['Cannot be read: receipt.txt', 'Extend: out of credits', 'Please look into it: contract.pdf', 'Please look into it: recipe.txt'];
		for (const subject of toExpect) {
			assert.equal(subjects.filter((each) => each === subject).length, 1, subject);
		}
	});

	it('start long runs and look again until all are finished', async () => {
		const outcomes = { 'contract.pdf': { runMs: 4_000 }, 'credit-note.pdf': { status: 'FAILED', failureReason: 'PARSING_ERROR' } };
		extend.options.outcome = ({ fileName }) => new Map<string | null, Outcome>(Object.entries(outcomes)).get(fileName);
		for (const name of ['invoice.pdf', 'contract.pdf', 'credit-note.pdf']) writeFileSync(join(files, name), read(name));
		const workflow = await importExample(n8n, 'long-runs', { replace: { '/home/node': home, ...SHORT_WAIT } });
		const execution = await n8n.client.waitForExecution(await n8n.client.runWorkflow(workflow, 'Start by Hand'), WITHIN_MS);
		assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
		assert.deepEqual(execution.itemsOf('Look Into It').map(({ json }) => json.failureReason), ['PARSING_ERROR']);
		assert.deepEqual(execution.itemsOf('Go On').map(({ json }) => json.category), ['contract']);
	});

	it('let an AI agent classify links and texts', async () => {
		const workflow = await importExample(n8n, 'ai-agent-tool', { credentials: { openAiApi: { apiKey: 'sk_test_model', url: model.url } } });
		for (const document of ['INVOICE 4711, amount due, bank details', await linkTo('invoice.pdf')]) {
			const id = await n8n.client.runWithItems(workflow, 'Chat', [{ json: { sessionId: 'a', chatInput: document } }]);
			const execution = await n8n.client.waitForExecution(id, WITHIN_MS);
			assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
			assert.match(String(execution.itemsOf('Agent')[0]?.json.output), /"category": ?"invoice"/);
		}
		assert.deepEqual(model.requests[0]?.tools?.map((tool) => tool.function.name).sort(), ['Classify_Link', 'Classify_Text']);
	});

	/** An address from which anybody can download a file that is at the stand-in. */
	async function linkTo(name: string): Promise<string> {
		const file = [...extend.store.files.values()].find((each) => each.name === name);
		const headers = { authorization: `Bearer ${extend.apiKey}`, 'x-extend-api-version': '2026-02-09' };
		const answer = await fetch(`${extend.url}/files/${file?.id}`, { headers });
		return ((await answer.json()) as { presignedUrl: string }).presignedUrl; // the stand-in answers as Extend does
	}
});

/** Why the stand-in does not classify these. */
const REASONS: Record<string, string> = {
	'receipt.txt': 'FAILED_TO_PROCESS_FILE',
	'delivery-note.pdf': 'OUT_OF_CREDITS',
	'recipe.txt': 'INVALID_CONFIGURATION',
};

function formWith(...names: string[]): FormData {
	const form = new FormData();
	for (const name of names) form.append(names.length > 1 ? 'field-0' : 'data', new Blob([new Uint8Array(read(name))]), name);
	return form;
}

/** What the model says: first that a tool is to be called, then what the tool has said. */
function callTool({ messages }: ChatRequest): ChatReply {
	const answer = messages.find(({ role }) => role === 'tool');
	const asked = messages.findLast(({ role }) => role === 'user')?.content ?? '';
	if (answer !== undefined) return { text: answer.content ?? '' };
	return asked.startsWith('http') ? { callTool: 'Classify_Link', with: { link: asked } } : { callTool: 'Classify_Text', with: { text: asked } };
}
