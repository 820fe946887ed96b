import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { TriggerHost } from '../triggerHost';
import { itemsOf, ofClassifier, TriggerStage, until } from '../triggerStage';

const EVENTS = ['classify_run.processed', 'classify_run.failed', 'batch_processor_run.processed', 'batch_processor_run.failed'];
const FAULT = { failureReason: 'INTERNAL_ERROR' };
/** Fields that only the one or the other form of an item has. */
const SIMPLIFIED = ['category', 'confidence', 'failureAdvice', 'credits'];
const RAW = ['object', 'output', 'config', 'usage'];

let stage: TriggerStage;
let host: TriggerHost;
beforeEach(async () => {
	stage = await TriggerStage.open();
	host = await stage.openHost();
});
afterEach(async () => await stage.close());

async function activate(parameters: INodeParameters): Promise<void> {
	host.setUp.parameters = parameters;
	await host.activate();
}

/** One of everything that Extend tells of: a processed and a failed run, and a batch of each kind. */
async function startEverything(): Promise<void> {
	await stage.startRun();
	await stage.startRun(FAULT);
	await stage.startBatch([{}, FAULT]);
	await stage.startBatch([FAULT, FAULT]);
}

/** Waits until the workflow was started so often and Extend has no delivery under way. */
async function items(count: number): Promise<IDataObject[]> {
	await until(() => itemsOf(host).length >= count && stage.extend.deliveries.every(({ status }) => status === 200));
	return itemsOf(host);
}

describe('events', () => {
	it.each(EVENTS)('%s alone starts the workflow when nothing else is chosen', async (event) => {
		await activate({ events: [event] });
		await startEverything();
		// The runs of the batches tell of themselves too.
		const count = { 'classify_run.processed': 2, 'classify_run.failed': 4 }[event] ?? 1;
		const started = await items(count);
		expect(started.map(({ eventType }) => eventType)).toEqual(Array(count).fill(event));
		expect(stage.endpoints()).toEqual([expect.objectContaining({ enabledEvents: [event] })]);
	});

	it('are the two of runs when nothing is chosen', async () => {
		await activate({});
		expect(stage.endpoints()).toEqual([expect.objectContaining({ enabledEvents: EVENTS.slice(0, 2) })]);
	});

	it('each have an ID of their own, and their type, on every item', async () => {
		await activate({ events: EVENTS });
		await startEverything();
		const started = await items(8);
		expect(new Set(started.map(({ eventId }) => eventId)).size).toBe(8);
		expect(new Set(started.map(({ eventType }) => eventType))).toEqual(new Set(EVENTS));
	});
});

describe('scope', () => {
	it('workspace brings the runs of all classifiers', async () => {
		await activate({ scope: 'workspace' });
		const ids = [await stage.startRun({}, 'cl_inbound_mail'), await stage.startRun({}, 'cl_claims_intake')];
		expect((await items(2)).map(({ id }) => id).sort()).toEqual(ids.sort());
	});

	it('classifier brings those of one, for which the endpoint has a subscription and no events of its own', async () => {
		await activate(ofClassifier('cl_inbound_mail'));
		await stage.startRun({}, 'cl_claims_intake');
		const id = await stage.startRun({ runMs: 100 }, 'cl_inbound_mail');
		expect(await items(1)).toEqual([expect.objectContaining({ id })]);
		expect(stage.endpoints()).toEqual([expect.objectContaining({ enabledEvents: [] })]);
		expect(stage.subscriptions()).toEqual([expect.objectContaining({ resourceId: 'cl_inbound_mail', enabledEvents: EVENTS.slice(0, 2) })]);
	});
});

describe('simplify', () => {
	it.each([
		['on', true, SIMPLIFIED, RAW],
		['off', false, RAW, SIMPLIFIED],
	])('%s gives a run with the fields of that form', async (_what, simplify, present, absent) => {
		await activate({ simplify });
		await stage.startRun();
		const [item = {}] = await items(1);
		expect(Object.keys(item)).toEqual(expect.arrayContaining([...present, 'eventId', 'eventType']));
		expect(Object.keys(item).filter((key) => absent.includes(key))).toEqual([]);
	});

	it.each([true, false])('gives a batch its ID, status and size (%s)', async (simplify) => {
		await activate({ simplify, events: ['batch_processor_run.processed'] });
		const id = await stage.startBatch([{}, {}]);
		const described = {
			status: 'PROCESSED',
			runCount: 2,
			createdAt: expect.any(String),
			eventId: expect.any(String),
			eventType: 'batch_processor_run.processed',
		};
		expect(await items(1)).toEqual([simplify ? { batchId: id, ...described } : { object: 'batch_run', id, ...described }]);
	});
});

describe('filters', () => {
	it.each<[string, INodeParameters, object, object]>([
		['categories', { categories: 'contract, Invoice' }, { category: 'invoice' }, { category: 'bill_of_lading' }],
		['minimumConfidence', { minimumConfidence: 0.8 }, { confidence: 0.8 }, { confidence: 0.79 }],
		['maximumConfidence', { maximumConfidence: 0.8 }, { confidence: 0.8 }, { confidence: 0.81 }],
	])('%s lets a processed run pass or not, and answers 200 to both', async (_what, filters, passing, held) => {
		await activate({ filters, events: EVENTS });
		await stage.startRun(held);
		const id = await stage.startRun(passing);
		await until(() => stage.extend.deliveries.length === 2);
		expect(await items(1)).toEqual([expect.objectContaining({ id })]);
		expect(stage.extend.deliveries.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('always let failed runs and batches pass', async () => {
		await activate({ events: EVENTS, filters: { categories: 'contract', minimumConfidence: 1 } });
		await startEverything();
		const started = await items(6);
		expect(started.map(({ eventType }) => eventType).sort()).toEqual([...EVENTS.slice(2), ...Array<string>(4).fill('classify_run.failed')].sort());
	});

	it.each(['json', 'url'] as const)('ignoreOwnRuns ends a loop, with payloads as %s, and answers 200', async (webhookPayload) => {
		stage.extend.options.webhookPayload = webhookPayload;
		await activate({ filters: { ignoreOwnRuns: true } });
		const own = { 'n8n:workflow': host.workflowMark };
		await stage.startRun({}, undefined, own);
		await stage.startRun(FAULT, undefined, own);
		const id = await stage.startRun({ runMs: 100 });
		await until(() => stage.extend.deliveries.length === 3);
		expect(await items(1)).toEqual([expect.objectContaining({ id })]);
		expect(stage.extend.deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
	});
});
