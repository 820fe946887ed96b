/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- serves payloads */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PROCESSED_RUN } from '../../unit/support/runExamples';
import { deliver, eventOf } from '../triggerDelivery';
import type { Delivered, TriggerHost } from '../triggerHost';
import { itemsOf, TriggerStage, until } from '../triggerStage';

const MAX_BYTES = 25 * 1_024 * 1_024;

let stage: TriggerStage;
let host: TriggerHost;

beforeEach(async () => {
	stage = await TriggerStage.open();
	host = await stage.openHost();
});
afterEach(async () => await stage.close());

interface Fetched extends Delivered {
	/** What the address was asked. */
	asked: IncomingMessage[];
}

/** What the delivery comes to when the address of its payload answers so. */
async function deliverFrom(answer: RequestListener): Promise<Fetched> {
	const asked: IncomingMessage[] = [];
	const server = createServer((request, response) => {
		asked.push(request);
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo; // of a server that listens on TCP
	try {
		const delivered = await deliver(
			host,
			eventOf({ object: 'signed_data_url', id: 'clr_1', data: `http://127.0.0.1:${port}/payload.json?signature=1` }),
		);
		return { ...delivered, asked };
	} finally {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}

const TEXT = JSON.stringify(PROCESSED_RUN);
const paddedTo = (bytes: number) => TEXT + ' '.repeat(bytes - Buffer.byteLength(TEXT));

describe('the public interface, a payload given as a signed URL is fetched', () => {
	it('and taken for the payload', async () => {
		const { status, items, asked } = await deliverFrom((_request, response) => response.end(TEXT));
		expect(status).toBe(200);
		expect(items).toEqual([expect.objectContaining({ id: PROCESSED_RUN.id, eventId: 'evt_1', eventType: 'classify_run.processed' })]);
		expect(asked.map(({ method, url }) => [method, url])).toEqual([['GET', '/payload.json?signature=1']]);
	});

	it('with no credential sent', async () => {
		host.setUp.credential = { ...host.setUp.credential, workspaceId: 'ws_1' };
		const { asked } = await deliverFrom((_request, response) => response.end(TEXT));
		const [{ rawHeaders } = { rawHeaders: [] as string[] }] = asked;
		expect(rawHeaders.length).toBeGreaterThan(0);
		expect(rawHeaders.join('\n')).not.toMatch(new RegExp(`authorization|bearer|cookie|workspace|ws_1|${stage.extend.apiKey}`, 'i'));
	});

	it('with at most 25 MB', async () => {
		const { items } = await deliverFrom((_request, response) => response.end(paddedTo(MAX_BYTES)));
		expect(items).toHaveLength(1);
		const larger = await deliverFrom((_request, response) => response.end(paddedTo(MAX_BYTES + 1)));
		expect([larger.status, larger.items, larger.body]).toEqual([503, undefined, { message: expect.stringContaining('larger than 25 MB') }]);
	});

	it('within 15 s in all, however its bytes drip in', async () => {
		const startMs = Date.now();
		const { status, body, items } = await deliverFrom((_request, response) => {
			const timer = setInterval(() => response.write(' '), 200);
			response.once('close', () => clearInterval(timer));
		});
		expect([status, body, items]).toEqual([503, { message: expect.stringContaining('more than 15 s') }, undefined]);
		// Extend waits 30 s for the answer.
		expect(Date.now() - startMs).toBeLessThan(29_000);
	}, 60_000);

	it('with no redirect to another host', async () => {
		const before = stage.extend.requests.length;
		for (const code of [301, 302, 303, 307, 308]) {
			const { status, body } = await deliverFrom((_request, response) => response.writeHead(
				code,
				{ location: `${stage.extend.url.replace('127.0.0.1', 'localhost')}/classifiers` },
			).end());
			expect([status, body]).toEqual([503, { message: expect.stringContaining(`answered with status ${code}`) }]);
		}
		expect(stage.extend.requests).toHaveLength(before);
	});
});

describe("the public interface, https only for Extend's own regions", () => {
	it.each(['us', 'us2', 'eu'])('asks for nothing over http in the region %s, not even of this computer or of Extend', async (region) => {
		host.setUp.credential = { apiKey: stage.extend.apiKey, region };
		const before = stage.extend.requests.length;
		for (const data of [`${stage.extend.url}/classifiers`, 'http://api.extend.ai/payload.json', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'payload.json']) {
			const { status, body, items } = await deliver(host, eventOf({ object: 'signed_data_url', id: 'clr_1', data }));
			expect([status, body, items]).toEqual([503, { message: expect.stringContaining('not fetched for safety') }, undefined]);
		}
		expect(stage.extend.requests).toHaveLength(before);
	});

	it.each(['http://192.0.2.1/payload.json', 'http://127.0.0.1.example.com/x', 'ftp://127.0.0.1/x', 'file:///etc/passwd', 'data:application/json,{}'])(
		'of a deployment of one\'s own, %s is not fetched either: http is for its own host only',
		async (data) => {
			const delivered = await deliver(host, eventOf({ object: 'signed_data_url', id: 'clr_1', data }));
			expect(delivered).toEqual({ status: 503, body: { message: expect.stringContaining('not fetched for safety') } });
		},
	);
});

describe('the public interface, if that does not succeed the delivery is answered 503, so that Extend delivers again, and nothing starts', () => {
	it.each<[string, RequestListener, string]>([
		['has expired', (_request, response) => response.writeHead(403).end('expired'), 'answered with status 403'],
		['is gone', (_request, response) => response.writeHead(404).end(), 'answered with status 404'],
		['meets a fault of the storage', (_request, response) => response.writeHead(500).end('{}'), 'answered with status 500'],
		['is empty', (_request, response) => response.end(), 'no JSON object'],
		['is no JSON', (_request, response) => response.end('<html>'), 'no JSON object'],
		['is an array', (_request, response) => response.end('[]'), 'no JSON object'],
		['is cut off', (_request, response) => response.end(TEXT.slice(0, -9)), 'no JSON object'],
		[
			'breaks off', (_request, response) => void response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
			'could not be fetched',
		],
	])('when the payload %s', async (_what, answer, why) => {
		const { status, body, items } = await deliverFrom(answer);
		expect([status, body, items]).toEqual([503, { message: expect.stringContaining(why) }, undefined]);
	});

	it('until it can be fetched, and then the workflow starts once', async () => {
		let asked = 0;
		stage.extend.options.webhookPayload = 'url';
		stage.extend.options.onRequest = ({ path }) => (path.startsWith('/storage/payloads/') && (asked += 1) <= 2 ? { kind: 'status', status: 500 } : undefined);
		await host.activate();
		await stage.startRun();
		await until(() => itemsOf(host).length > 0 && stage.extend.deliveries.every(({ status }) => status !== 0));
		expect(stage.extend.deliveries.map(({ status }) => status)).toEqual([503, 503, 200]);
		expect(itemsOf(host)).toHaveLength(1);
	});
});
