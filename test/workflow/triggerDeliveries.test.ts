import type { INodeParameters } from 'n8n-workflow';
import type { EmulatorOptions } from '../emulator';
import { signDelivery } from '../emulator/webhooks/signature';
import { PROCESSED_RUN } from '../unit/support/runExamples';
import { deliver, eventOf, SECRET } from './triggerDelivery';
import type { TriggerHost } from './triggerHost';
import { FAILED, itemsOf, PROCESSED, TriggerStage, until } from './triggerStage';

const BATCH = { object: 'batch_run', id: 'bpr_1', status: 'PROCESSED', runCount: 50, createdAt: '2026-10-05T10:00:00Z' };

let stage: TriggerStage;
let host: TriggerHost;

beforeEach(async () => {
	stage = await TriggerStage.open();
	host = await stage.openHost();
});
afterEach(async () => await stage.close());

describe('a delivery', () => {
	it('starts the workflow with the simplified run, and the ID and type of its event', async () => {
		const { status, items: [item] = [] } = await deliver(host, eventOf(PROCESSED_RUN));
		expect(status).toBe(200);
		expect(item).toMatchObject({ id: PROCESSED_RUN.id, category: 'invoice', confidence: 0.97, eventId: 'evt_1', eventType: PROCESSED });
		expect(item).not.toHaveProperty('output');
	});

	it('starts it with the run as Extend sent it when Simplify is off', async () => {
		const { items: started } = await deliver(host, eventOf(PROCESSED_RUN), { simplify: false });
		expect(started).toEqual([{ ...PROCESSED_RUN, eventId: 'evt_1', eventType: PROCESSED }]);
	});

	it('of a batch has the fields of a batch', async () => {
		const events = ['batch_processor_run.processed'];
		const { items: started } = await deliver(host, eventOf(BATCH, events[0]), { events });
		expect(started).toEqual([
			{ batchId: 'bpr_1', status: 'PROCESSED', runCount: 50, createdAt: BATCH.createdAt, eventId: 'evt_1', eventType: events[0] },
		]);
	});

	it.each([
		['an event that does not exist yet', eventOf(PROCESSED_RUN, 'classify_run.reviewed'), {}],
		['an event that is not chosen', eventOf(PROCESSED_RUN, FAILED), { events: [PROCESSED] }],
		['a category that is filtered out', eventOf(PROCESSED_RUN), { filters: { categories: 'contract, receipt' } }],
		['a confidence below the minimum', eventOf(PROCESSED_RUN), { filters: { minimumConfidence: 0.98 } }],
		['a confidence above the maximum', eventOf(PROCESSED_RUN), { filters: { maximumConfidence: 0.96 } }],
	])('is answered with 200 and starts nothing for %s', async (_what, event, parameters) => {
		expect(await deliver(host, event, parameters)).toEqual({ status: 200, body: { message: expect.any(String) } });
	});

	it.each([
		['a failed run', eventOf({ ...PROCESSED_RUN, status: 'FAILED', output: null }, FAILED)],
		['a processed run that fits', eventOf(PROCESSED_RUN)],
	])('passes the filters with %s', async (_what, event) => {
		const filters = { categories: 'Invoice, contract', minimumConfidence: 0.97, maximumConfidence: 0.97 };
		expect((await deliver(host, event, { filters })).items).toHaveLength(1);
	});

	it.each([
		['no payload', { eventId: 'evt_1', eventType: PROCESSED }],
		['a payload that is no object', eventOf('clr_1')],
		['a payload without ID', eventOf({ object: 'classify_run' })],
		['no ID', { eventType: PROCESSED, payload: PROCESSED_RUN }],
		['no type', eventOf(PROCESSED_RUN, '')],
		['no event in it', ['x']],
	])('is answered with 422, to be seen in the dashboard, when it has %s', async (_what, event) => {
		expect(await deliver(host, event)).toEqual({ status: 422, body: { message: expect.stringContaining('no ID or no payload') } });
	});

	it.each(['', 'no JSON', '{"eventId":', 'null', '7'])('is answered with 422, when its body is %j', async (body) => {
		await deliver(host, eventOf(PROCESSED_RUN));
		const headers = signDelivery(body, SECRET, Math.floor(Date.now() / 1_000));
		expect(await host.deliver({ headers, rawBody: Buffer.from(body) })).toEqual({
			status: 422,
			body: { message: expect.stringContaining('no ID or no payload') },
		});
	});

	it('is answered with 503 when the settings have become unusable, and says why in the log', async () => {
		expect(await deliver(host, eventOf(PROCESSED_RUN), { filters: { minimumConfidence: 80 } })).toMatchObject({ status: 503 });
		expect(host.log).toEqual([expect.stringContaining('Minimum Confidence is 80')]);
	});

	it('is refused when no secret is stored', async () => {
		await deliver(host, eventOf(PROCESSED_RUN));
		host.savedStaticData = '{}';
		const body = JSON.stringify(eventOf(PROCESSED_RUN));
		const headers = signDelivery(body, '', Math.floor(Date.now() / 1_000));
		expect(await host.deliver({ headers, rawBody: Buffer.from(body) })).toMatchObject({ status: 401 });
	});

	it('of which n8n kept no raw body is refused', async () => {
		host.staticData = { registered: { id: 'wh_1', url: host.webhookUrl, signingSecret: SECRET } };
		const headers = signDelivery(JSON.stringify(eventOf(PROCESSED_RUN)), SECRET, Math.floor(Date.now() / 1_000));
		expect(await host.deliver({ headers })).toMatchObject({ status: 401 });
	});
});

