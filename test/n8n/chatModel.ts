import fastify from 'fastify';

/** What an agent sends with a request: its tools, and the conversation so far. */
export interface ChatRequest {
	messages: Array<{ role: string; content: string | null }>;
	tools?: Array<{ function: { name: string; description?: string; parameters: { properties: Record<string, { description?: string }> } } }>;
}

/** What the model says to it; several equal calls of a tool where `times` says so. */
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
	const message =
		'text' in reply
			? { role: 'assistant', content: reply.text }
			: {
					role: 'assistant',
					content: null,
					tool_calls: Array.from({ length: reply.times ?? 1 }, (_, call) => toolCall(reply, `call_${number}_${call}`)),
				};
	return {
		id: `chatcmpl-${number}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'text' in reply ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

function toolCall(reply: { callTool: string; with: object }, id: string): object {
	return { id, type: 'function', function: { name: reply.callTool, arguments: JSON.stringify(reply.with) } };
}
