/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits a moment to see that nothing comes */
import { Extend } from 'extend-ai';
import type { EmulatorOptions, WebhookEvent } from './index';
import { openReceiver, type Receiver } from './testing/receiver';
import { openStage, type Stage } from './testing/stage';

const PROCESSED = Extend.WebhookEndpointEventType.ClassifyRunProcessed;
const FAILED = Extend.WebhookEndpointEventType.ClassifyRunFailed;
const BATCH_PROCESSED = Extend.WebhookEndpointEventType.BatchProcessorRunProcessed;
const BATCH_FAILED = Extend.WebhookEndpointEventType.BatchProcessorRunFailed;
const ALL = [PROCESSED, FAILED, BATCH_PROCESSED, BATCH_FAILED];
const INBOUND = { id: 'cl_inbound_mail' };

let stage: Stage;
let receiver: Receiver;

async function open(options: Partial<EmulatorOptions> = {}): Promise<void> {
	const quick = { pendingMs: 5, runMs: 30, webhookRetriesMs: [10, 20, 40], webhookTimeoutMs: 100 };
	stage = await openStage({ ...quick, nowMs: () => Date.now(), ...options });
	receiver = await openReceiver();
}

afterEach(async () => {
	await Promise.all([stage.emulator.close(), receiver.close()]);
});

const register = async (enabledEvents: Extend.WebhookEndpointEventType[], more: Partial<Extend.WebhookEndpointsCreateRequest> = {}) =>
	await stage.client.webhookEndpoints.create({ url: receiver.url, name: 'n8n', enabledEvents, apiVersion: '2026-02-09', ...more });

const start = async (emulator: object = {}, classifier = INBOUND) =>
	await stage.client.classifyRuns.create({ classifier, file: { text: 'Invoice' }, metadata: { emulator } });

/** Time for whatever might come although it should not. */
const settle = async () => await new Promise((resolve) => setTimeout(resolve, 150));
const types = () => receiver.received.map(({ event }) => event.eventType);