/** The workflow was started so often, and the stand-in knows. */
const untilItems = async (count: number) => await until(() => itemsOf(host).length >= count && stage.extend.deliveries.every(({ status }) => status !== 0));

async function activate(options: Partial<EmulatorOptions> = {}, parameters: INodeParameters = {}): Promise<void> {
	Object.assign(stage.extend.options, options);
	host.setUp.parameters = parameters;
	await host.activate();
}

describe('with the stand-in delivering', () => {
	it('every finished run starts the workflow, whether processed or failed', async () => {
		await activate();
		const ids = [await stage.startRun(), await stage.startRun({ failureReason: 'OUT_OF_CREDITS' })];
		await untilItems(2);
		expect(itemsOf(host).map(({ id }) => id).sort()).toEqual(ids.sort());
		expect(itemsOf(host).find(({ status }) => status === 'FAILED')).toMatchObject({
			eventType: FAILED,
			failureReason: 'OUT_OF_CREDITS',
			retryable: false,
		});
	});

	it('a repeated delivery carries the same event ID', async () => {
		await activate({ onEvent: () => ({ copies: 2 }) });
		await stage.startRun();
		await untilItems(2);
		expect(new Set(itemsOf(host).map(({ eventId }) => eventId)).size).toBe(1);
	});

	it('a payload behind a signed URL is fetched, without any credential', async () => {
		await activate({ webhookPayload: 'url' });
		const id = await stage.startRun();
		await untilItems(1);
		expect(itemsOf(host)).toEqual([expect.objectContaining({ id, category: 'invoice', eventType: PROCESSED })]);
		const fetched = stage.extend.requests.filter(({ path }) => path.startsWith('/storage/payloads/'));
		expect(fetched).toHaveLength(1);
		expect(JSON.stringify(fetched[0]?.headers)).not.toMatch(new RegExp(`authorization|workspace|${stage.extend.apiKey}`, 'i'));
	});

	it('a payload that cannot be fetched at first is delivered again, and starts the workflow once', async () => {
		let asked = 0;
		const onRequest: EmulatorOptions['onRequest'] = ({ path }) =>
			path.startsWith('/storage/payloads/') && (asked += 1) <= 2 ? { kind: 'status', status: 500 } : undefined;
		await activate({ webhookPayload: 'url', onRequest });
		await stage.startRun();
		await untilItems(1);
		expect(stage.extend.deliveries.map(({ status }) => status)).toEqual([503, 503, 200]);
		expect(host.deliveries.map(({ status }) => status)).toEqual([503, 503, 200]);
	});

	it('nothing is fetched for an event that nobody waits for', async () => {
		await activate({ webhookPayload: 'url' }, { events: [PROCESSED, FAILED] });
		host.setUp.parameters = { events: [FAILED] };
		await stage.startRun();
		await until(() => host.deliveries.length > 0);
		expect(host.deliveries).toEqual([{ status: 200, body: { message: expect.any(String) } }]);
		expect(stage.extend.requests.filter(({ path }) => path.startsWith('/storage/'))).toEqual([]);
	});
});
