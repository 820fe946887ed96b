/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads what the project says */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { signDelivery } from '../../emulator/webhooks/signature';
import { PROCESSED_RUN } from '../../unit/support/runExamples';
import { eventOf, SECRET } from '../triggerDelivery';
import { TriggerHost, type DeliveryRequest } from '../triggerHost';
import { FAILED, itemsOf, ofClassifier, PROCESSED, registeredId, TriggerStage } from '../triggerStage';

const BODY = JSON.stringify(eventOf(PROCESSED_RUN));
const TIMESTAMP = 'x-extend-request-timestamp';
const SIGNATURE = 'x-extend-request-signature';
const signedAgo = (seconds: number, secret = SECRET, body = BODY) => signDelivery(body, secret, Math.floor(Date.now() / 1_000) - seconds);

describe('the public interface, an unsigned, badly signed or stale request gets 401 and starts nothing', () => {
	it.each<[string, () => DeliveryRequest['headers']]>([
		['unsigned', () => ({})],
		['without a signature', () => ({ [TIMESTAMP]: signedAgo(0)[TIMESTAMP] })],
		['without a timestamp', () => ({ [SIGNATURE]: signedAgo(0)[SIGNATURE] })],
		['signed with another secret', () => signedAgo(0, 'wss_other')],
		['signed with the secret without its beginning', () => signedAgo(0, SECRET.replace('wss_', ''))],
		['signed for another body', () => signedAgo(0, SECRET, `${BODY} `)],
		['signed for another moment', () => ({ ...signedAgo(0), [TIMESTAMP]: String(Math.floor(Date.now() / 1_000) - 1) })],
		['whose signature is no hex', () => ({ ...signedAgo(0), [SIGNATURE]: 'z'.repeat(64) })],
		['older than 300 s', () => signedAgo(310)],
		['a day old', () => signedAgo(86_400)],
		['more than 60 s ahead', () => signedAgo(-90)],
	])('%s', async (_what, headersOf) => {
		const host = new TriggerHost({ credential: { apiKey: 'sk_test_unused', region: 'us' }, publicUrl: 'https://n8n.example.com' });
		host.staticData = { registered: { id: 'wh_1', url: host.webhookUrl, signingSecret: SECRET } };
		const { status, items, body } = await host.deliver({ headers: headersOf(), rawBody: Buffer.from(BODY) });
		expect([status, items, body]).toEqual([401, undefined, { message: expect.any(String) }]);
		const fresh = await host.deliver({ headers: signedAgo(0), rawBody: Buffer.from(BODY) });
		expect(fresh.items).toHaveLength(1);
	});
});

describe('the public interface, what the trigger does at Extend', () => {
	let stage: TriggerStage;
	let host: TriggerHost;
	beforeEach(async () => {
		stage = await TriggerStage.open();
		host = await stage.openHost();
	});
	afterEach(async () => await stage.close());
	const secretOf = () => (host.staticData.registered as { signingSecret?: string } | undefined)?.signingSecret; // static data is whatever nodes put there

	it('activation registers the endpoint and stores its secret; deactivation removes it', async () => {
		await host.activate();
		const [stored] = stage.extend.store.endpoints.values();
		expect([stage.endpointIds(), secretOf()]).toEqual([[registeredId(host)], stored?.signingSecret]);
		await stage.expectDelivery(host);
		await host.deactivate();
		expect([stage.endpointIds(), secretOf()]).toEqual([[], undefined]);
	});

	it('scope classifier leaves the events of the endpoint empty; a subscription has them', async () => {
		host.setUp.parameters = { ...ofClassifier('cl_inbound_mail'), events: [FAILED] };
		await host.activate();
		expect(stage.endpoints().map(({ enabledEvents }) => enabledEvents)).toEqual([[]]);
		expect(stage.subscriptions().map(({ resourceId, enabledEvents }) => [resourceId, enabledEvents])).toEqual([['cl_inbound_mail', [FAILED]]]);
	});

	it.each<[string, () => void]>([
		['a lost secret', () => (host.staticData = { registered: { id: registeredId(host), url: host.webhookUrl } })],
		['a disabled endpoint', () => stage.alter(registeredId(host), { status: 'disabled' })],
		['a changed endpoint: other events', () => stage.alter(registeredId(host), { enabledEvents: [] })],
		['a changed endpoint: another API version', () => stage.alter(registeredId(host), { apiVersion: '2025-04-21' })],
		['a changed endpoint: another name', () => stage.alter(registeredId(host), { name: 'Renamed by hand' })],
		['a deleted endpoint', () => stage.extend.store.endpoints.clear()],
	])('%s is repaired at the next activation', async (_what, spoil) => {
		await host.activate();
		spoil();
		await host.activate();
		const wanted = { url: host.webhookUrl, status: 'enabled', enabledEvents: [PROCESSED, FAILED], apiVersion: '2026-02-09' };
		expect(stage.endpoints()).toEqual([expect.objectContaining(wanted)]);
		await stage.expectDelivery(host);
	});

	it("what a failed deactivation left behind is in n8n's log, and removed at the next activation", async () => {
		await host.activate();
		const left = registeredId(host);
		stage.extend.options.onRequest = () => ({ kind: 'status', status: 500 });
		await host.deactivate();
		stage.extend.options.onRequest = undefined;
		expect([stage.endpointIds(), host.log]).toEqual([[left], [expect.stringContaining(left)]]);
		await host.activate();
		expect(stage.endpointIds()).toEqual([registeredId(host)]);
		expect(registeredId(host)).not.toBe(left);
	});

	it('cancelled runs send no event, and README says so', async () => {
		await host.activate();
		await stage.startRun({ status: 'CANCELLED' });
		await stage.expectDelivery(host);
		expect(itemsOf(host)).toHaveLength(1);
		expect(readFileSync(resolve(__dirname, '../../../README.md'), 'utf8')).toContain('Cancelled runs send no event');
	});
});