describe('deliveries', () => {
	it('bring a processed run as GET shows it, signed for the SDK', async () => {
		await open();
		const { signingSecret } = await register([PROCESSED]);
		const { id } = await start();
		await receiver.waitFor(1);
		const [first] = receiver.received;
		expect(first?.event).toEqual({ eventId: expect.stringMatching(/^evt_/), eventType: PROCESSED, payload: await stage.client.classifyRuns.retrieve(id) });
		const headers = Object.fromEntries(Object.entries(first?.headers ?? {}).map(([name, value]) => [name, String(value)]));
		expect(stage.client.webhooks.verify(first?.body ?? '', headers, signingSecret)).toBe(true);
		expect(headers['content-type']).toBe('application/json');
	});

	it('tell of failed runs by their own event', async () => {
		await open();
		await register([FAILED]);
		await start({ failureReason: 'OUT_OF_CREDITS' });
		await receiver.waitFor(1);
		expect(receiver.received[0]?.event).toMatchObject({ eventType: FAILED, payload: { status: 'FAILED', failureReason: 'OUT_OF_CREDITS' } });
	});

	it('are silent about cancelled and deleted runs, and ends not known', async () => {
		await open({ cancelPending: true });
		await register([PROCESSED, FAILED]);
		const [cancelled, deleted] = [await start({ runMs: 60_000 }), await start({ runMs: 60_000 })];
		await stage.client.classifyRuns.cancel(cancelled.id);
		await stage.client.classifyRuns.delete(deleted.id);
		await start({ status: 'CANCELLED' });
		await start({ status: 'EXPIRED' });
		const { id } = await start();
		await receiver.waitFor(1);
		await settle();
		expect(receiver.received.map(({ event }) => event.payload.id)).toEqual([id]);
	});

	it('tell of a batch when its last run has ended, after its runs', async () => {
		await open();
		await register(ALL);
		const inputs = [{ file: { text: 'Invoice' } }, { file: { text: 'Invoice' }, metadata: { emulator: { failureReason: 'INTERNAL_ERROR', runMs: 60 } } }];
		const { id } = await stage.client.classifyRuns.createBatch({ classifier: INBOUND, inputs });
		await receiver.waitFor(3);
		expect(types().sort()).toEqual([BATCH_PROCESSED, FAILED, PROCESSED]);
		const batch = receiver.received.find(({ event }) => event.eventType === BATCH_PROCESSED);
		expect(batch?.event.payload).toEqual({ object: 'batch_run', id, status: 'PROCESSED', runCount: 2, createdAt: expect.any(String) });
	});

	it('call a batch failed when all of its runs are', async () => {
		await open();
		await register([BATCH_FAILED]);
		const input = { file: { text: 'Invoice' }, metadata: { emulator: { failureReason: 'INTERNAL_ERROR' } } };
		await stage.client.classifyRuns.createBatch({ classifier: INBOUND, inputs: [input, input] });
		await receiver.waitFor(1);
		expect(types()).toEqual([BATCH_FAILED]);
	});

	it('heed subscriptions to one classifier', async () => {
		await open();
		const { id } = await register([]);
		const subscription = { webhookEndpointId: id, resourceType: 'classifier', resourceId: INBOUND.id, enabledEvents: [PROCESSED] } as const;
		await stage.client.webhookSubscriptions.create({ ...subscription, enabledEvents: [PROCESSED] });
		await start({}, { id: 'cl_claims_intake' });
		await start({ failureReason: 'INTERNAL_ERROR' });
		const wanted = await start();
		await receiver.waitFor(1);
		await settle();
		expect(receiver.received.map(({ event }) => event.payload.id)).toEqual([wanted.id]);
	});

	it('begin with what happens after the endpoint was made, and end when it is disabled or deleted', async () => {
		await open();
		const early = await start();
		await settle();
		const [first, second] = [await register([PROCESSED]), await register([PROCESSED])];
		await settle();
		expect((await stage.client.classifyRuns.retrieve(early.id)).status).toBe('PROCESSED');
		expect(receiver.received).toEqual([]);
		await stage.client.webhookEndpoints.update(first.id, { status: 'disabled' });
		await stage.client.webhookEndpoints.delete(second.id);
		await start();
		await settle();
		expect(receiver.received).toEqual([]);
	});

	it('are repeated with growing pauses until the answer is 2xx, each signed anew, and logged', async () => {
		await open();
		await register([PROCESSED]);
		receiver.answers.push(503, 401, 'hang', 204);
		await start();
		await receiver.waitFor(4);
		await settle();
		const { deliveries } = stage.emulator;
		expect(deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([[0, 503], [1, 401], [2, 0], [3, 204]]);
		expect(new Set(receiver.received.map(({ event }) => event.eventId)).size).toBe(1);
		expect(deliveries.map(({ body }) => body)).toEqual(receiver.received.map(({ body }) => body));
	});

	it('are given up when the pauses are used up', async () => {
		await open({ webhookRetriesMs: [5] });
		await register([PROCESSED]);
		receiver.answers.push(500, 500);
		await start();
		await settle();
		expect(stage.emulator.deliveries.map(({ status }) => status)).toEqual([500, 500]);
	});

	it('come twice and in another order on demand', async () => {
		const seen: string[] = [];
		const onEvent = ({ payload }: WebhookEvent) => {
			seen.push(payload.id);
			return seen.length === 1 ? { delayMs: 120, copies: 2 } : undefined;
		};
		await open({ onEvent });
		await register([PROCESSED]);
		const first = await start();
		const second = await start({ runMs: 60 });
		await receiver.waitFor(3);
		expect(receiver.received.map(({ event }) => event.payload.id)).toEqual([second.id, first.id, first.id]);
	});

	it('carry a signed URL instead of a payload that is larger than the endpoint wants', async () => {
		await open();
		await register([PROCESSED], { advancedOptions: { payload: { format: 'url', urlThresholdBytes: 10 }, headers: { 'x-own': 'a' } } });
		await register([PROCESSED], { advancedOptions: { payload: { format: 'url', urlThresholdBytes: 100_000 } } });
		const { id } = await start();
		await receiver.waitFor(2);
		const signed = receiver.received.find(({ headers }) => headers['x-own'] === 'a')?.event.payload ?? {};
		expect(signed).toMatchObject({ object: 'signed_data_url', id, metadata: { emulator: {} } });
		const plain = receiver.received.find(({ headers }) => headers['x-own'] === undefined)?.event.payload;
		expect(await (await fetch(String(signed.data))).json()).toEqual(plain);
		expect((await fetch(String(signed.data).replace(/expires=\d+/, 'expires=1'))).status).toBe(403);
		expect((await fetch(String(signed.data).replace('evt_', 'evt_x'))).status).toBe(404);
	});

	it.each([
		['url', 'signed_data_url', { format: 'json' as const }],
		['json', 'classify_run', { format: 'url' as const }],
	] as const)('go as %s when the options say so', async (webhookPayload, object, payload) => {
		await open({ webhookPayload });
		await register([PROCESSED], { advancedOptions: { payload } });
		await start();
		await receiver.waitFor(1);
		expect(receiver.received[0]?.event.payload.object).toBe(object);
	});

	it('never leave this machine', async () => {
		await open({ webhookRetriesMs: [] });
		// The system takes this address for its own, the stand-in does not.
		const url = receiver.url.replace('127.0.0.1', '0.0.0.0');
		await register([PROCESSED], { url });
		await start();
		await settle();
		expect(stage.emulator.deliveries).toMatchObject([{ url, status: 0 }]);
		expect(receiver.received).toEqual([]);
	});
});
