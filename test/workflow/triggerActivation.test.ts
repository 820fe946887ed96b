/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- watches what leaves this computer */
import { createServer, type AddressInfo } from 'node:net';
import type { RequestRecord } from '../emulator';
import type { TriggerHost } from './triggerHost';
import { BATCH_PROCESSED, FAILED, ofClassifier, PROCESSED, registeredId, TriggerStage } from './triggerStage';

let stage: TriggerStage;
let host: TriggerHost;

beforeEach(async () => {
	stage = await TriggerStage.open({ maxPageSize: 100 });
	host = await stage.openHost();
});
afterEach(async () => await stage.close());

describe('activation', () => {
	it('registers an endpoint for exactly the chosen events, named after workflow and n8n', async () => {
		host.setUp.parameters = { events: [BATCH_PROCESSED, FAILED] };
		await host.activate();
		const [endpoint, ...others] = stage.endpoints();
		expect(others).toEqual([]);
		expect(endpoint).toMatchObject({
			url: host.webhookUrl,
			enabledEvents: [BATCH_PROCESSED, FAILED],
			status: 'enabled',
			apiVersion: '2026-02-09',
		});
		expect(endpoint?.name).toMatch(/^n8n: Inbound mail \(127\.0\.0\.1:\d+\) \[[0-9a-f]{12}\]$/);
		expect(stage.subscriptions()).toEqual([]);
	});

	it('registers processed and failed runs when nothing else is chosen, and they start the workflow', async () => {
		await host.activate();
		expect(stage.endpoints()[0]?.enabledEvents).toEqual([PROCESSED, FAILED]);
		await stage.expectDelivery(host);
	});

	it('subscribes to one classifier through an endpoint without events of its own', async () => {
		host.setUp.parameters = ofClassifier('cl_inbound_mail');
		await host.activate();
		expect(stage.endpoints()).toEqual([expect.objectContaining({ enabledEvents: [] })]);
		const subscription = { resourceType: 'classifier', resourceId: 'cl_inbound_mail', enabledEvents: [PROCESSED, FAILED] };
		expect(stage.subscriptions()).toEqual([expect.objectContaining(subscription)]);
		await stage.expectDelivery(host);
	});

	it('changes nothing when all is as it should be, and asks twice at most', async () => {
		host.setUp.parameters = ofClassifier('cl_inbound_mail');
		await host.activate();
		const saved = host.savedStaticData;
		stage.extend.requests.length = 0;
		await host.activate('init');
		expect([stage.changes(), stage.extend.requests.length, host.savedStaticData]).toEqual([[], 2, saved]);
	});

	it('finds its endpoint among those of others, on whatever page', async () => {
		await host.activate();
		for (let number = 0; number < 250; number++) {
			stage.copyEndpoint(registeredId(host), { id: `wh_foreign_${number}`, url: `https://example.com/${number}`, name: 'Other' });
		}
		stage.extend.requests.length = 0;
		await host.activate('init');
		expect(stage.changes()).toEqual([]);
	});

	it.each([
		[{ events: [] }, 'No event is chosen. Choose at least one event under Events.'],
		[{ scope: 'classifier' }, 'No classifier is chosen. Pick one from the list under Classifier, or enter its ID.'],
		[{ filters: { minimumConfidence: 80 } }, 'Minimum Confidence is 80. Enter a number from 0 to 1: write 0.8 for 80 %.'],
		[
			{ filters: { minimumConfidence: 0.9, maximumConfidence: 0.1 } },
			'Minimum Confidence is above Maximum Confidence, so no run can pass. Change one of them under Filters.',
		],
		[{ filters: { maximumConfidence: -1 } }, 'Maximum Confidence is -1. Enter a number from 0 to 1, such as 0.8.'],
	])('refuses %j before anything is registered, and says what to do', async (parameters, message) => {
		host.setUp.parameters = parameters;
		await expect(host.activate()).rejects.toMatchObject({ message });
		expect(stage.endpointIds()).toEqual([]);
	});
});

