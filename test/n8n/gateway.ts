/* eslint-disable @n8n/community-nodes/no-restricted-imports -- stands between Extend and n8n */
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands where a load balancer does: its address is the one that the world knows, and leads to the n8n that is ready. */
export class Gateway {
	/** Where n8n serves its webhooks; empty while no n8n is ready, which the sender is told with 502. */
	target = '';
	/** Requests that have come, whether they were passed on or not. */
	seen = 0;
	private readonly server: Server = createServer((request, response) => {
		this.seen += 1;
		if (this.target === '') {
			response.writeHead(502).end();
			return;
		}
		const { method, headers } = request;
		const onward = forward(`${this.target}${request.url}`, { method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.once('error', () => response.writeHead(502).end());
		request.pipe(onward);
	});

	/** Returns its address, for n8n's variable WEBHOOK_URL. */
	async open(): Promise<string> {
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		const { port } = this.server.address() as AddressInfo; // of a server that listens on TCP
		return `http://127.0.0.1:${port}/`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}
