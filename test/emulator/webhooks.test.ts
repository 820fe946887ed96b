import { Extend } from 'extend-ai';
import vector from './testing/fixtures/webhook-vector.json';
import { useStage } from './testing/stage';
import { signDelivery } from './webhooks/signature';

const ENDPOINT = {
	url: 'https://n8n.acme.example/webhook/8c1d2f44/extend',
	name: 'n8n: Inbound mail',
	enabledEvents: [],
	apiVersion: '2026-02-09',
} as const satisfies Extend.WebhookEndpointsCreateRequest;

describe('webhook endpoints', () => {
	const stage = useStage();
	const api = () => stage().client.webhookEndpoints;

	it('show their signing secret once', async () => {
		const { signingSecret, ...endpoint } = await api().create(ENDPOINT);
		expect(signingSecret).toMatch(/^wss_/);
		expect(endpoint).toEqual({
			...ENDPOINT,
			object: 'webhook_endpoint',
			id: expect.stringMatching(/^wh_/),
			status: 'enabled',
			advancedOptions: null,
			createdBy: { type: 'api_key', name: expect.any(String) },
			createdAt: expect.any(String),
		});
		expect(await api().retrieve(endpoint.id)).toEqual(endpoint);
		expect((await api().list()).data).toEqual([endpoint]);
		expect(await api().update(endpoint.id, {})).toEqual(endpoint);
	});

	it('change only in the fields given', async () => {
		const advancedOptions = { headers: { 'x-token': 'a' }, payload: { format: 'url', urlThresholdBytes: 1 } };
		const { id } = await api().create({ ...ENDPOINT, advancedOptions });
		const changed = await api().update(id, { status: 'disabled', advancedOptions: { headers: { 'x-other': 'b' } } });
		expect(changed).toMatchObject({ name: ENDPOINT.name, status: 'disabled' });
		expect(changed.advancedOptions).toEqual({ headers: { 'x-other': 'b' }, payload: advancedOptions.payload });
	});

	it('are listed by status', async () => {
		const { id } = await api().create({ ...ENDPOINT, status: 'disabled' });
		await api().create(ENDPOINT);
		expect((await api().list({ status: 'disabled' })).data.map((each) => each.id)).toEqual([id]);
	});

	it('take their subscriptions with them', async () => {
		const { id } = await api().create(ENDPOINT);
		await stage().client.webhookSubscriptions.create(subscriptionTo(id));
		expect(await api().delete(id)).toEqual({ id });
		await expect(api().retrieve(id)).rejects.toBeInstanceOf(Extend.NotFoundError);
		expect((await stage().client.webhookSubscriptions.list()).data).toEqual([]);
	});

	it.each([
		['an unknown key', { secret: 'x' }],
		['an event for subscriptions only', { enabledEvents: ['workflow_run.completed'] }],
		['an event that does not exist', { enabledEvents: ['classify_run.cancelled'] }],
		['another API version', { apiVersion: '2025-04-21' }],
		['no API version', { apiVersion: undefined }],
		['no list of events', { enabledEvents: undefined }],
		['no address', { url: 'n8n' }],
		['an unknown status', { status: 'paused' }],
		['an unknown key below', { advancedOptions: { payload: { format: 'json', gzip: true } } }],
	])('are refused with %s', async (_case, changed) => {
		const { status, body } = await stage().call('POST', '/webhook_endpoints', { json: { ...ENDPOINT, ...changed } });
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: 'INVALID_REQUEST' });
	});

	it('keep their API version', async () => {
		const { id } = await api().create(ENDPOINT);
		const json = { apiVersion: '2026-02-09' };
		expect((await stage().call('POST', `/webhook_endpoints/${id}`, { json })).status).toBe(400);
	});
});

function subscriptionTo(webhookEndpointId: string): Extend.WebhookSubscriptionsCreateRequest {
	return {
		webhookEndpointId,
		resourceType: 'classifier',
		resourceId: 'cl_inbound_mail',
		enabledEvents: ['classify_run.processed'],
	};
}

