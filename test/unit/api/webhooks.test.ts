import type { HttpRequest, HttpResult } from '../../../nodes/Extend/api/http';
import type { JsonValue } from '../../../nodes/Extend/api/json';
import { WebhookClient } from '../../../nodes/Extend/api/webhooks';
import { answer, textAnswer } from '../support/answers';
import { faultOf } from '../support/faults';
import type { Script } from '../support/scriptedSend';
import { scripted } from '../support/scriptedSend';

const EVENTS = ['classify_run.processed'];
const endpoint = { id: 'wh_1', url: 'https://n8n.example.com/webhook/1', name: 'Mail', status: 'enabled', apiVersion: '2026-02-09', enabledEvents: EVENTS };
const subscription = { id: 'whs_1', resourceId: 'cl_1', enabledEvents: EVENTS };

function clientOf(...results: HttpResult[]): { client: WebhookClient; ports: Script } {
	const ports = scripted(results);
	return { client: new WebhookClient(ports), ports };
}
const page = (entries: JsonValue[], nextPageToken?: string) => answer(200, { data: entries, ...(nextPageToken === undefined ? {} : { nextPageToken }) });

type Ask = (client: WebhookClient) => Promise<unknown>;
const REQUESTS: Array<[name: string, ask: Ask, result: HttpResult, expected: Partial<HttpRequest>, what: string]> = [
	['listEndpoints', async (c) => await c.listEndpoints(), page([]), { method: 'GET', path: '/webhook_endpoints', query: { maxPageSize: 100 } }, 'a list of webhook endpoints'],
	['findEndpoint', async (c) => await c.findEndpoint('wh/1'), answer(200, endpoint), { method: 'GET', path: '/webhook_endpoints/wh%2F1' }, 'a webhook endpoint'],
	[
		'createEndpoint',
		async (c) => await c.createEndpoint({ url: endpoint.url, name: 'Mail', events: EVENTS }),
		answer(200, { id: 'wh_1', signingSecret: 'wss_1' }),
		{ method: 'POST', path: '/webhook_endpoints', body: { url: endpoint.url, name: 'Mail', enabledEvents: EVENTS, apiVersion: '2026-02-09' } },
		'the new webhook endpoint',
	],
	[
		'updateEndpoint',
		async (c) => await c.updateEndpoint('wh/1', { status: 'enabled', events: EVENTS }),
		answer(200, endpoint),
		{ method: 'POST', path: '/webhook_endpoints/wh%2F1', body: { status: 'enabled', enabledEvents: EVENTS } },
		'the changed webhook endpoint',
	],
	['deleteEndpoint', async (c) => await c.deleteEndpoint('wh/1'), answer(200, {}), { method: 'DELETE', path: '/webhook_endpoints/wh%2F1' }, 'a confirmation'],
	[
		'listSubscriptions',
		async (c) => await c.listSubscriptions('wh_1'),
		page([]),
		{ method: 'GET', path: '/webhook_subscriptions', query: { webhookEndpointId: 'wh_1', maxPageSize: 100 } },
		'a list of webhook subscriptions',
	],
	[
		'saveSubscription',
		async (c) => await c.saveSubscription('wh_1', 'cl_1', EVENTS),
		answer(200, subscription),
		{ method: 'POST', path: '/webhook_subscriptions', body: { webhookEndpointId: 'wh_1', resourceType: 'classifier', resourceId: 'cl_1', enabledEvents: EVENTS } },
		'the webhook subscription',
	],
	['deleteSubscription', async (c) => await c.deleteSubscription('whs/1'), answer(200, {}), { method: 'DELETE', path: '/webhook_subscriptions/whs%2F1' }, 'a confirmation'],
];

