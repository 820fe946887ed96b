/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startEmulator, type Emulator } from '../emulator';
import { startChatModel, type ChatModel, type ChatReply, type ChatRequest } from '../n8n/chatModel';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import type { CredentialReference } from '../n8n/workflow';

const INVOICE = 'INVOICE number 4711. Amount due to the supplier: 120 EUR, payment within 14 days.';
const ASKED = 'What kind of document is this?';

/** What the model hands to the tool, and how often it does so in each answer that is still to come. */
const script: { document: string; times: number[] } = { document: '', times: [] };

/** Calls the one tool there is, then says what the tool has answered. */
function followScript(request: ChatRequest): ChatReply {
	const times = script.times.shift();
	if (times === undefined) return { text: toolAnswers(request)[0] ?? '' };
	const tool = request.tools?.[0]?.function;
	const [argument = ''] = Object.keys(tool?.parameters.properties ?? {});
	return { callTool: tool?.name ?? '', with: { [argument]: script.document }, times };
}

function toolAnswers(request: ChatRequest | undefined): string[] {
	return (request?.messages ?? []).filter(({ role }) => role === 'tool').map(({ content }) => content ?? '');
}

describe('Extend Classify as a tool of an AI agent', () => {
	let extend: Emulator;
	let model: ChatModel;
	let n8n: TestN8n;
	let openAi: CredentialReference;
	before(async () => {
		extend = await startEmulator({ pendingMs: 5, runMs: 100 });
		model = await startChatModel(followScript);
		n8n = await openN8n({ extend });
		const id = await n8n.client.saveCredential({ name: 'Model', type: 'openAiApi', data: { apiKey: 'sk_test_model', url: model.url } });
		openAi = { id, name: 'Model' };
	});
	after(async () => {
		await n8n?.close();
		await model?.close();
		await extend?.close();
	});

	/** Lets the agent call the tool with this document. Returns what it says in the end. */
	async function ask(parameters: object, document: string, { times = [1], agentVersion = 3.1 } = {}): Promise<Record<string, unknown>> {
		Object.assign(script, { document, times });
		model.requests.length = 0;
		const id = await n8n.client.createWorkflow(agentWorkflow(parameters, { openAi, extend: n8n.credential }, agentVersion));
		const executionId = await n8n.client.runWithItems(id, 'Trigger', [{ json: { question: ASKED } }]);
		const execution = await n8n.client.waitForExecution(executionId, 60_000);
		assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
		return JSON.parse(String(execution.itemsOf('Agent')[0]?.json.output));
	}

	/** An address from which anybody can download the first file at Extend. */
	async function linkToFirstFile(): Promise<string> {
		const id = extend.store.files.keys().next().value ?? '';
		const headers = { authorization: `Bearer ${extend.apiKey}`, 'x-extend-api-version': '2026-02-09' };
		const answer = await fetch(`${extend.url}/files/${id}`, { headers });
		const { presignedUrl } = (await answer.json()) as { presignedUrl: string };
		return presignedUrl;
	}

	it('gives it the category of a text', async () => {
		const [answer] = results(await ask({ fileSource: 'text', text: FROM_AGENT }, INVOICE));
		assert.equal(answer?.category, 'invoice');
		assert.equal(answer?.status, 'PROCESSED');
	});

	it('gives it the category of a file at Extend', async () => {
		const stored = extend.store.files.keys().next().value ?? '';
		const [answer] = results(await ask({ fileSource: 'fileId', fileId: FROM_AGENT }, stored));
		assert.equal(answer?.category, 'invoice');
		assert.equal(answer?.fileId, stored);
	});

	it('gives it the category of a link', async () => {
		const [answer] = results(await ask({ fileUrl: FROM_AGENT }, await linkToFirstFile()));
		assert.equal(answer?.category, 'invoice');
	});

	it('tells it what to do about a link that is none', async () => {
		const answer = await ask({ fileSource: 'url', fileUrl: FROM_AGENT }, 'the attached document');
		assert.match(JSON.stringify(answer), /is not a web address/);
	});

	it('answers from one output though it was set to route', async () => {
		const [answer] = results(await ask({ fileSource: 'text', text: FROM_AGENT, routeBy: 'status' }, INVOICE));
		assert.equal(answer?.category, 'invoice');
	});

	it('lets the model fill in the document of each source by default', async () => {
		const link = await linkToFirstFile();
		const stored = extend.store.files.keys().next().value ?? '';
		for (const [parameters, given] of [[{}, link], [{ fileSource: 'fileId' }, stored], [{ fileSource: 'text' }, INVOICE]] as const) {
			const [answer] = results(await ask(parameters, given));
			assert.equal(answer?.category, 'invoice', JSON.stringify(answer));
		}
		const [name, { description = '' } = {}] = Object.entries(model.requests[0]?.tools?.[0]?.function.parameters.properties ?? {})[0] ?? [];
		assert.deepEqual([name, description], ['Text', 'The text to classify. It is sent to Extend as a text file.']);
	});

	it('describes itself and its document to the model', async () => {
		await ask({ fileSource: 'text', text: FROM_AGENT }, INVOICE);
		const tool = model.requests[0]?.tools?.[0]?.function;
		assert.match(tool?.description ?? '', /document/i);
		assert.equal(tool?.parameters.properties.document?.description, 'The text of the document');
	});

	// The first one has n8n's engine run the tool for it, the other runs it by itself, all calls of an answer at once.
	for (const agentVersion of [3.1, 2.2]) {
		it(`pays once when the model calls it twice in an answer and again in the next, by an agent of version ${agentVersion}`, async () => {
			const runsBefore = new Set(extend.store.runs.keys());
			await ask({ fileSource: 'text', text: FROM_AGENT }, INVOICE, { times: [2, 1], agentVersion });
			const started = [...extend.store.runs.keys()].filter((id) => !runsBefore.has(id));
			const answers = toolAnswers(model.requests.at(-1)).flatMap((answer) => results(JSON.parse(answer)));
			assert.deepEqual(answers.map(({ id, category }) => [id, category]), Array(3).fill([started[0], 'invoice']));
			assert.equal(started.length, 1);
			await ask({ fileSource: 'text', text: FROM_AGENT }, INVOICE, { times: [2, 1], agentVersion });
			assert.equal(extend.store.runs.size, runsBefore.size + 2, 'another execution pays for itself');
		});
	}
});

