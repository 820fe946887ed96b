/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server that webhooks are sent to */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	headers: IncomingHttpHeaders;
	body: string;
	/** The body, parsed. */
	event: { eventId: string; eventType: string; payload: Record<string, unknown> };
}

export interface Receiver {
	url: string;
	received: Received[];
	/** The status of each answer, in turn; `hang` gives none. When they are used up it is 200. */
	answers: Array<number | 'hang'>;
	/** Resolves when so many requests have come. */
	waitFor: (count: number) => Promise<void>;
	close: () => Promise<void>;
}

/** A server on this machine that takes webhooks. */
export async function openReceiver(): Promise<Receiver> {
	const received: Received[] = [];
	const answers: Receiver['answers'] = [];
	let wake = () => {};
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer); // a request's chunks are untyped
		const body = Buffer.concat(chunks).toString();
		received.push({ headers: request.headers, body, event: JSON.parse(body) });
		const answer = answers.shift() ?? 200;
		if (answer !== 'hang') response.writeHead(answer).end();
		wake();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo; // of a server that listens on TCP
	const waitFor = async (count: number) => {
		while (received.length < count) await new Promise<void>((resolve) => (wake = resolve));
	};
	const close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return { url: `http://127.0.0.1:${port}/webhook/8c1d2f44/extend`, received, answers, waitFor, close };
}
