import type { TriggerHost } from './triggerHost';
import { BATCH_PROCESSED, FAILED, ofClassifier, PROCESSED, registeredId, TriggerStage } from './triggerStage';

let stage: TriggerStage;
let host: TriggerHost;
let id: string;

beforeEach(async () => {
	stage = await TriggerStage.open();
	host = await stage.openHost();
	await host.activate();
	id = registeredId(host);
	stage.extend.requests.length = 0;
});
afterEach(async () => await stage.close());

const classifierIds = () => stage.subscriptions().map(({ resourceId }) => resourceId);

describe('drift', () => {
	it.each([
		['a disabled endpoint', { status: 'disabled' }],
		['other events', { enabledEvents: [PROCESSED] }],
		['no events', { enabledEvents: [] }],
		['more events', { enabledEvents: [PROCESSED, FAILED, BATCH_PROCESSED] }],
		['another name', { name: 'Renamed by hand' }],
	])('is repaired in place: %s', async (_what, change) => {
		stage.alter(id, change);
		await host.activate('init');
		expect(stage.endpoints()).toEqual([expect.objectContaining({ id, status: 'enabled', enabledEvents: [PROCESSED, FAILED] })]);
		expect(stage.changes()).toEqual(['POST webhook_endpoints']);
		await stage.expectDelivery(host);
	});

	it.each([
		['a deleted endpoint', () => stage.extend.store.endpoints.delete(id)],
		['another API version', () => stage.alter(id, { apiVersion: '2025-04-21' })],
		['a lost secret', () => (host.staticData = {})],
		['static data without secret', () => (host.staticData = { registered: { id, url: host.webhookUrl } })],
		['static data that is none', () => (host.staticData = { registered: 'x', pendingRemovals: [1, {}] })],
	])('is repaired with a new endpoint: %s', async (_what, spoil) => {
		spoil();
		await host.activate('init');
		const wanted = { url: host.webhookUrl, status: 'enabled', enabledEvents: [PROCESSED, FAILED], apiVersion: '2026-02-09' };
		expect(stage.endpoints()).toEqual([expect.objectContaining(wanted)]);
		expect(registeredId(host)).not.toBe(id);
		await stage.expectDelivery(host);
	});

	it.each(['activate', 'init', 'update'] as const)('of the name is repaired after the workflow was renamed: %s', async (mode) => {
		host.setUp.workflow = { id: 'w1', name: 'Supplier invoices' };
		await host.activate(mode);
		const name = expect.stringMatching(/^n8n: Supplier invoices \(127\.0\.0\.1:\d+\) \[[0-9a-f]{12}\]$/);
		expect(stage.endpoints()).toEqual([expect.objectContaining({ id, name })]);
		expect(stage.changes()).toEqual(['POST webhook_endpoints']);
		await stage.expectDelivery(host);
	});

	it('removes further endpoints that this trigger has made', async () => {
		stage.copyEndpoint(id, { id: 'wh_twice' });
		await host.activate('init');
		expect(stage.endpointIds()).toEqual([id]);
	});

	it('is not seen where the list of endpoints lags behind and does not show ours', async () => {
		const body = { object: 'list', data: [] };
		stage.extend.options.onRequest = ({ method, path }) =>
			method === 'GET' && path === '/webhook_endpoints' ? { kind: 'status', status: 200, body } : undefined;
		await host.activate('init');
		expect([stage.changes(), registeredId(host)]).toEqual([[], id]);
		await host.deactivate();
		expect(stage.endpointIds()).toEqual([]);
	});

	it('of the scope is repaired in both directions, and of the classifier', async () => {
		host.setUp.parameters = ofClassifier('cl_inbound_mail');
		await host.activate('update');
		expect([stage.endpoints()[0]?.enabledEvents, classifierIds()]).toEqual([[], ['cl_inbound_mail']]);
		host.setUp.parameters = ofClassifier('cl_claims_intake');
		await host.activate('update');
		expect([stage.endpoints()[0]?.enabledEvents, classifierIds()]).toEqual([[], ['cl_claims_intake']]);
		await stage.expectDelivery(host, 'cl_claims_intake');
		host.setUp.parameters = {};
		await host.activate('update');
		expect([stage.endpoints()[0]?.enabledEvents, classifierIds()]).toEqual([[PROCESSED, FAILED], []]);
		expect(stage.endpointIds()).toEqual([id]);
	});

	it.each([
		['a deleted subscription', () => stage.extend.store.subscriptions.clear()],
		[
			'other events of it',
			() => stage.extend.store.subscriptions.forEach(({ subscription }) => Object.assign(subscription, { enabledEvents: [FAILED] })),
		],
	])('of the subscription is repaired: %s', async (_what, spoil) => {
		host.setUp.parameters = ofClassifier('cl_inbound_mail');
		await host.activate('update');
		spoil();
		await host.activate('init');
		expect(stage.subscriptions()).toEqual([expect.objectContaining({ webhookEndpointId: id, enabledEvents: [PROCESSED, FAILED] })]);
		await stage.expectDelivery(host);
	});
});

describe('deactivation', () => {
	it('removes the endpoint with its subscription, and forgets the secret', async () => {
		host.setUp.parameters = ofClassifier('cl_inbound_mail');
		await host.activate('update');
		await host.deactivate();
		expect([stage.endpoints(), stage.subscriptions(), host.staticData, host.log]).toEqual([[], [], {}, []]);
	});

	it('is fine with an endpoint that is gone already', async () => {
		stage.extend.store.endpoints.clear();
		await host.deactivate();
		expect([host.staticData, host.log]).toEqual([{}, []]);
	});

	it('works with settings that activation would refuse', async () => {
		host.setUp.parameters = { events: [], filters: { minimumConfidence: 80 } };
		await host.deactivate();
		expect(stage.endpointIds()).toEqual([]);
	});

	it('logs and remembers what it has to leave, and the next activation removes that, also from another address', async () => {
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 403 });
		await host.deactivate();
		expect(host.staticData).toEqual({ pendingRemovals: [{ id, url: host.webhookUrl }] });
		expect(host.log).toEqual([expect.stringContaining(`the webhook endpoint ${id} (${host.webhookUrl}) could not be removed from Extend`)]);
		stage.extend.options.onRequest = undefined;
		host.setUp.webhookId = 'another-one';
		await host.activate();
		expect(stage.endpoints()).toEqual([expect.objectContaining({ url: host.webhookUrl })]);
		expect(host.staticData).not.toHaveProperty('pendingRemovals');
		await stage.expectDelivery(host);
	});

	it('never uses an endpoint again that it had to leave since Extend could not be reached', async () => {
		stage.extend.options.onRequest = () => ({ kind: 'resetBefore' });
		await host.deactivate();
		expect(host.log).toEqual([expect.stringContaining('the connection broke off')]);
		stage.extend.options.onRequest = undefined;
		await host.activate();
		expect(stage.endpointIds()).toEqual([registeredId(host)]);
		expect(registeredId(host)).not.toBe(id);
	});

	it('remembers its endpoint when the credential has become unusable', async () => {
		host.setUp.credential = { apiKey: 'sk_test_x', region: 'custom', baseUrl: 'extend' };
		await host.deactivate();
		expect(host.staticData).toEqual({ pendingRemovals: [{ id, url: host.webhookUrl }] });
		expect(host.log).toEqual([expect.stringContaining('is not an address that begins with http:// or https://')]);
	});
});