const FROM_AGENT = "={{ $fromAI('document', 'The text of the document', 'string') }}";

/** Items of the tool, however n8n wraps them. */
function results(answer: unknown): Array<Record<string, unknown>> {
	return Array.isArray(answer) ? answer.flatMap(results) : [answer as Record<string, unknown>];
}

function agentWorkflow(parameters: object, { openAi, extend }: Record<'openAi' | 'extend', CredentialReference>, agentVersion: number) {
	const node = (name: string, type: string, typeVersion: number, more: object) => ({ id: randomUUID(), name, type, typeVersion, position: [0, 0], ...more });
	const langchain = (name: string, kind: string, typeVersion: number, more: object) => node(name, `@n8n/n8n-nodes-langchain.${kind}`, typeVersion, more);
	const categories = { category: [{ id: 'invoice', type: '', description: 'A supplier asks for payment, with an invoice number and an amount due' }] };
	return {
		name: 'Agent',
		nodes: [
			node('Trigger', 'n8n-nodes-base.manualTrigger', 1, { parameters: {} }),
			langchain('Agent', 'agent', agentVersion, { parameters: { promptType: 'define', text: '={{ $json.question }}' } }),
			langchain('Model', 'lmChatOpenAi', 1.2, {
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' } },
				credentials: { openAiApi: openAi },
			}),
			node('Document Type', 'n8n-nodes-extend-ai.extendClassifyTool', 1, {
				parameters: { classifyWith: 'categories', categories, ...parameters },
				credentials: { extendApi: extend },
			}),
		],
		connections: {
			Trigger: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			'Document Type': { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
		settings: { executionOrder: 'v1' },
	};
}