describe('webhook subscriptions', () => {
	const stage = useStage();
	const api = () => stage().client.webhookSubscriptions;
	const endpoint = async () => (await stage().client.webhookEndpoints.create(ENDPOINT)).id;

	it('are created, read, changed and deleted', async () => {
		const request = subscriptionTo(await endpoint());
		const made = await api().create(request);
		expect(made).toEqual({
			...request,
			object: 'webhook_subscription',
			id: expect.stringMatching(/^whes_/),
			createdAt: expect.any(String),
		});
		expect(await api().retrieve(made.id)).toEqual(made);
		const enabledEvents = ['classify_run.failed'];
		expect(await api().update(made.id, { enabledEvents })).toEqual({ ...made, enabledEvents });
		expect(await api().delete(made.id)).toEqual({ id: made.id });
		await expect(api().retrieve(made.id)).rejects.toBeInstanceOf(Extend.NotFoundError);
	});

	it('of the same endpoint and resource stay one', async () => {
		const request = subscriptionTo(await endpoint());
		const first = await api().create(request);
		const second = await api().create({ ...request, enabledEvents: ['batch_processor_run.failed'] });
		expect(second).toEqual({ ...first, enabledEvents: ['batch_processor_run.failed'] });
		expect((await api().list()).data).toEqual([second]);
	});

	it('are listed by endpoint and by resource', async () => {
		const [one, two] = [await endpoint(), await endpoint()];
		const first = await api().create(subscriptionTo(one));
		const second = await api().create({ ...subscriptionTo(two), resourceId: 'cl_claims_intake' });
		expect((await api().list({ webhookEndpointId: one })).data).toEqual([first]);
		expect((await api().list({ resourceId: 'cl_claims_intake' })).data).toEqual([second]);
	});

	it.each([
		['an unknown endpoint', { webhookEndpointId: 'wh_unknown' }, 404],
		['an unknown classifier', { resourceId: 'cl_unknown' }, 404],
		['an event of another resource', { enabledEvents: ['extract_run.processed'] }, 400],
		['an unknown resource type', { resourceType: 'robot' }, 400],
		['an unknown key', { name: 'x' }, 400],
		['no events', { enabledEvents: [] }, 400],
	])('are refused with %s', async (_case, changed, status) => {
		const json = { ...subscriptionTo(await endpoint()), ...changed };
		expect((await stage().call('POST', '/webhook_subscriptions', { json })).status).toBe(status);
	});

	it('change in their events only', async () => {
		const { id } = await api().create(subscriptionTo(await endpoint()));
		const json = { enabledEvents: ['classify_run.failed'], resourceId: 'cl_claims_intake' };
		expect((await stage().call('POST', `/webhook_subscriptions/${id}`, { json })).status).toBe(400);
	});
});

describe('signDelivery', () => {
	const stage = useStage();
	const { secret, body } = vector;
	const nowSeconds = () => Math.floor(Date.now() / 1_000);

	it('gives the signature of the known vector', () => {
		expect(signDelivery(body, secret, vector.timestampSeconds)).toEqual({
			'x-extend-request-timestamp': String(vector.timestampSeconds),
			'x-extend-request-signature': vector.signature,
		});
	});

	it('satisfies the SDK with a fresh timestamp, and not after a change of the body', () => {
		const headers = signDelivery(body, secret, nowSeconds());
		const { webhooks } = stage().client;
		expect(webhooks.verify(body, headers, secret)).toBe(true);
		expect(webhooks.verify(`${body} `, headers, secret)).toBe(false);
		expect(webhooks.verifyAndParse(body, headers, secret)).toMatchObject({ eventId: 'evt_1' });
	});

	it('is too old for the SDK after five minutes', () => {
		const headers = signDelivery(body, secret, nowSeconds() - 301);
		expect(stage().client.webhooks.verify(body, headers, secret)).toBe(false);
	});
});