describe('creating an endpoint', () => {
	const isCreation = ({ method, path }: RequestRecord) => method === 'POST' && path === '/webhook_endpoints';

	it.each(['resetAfter', 'truncate'] as const)('is undone and done again when its answer is lost: %s', async (kind) => {
		let creations = 0;
		stage.extend.options.onRequest = (record) => (isCreation(record) && (creations += 1) === 1 ? { kind } : undefined);
		await host.activate();
		expect([creations, stage.endpointIds()]).toEqual([2, [registeredId(host)]]);
		await stage.expectDelivery(host);
	});

	it('is given up when no answer ever comes, and leaves nothing', async () => {
		stage.extend.options.onRequest = (record) => (isCreation(record) ? { kind: 'resetAfter' } : undefined);
		await expect(host.activate()).rejects.toMatchObject({ message: expect.stringContaining('Extend could not be reached: the connection broke off') });
		expect(stage.changes().filter((change) => change === 'POST webhook_endpoints')).toHaveLength(3);
		expect(stage.endpointIds()).toEqual([]);
	});

	it('leaves nothing when Extend refuses the subscription', async () => {
		host.setUp.parameters = ofClassifier('cl_gone');
		await expect(host.activate()).rejects.toMatchObject({ message: expect.stringContaining('NOT_FOUND') });
		expect(stage.endpointIds()).toEqual([]);
	});

	it('is undone when another part of the workflow does not start, although n8n has kept nothing then', async () => {
		await host.activate();
		host.savedStaticData = '{}';
		await host.deactivate();
		expect(stage.endpointIds()).toEqual([]);
	});
});

describe('an Extend that cannot be reached', () => {
	it('makes activation by hand fail with what happened and what to do', async () => {
		host.setUp.credential = { ...host.setUp.credential, baseUrl: 'http://127.0.0.1:9' };
		await expect(host.activate()).rejects.toMatchObject({
			message: expect.stringMatching(/^Extend could not be reached: the connection was refused\. Check the network of n8n/),
		});
		expect(host.isActive).toBe(false);
	});

	it.each([
		['', []],
		[' and has left another one behind', [{ id: 'wh_left', url: 'https://n8n.example.com/webhook/1' }]],
	])('leaves a trigger as it is that is registered%s while n8n starts, and says so in the log', async (_, pendingRemovals) => {
		await host.activate();
		host.staticData = { ...host.staticData, pendingRemovals };
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 500 });
		await host.activate('init');
		expect(host.log).toEqual([expect.stringContaining('could not be checked at Extend and stays active as it was')]);
		await expect(host.activate('activate')).rejects.toMatchObject({ message: expect.stringContaining('told to answer with status 500') });
	});

	it('leaves a trigger as it is that is registered, while another main process of n8n takes over', async () => {
		await host.activate();
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 500 });
		await host.activate('leadershipChange');
		expect([host.isActive, stage.endpointIds()]).toEqual([true, [registeredId(host)]]);
	});

	it('is no excuse for a key that is not known, also while n8n starts', async () => {
		await host.activate();
		host.setUp.credential = { ...host.setUp.credential, apiKey: 'sk_test_wrong' };
		await expect(host.activate('init')).rejects.toMatchObject({ message: expect.stringContaining('UNAUTHORIZED') });
	});
});

describe('an address that Extend cannot reach', () => {
	// Should something be sent to Extend after all, it gets no further than here.
	let isAsked = false;
	const proxy = createServer((socket) => {
		isAsked = true;
		socket.destroy();
	});
	beforeAll(async () => {
		await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
		process.env.HTTPS_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`; // of a server that listens on TCP
	});
	afterAll(async () => {
		delete process.env.HTTPS_PROXY;
		await new Promise((resolve) => proxy.close(resolve));
	});

	it.each([
		['http://n8n.example.com', /does not begin with https/],
		['https://localhost:5678', /your own network only/],
		['https://192.168.1.20', /your own network only/],
		['https://n8n', /your own network only/],
		['https://n8n.lan', /your own network only/],
		['https://n8n.home.arpa', /your own network only/],
		['https://100.64.0.7', /your own network only/],
		['https://0x7f.1', /your own network only/],
		['https://[fd00::7]', /your own network only/],
	])('is refused for %s before anything is sent, naming WEBHOOK_URL', async (publicUrl, why) => {
		host.setUp = { ...host.setUp, publicUrl, credential: { apiKey: stage.extend.apiKey, region: 'us' } };
		await expect(host.activate()).rejects.toThrow(why);
		await expect(host.activate()).rejects.toThrow(/Set the environment variable WEBHOOK_URL/);
		expect(isAsked).toBe(false);
	});
});
