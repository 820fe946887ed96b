/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- serves payloads */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROCESSED_RUN } from '../unit/support/runExamples';
import { deliver, eventOf } from './triggerDelivery';
import type { Delivered, TriggerHost } from './triggerHost';
import { TriggerStage } from './triggerStage';

let stage: TriggerStage;
let host: TriggerHost;

beforeEach(async () => {
	stage = await TriggerStage.open();
	host = await stage.openHost();
});
afterEach(async () => await stage.close());

describe('a payload behind a URL', () => {
	/** What the delivery comes to when the address answers so. */
	async function deliverFrom(answer: RequestListener): Promise<Delivered> {
		const server = createServer(answer);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo; // of a server that listens on TCP
		try {
			return await deliver(host, eventOf({ object: 'signed_data_url', id: 'clr_1', data: `http://127.0.0.1:${port}/payload.json` }));
		} finally {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	}

	it('is taken when it is there', async () => {
		const { items: started } = await deliverFrom((_request, response) => response.end(JSON.stringify(PROCESSED_RUN)));
		expect(started).toEqual([expect.objectContaining({ id: PROCESSED_RUN.id })]);
	});

	it.each<[string, RequestListener, string]>([
		['has expired', (_request, response) => response.writeHead(403).end('expired'), 'answered with status 403'],
		['is gone', (_request, response) => response.writeHead(404).end(), 'answered with status 404'],
		['is empty', (_request, response) => response.end(), 'no JSON object'],
		['is no JSON', (_request, response) => response.end('<html>'), 'no JSON object'],
		['is an array', (_request, response) => response.end('[]'), 'no JSON object'],
		['leads elsewhere', (_request, response) => response.writeHead(302, { location: `${stage.extend.url}/classifiers` }).end('.'), 'answered with status 302'],
		['breaks off', (_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()), 'could not be fetched'],
		['is too large', (_request, response) => response.end(Buffer.alloc(26 * 1_024 * 1_024, ' ')), 'larger than 25 MB'],
	])('that %s is answered with 503 and starts nothing', async (_what, answer, why) => {
		const before = stage.extend.requests.length;
		expect(await deliverFrom(answer)).toEqual({ status: 503, body: { message: expect.stringContaining(why) } });
		expect(stage.extend.requests).toHaveLength(before);
	});

	it('that drips in for ever is given up after 15 s, well within the 30 s of Extend', async () => {
		const startMs = Date.now();
		const delivered = await deliverFrom((_request, response) => {
			const timer = setInterval(() => response.write(' '), 200);
			response.once('close', () => clearInterval(timer));
		});
		expect(delivered).toEqual({ status: 503, body: { message: expect.stringContaining('more than 15 s') } });
		expect(Date.now() - startMs).toBeLessThan(25_000);
	});

	it.each(['http://192.0.2.1/payload.json', 'ftp://127.0.0.1/x', 'file:///etc/passwd'])('at %s is not fetched', async (data) => {
		const delivered = await deliver(host, eventOf({ object: 'signed_data_url', id: 'clr_1', data }));
		expect(delivered).toEqual({ status: 503, body: { message: expect.stringContaining('not fetched for safety') } });
	});
});
