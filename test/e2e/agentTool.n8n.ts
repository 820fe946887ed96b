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

/** Calls the one tool there is in each turn as often as it was told to, then says what the tool has answered last. */
function callTool(request: ChatRequest): ChatReply {
	const answers = request.messages.filter(({ role }) => role === 'tool');
	const times = plan.callsByTurn[plan.turn++];
	if (times === undefined) return { text: answers.at(-1)?.content ?? '' };
	const tool = request.tools?.[0]?.function;
	const [argument = ''] = Object.keys(tool?.parameters.properties ?? {});
	return { callTool: tool?.name ?? '', with: { [argument]: plan.document }, times };
}

/** What the model hands to the tool, and how often in each of its turns. */
const plan = { document: '', callsByTurn: [1], turn: 0 };

describe('Extend Classify as a tool of an AI agent', () => {
	let extend: Emulator;
	let model: ChatModel;
	let n8n: TestN8n;
	let openAi: CredentialReference;
	before(async () => {
		extend = await startEmulator({ pendingMs: 5, runMs: 100 });
		model = await startChatModel(callTool);
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
	async function ask(parameters: object, given: string): Promise<Record<string, unknown>> {
		plan.document = given;
		plan.turn = 0;
		model.requests.length = 0;
		const id = await n8n.client.createWorkflow(agentWorkflow(parameters, { openAi, extend: n8n.credential }));
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

	it('is paid for once when the model calls it twice in an answer, and once more in the next', async () => {
		extend.store.runs.clear();
		plan.callsByTurn = [2, 1];
		const [answer] = results(await ask({ fileSource: 'text', text: FROM_AGENT }, INVOICE));
		plan.callsByTurn = [1];
		assert.equal(answer?.category, 'invoice');
		const calls = model.requests.at(-1)?.messages.filter(({ role }) => role === 'tool') ?? [];
		assert.deepEqual([calls.length, new Set(calls.map(({ content }) => content)).size, extend.store.runs.size], [3, 1, 1]);
	});

	it('describes itself and its document to the model', async () => {
		await ask({ fileSource: 'text', text: FROM_AGENT }, INVOICE);
		const tool = model.requests[0]?.tools?.[0]?.function;
		assert.match(tool?.description ?? '', /document/i);
		assert.equal(tool?.parameters.properties.document?.description, 'The text of the document');
	});
});

const FROM_AGENT = "={{ $fromAI('document', 'The text of the document', 'string') }}";

/** Items of the tool, however n8n wraps them. */
function results(answer: unknown): Array<Record<string, unknown>> {
	return Array.isArray(answer) ? answer.flatMap(results) : [answer as Record<string, unknown>];
}

function agentWorkflow(parameters: object, { openAi, extend }: Record<'openAi' | 'extend', CredentialReference>) {
	const node = (name: string, type: string, typeVersion: number, more: object) => ({ id: randomUUID(), name, type, typeVersion, position: [0, 0], ...more });
	const langchain = (name: string, kind: string, typeVersion: number, more: object) => node(name, `@n8n/n8n-nodes-langchain.${kind}`, typeVersion, more);
	const categories = { category: [{ id: 'invoice', type: '', description: 'A supplier asks for payment, with an invoice number and an amount due' }] };
	return {
		name: 'Agent',
		nodes: [
			node('Trigger', 'n8n-nodes-base.manualTrigger', 1, { parameters: {} }),
			langchain('Agent', 'agent', 3.1, { parameters: { promptType: 'define', text: '={{ $json.question }}' } }),
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
