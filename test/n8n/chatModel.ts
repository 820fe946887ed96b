import fastify from 'fastify';

/** What an agent sends with a request: its tools, and the conversation so far. */
export interface ChatRequest {
	messages: Array<{ role: string; content: string | null }>;
	tools?: Array<{ function: { name: string; description?: string; parameters: { properties: Record<string, { description?: string }> } } }>;
}

/** What the model says to it; `times`: how often it calls the tool in this one answer, once when left out. */
export type ChatReply = { text: string } | { callTool: string; with: object; times?: number };

export interface ChatModel {
	/** As the base URL of an OpenAI credential. */
	url: string;
	/** All requests, oldest first. */
	requests: ChatRequest[];
	close: () => Promise<void>;
}

/** A chat model on this machine that speaks as OpenAI's completions do and says what the script tells it to. */
export async function startChatModel(script: (request: ChatRequest) => ChatReply): Promise<ChatModel> {
	const app = fastify({ forceCloseConnections: true, bodyLimit: 16 * 1_024 * 1_024 });
	const requests: ChatRequest[] = [];
	app.get('/v1/models', async () => ({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
	app.post<{ Body: ChatRequest }>('/v1/chat/completions', async ({ body }) => {
		requests.push(body);
		return completion(script(body), requests.length);
	});
	const origin = await app.listen({ port: 0, host: '127.0.0.1' });
	return { url: `${origin}/v1`, requests, close: async () => await app.close() };
}

/** @see https://platform.openai.com/docs/api-reference/chat/object */
function completion(reply: ChatReply, number: number): object {
	const said = 'text' in reply ? { content: reply.text } : { content: null, tool_calls: toolCalls(reply, number) };
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message: { role: 'assistant', ...said }, finish_reason: 'text' in reply ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function toolCalls({ callTool: name, with: given, times = 1 }: Extract<ChatReply, { callTool: string }>, number: number): object[] {
	return Array.from({ length: times }, (_, index) => ({
		id: `call_${number}_${index}`,
		type: 'function',
		function: { name, arguments: JSON.stringify(given) },
	}));
}