describe('WebhookClient', () => {
	it.each(REQUESTS)('sends the documented request when it is asked to %s', async (_, ask, result, expected) => {
		const { client, ports } = clientOf(result);
		await ask(client);
		const [{ method, path, query, body } = { method: 'none' }] = ports.sent;
		expect(ports.sent).toHaveLength(1);
		expect({ method, path, query, body }).toEqual(expected);
	});

	it.each(REQUESTS)('names what it has asked for when the answer to %s cannot be read', async (_name, ask, _result, _expected, what) => {
		const fault = await faultOf(ask(clientOf(textAnswer(200, 'no JSON')).client));
		expect(fault.message).toBe(`Extend sent an answer that could not be read: it should hold ${what}`);
	});

	it('sends nothing but a creation again when Extend stumbles', async () => {
		for (const [name, ask, result] of REQUESTS) {
			const { client, ports } = clientOf(answer(500, {}), result);
			const outcome = await ask(client).then(() => 'done', () => 'given up');
			expect([name, outcome, ports.sent.length]).toEqual(name === 'createEndpoint' ? [name, 'given up', 1] : [name, 'done', 2]);
		}
	});

	it.each<[string, object, Parameters<WebhookClient['updateEndpoint']>[1]]>([
		['status', { status: 'enabled' }, { status: 'enabled' }],
		['name', { name: 'Mail' }, { name: 'Mail' }],
		['events', { enabledEvents: EVENTS }, { events: EVENTS }],
		['nothing', {}, {}],
	])('changes only what is given: %s', async (_, body, change) => {
		const { client, ports } = clientOf(answer(200, endpoint));
		await client.updateEndpoint('wh_1', change);
		expect(ports.sent[0]?.body).toStrictEqual(body);
	});

	it('lists what is on all pages, and leaves out what cannot be read', async () => {
		const { client } = clientOf(page([endpoint, { id: 'wh_2' }, { url: 'https://a' }], 'next'), page([{ id: 'wh_3', url: 'https://b' }]));
		expect(await client.listEndpoints()).toEqual([
			{ id: 'wh_1', url: endpoint.url, name: 'Mail', status: 'enabled', apiVersion: '2026-02-09', events: EVENTS },
			{ id: 'wh_3', url: 'https://b', name: '', status: '', apiVersion: '', events: [] },
		]);
		const subscriptions = clientOf(page([subscription, { id: 'whs_2' }, { resourceId: 'cl_2' }, { id: 'whs_3', resourceId: 'cl_3' }])).client;
		expect(await subscriptions.listSubscriptions('wh_1')).toEqual([
			{ id: 'whs_1', resourceId: 'cl_1', events: EVENTS },
			{ id: 'whs_3', resourceId: 'cl_3', events: [] },
		]);
	});

	it('gives ID and secret of a new endpoint', async () => {
		const { client } = clientOf(answer(200, { ...endpoint, signingSecret: 'wss_1' }));
		expect(await client.createEndpoint({ url: endpoint.url, name: 'Mail', events: EVENTS })).toEqual({ id: 'wh_1', signingSecret: 'wss_1' });
	});

	it.each<JsonValue>([{ id: 'wh_1' }, { signingSecret: 'wss_1' }])('takes %j for no new endpoint', async (body) => {
		const fault = await faultOf(clientOf(answer(200, body)).client.createEndpoint({ url: endpoint.url, name: 'Mail', events: EVENTS }));
		expect(fault.facts.code).toBe('UNREADABLE_ANSWER');
	});

	it('finds no endpoint when Extend knows none, and gives up when it refuses', async () => {
		expect(await clientOf(answer(404, {})).client.findEndpoint('wh_1')).toBeUndefined();
		expect((await faultOf(clientOf(answer(403, {})).client.findEndpoint('wh_1'))).facts.status).toBe(403);
	});

	it.each<[string, Ask]>([
		['deleteEndpoint', async (c) => await c.deleteEndpoint('wh_1')],
		['deleteSubscription', async (c) => await c.deleteSubscription('whs_1')],
	])('is content when %s finds nothing to delete, and gives up when Extend refuses', async (_, ask) => {
		await expect(ask(clientOf(answer(404, {})).client)).resolves.toBeUndefined();
		expect((await faultOf(ask(clientOf(answer(403, {})).client))).facts.status).toBe(403);
	});
});
