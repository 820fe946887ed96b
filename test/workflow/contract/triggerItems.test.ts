import type { INodeParameters } from 'n8n-workflow';
import { simplifyRun } from '../../../nodes/Extend/runs/output';
import { PROCESSED_RUN } from '../../unit/support/runExamples';
import { deliver, eventOf } from '../triggerDelivery';
import { TriggerHost } from '../triggerHost';

const RUN_EVENTS = ['classify_run.processed', 'classify_run.failed'];
const BATCH_EVENTS = ['batch_processor_run.processed', 'batch_processor_run.failed'];
const EVENTS = [...RUN_EVENTS, ...BATCH_EVENTS];
/** What a simplified run holds, in this order. */
const RUN_FIELDS = [
	'fileName', 'category', 'confidence', 'status', 'reasoning', 'failureReason', 'failureMessage', 'failureAdvice', 'retryable', 'id', 'dashboardUrl',
	'categoryType', 'reviewed', 'edited', 'initialCategory', 'reviewedCategory', 'changedByReview', 'classifierId', 'classifierName', 'classifierVersion',
	'fileId', 'fileType', 'pageCount', 'metadata', 'credits', 'parseRunId', 'createdAt', 'updatedAt',
];
const BATCH = { object: 'batch_run', id: 'bpr_1', status: 'PROCESSED', runCount: 50, createdAt: '2026-10-05T10:00:00Z', later: true };
const FAILED_RUN = {
	...PROCESSED_RUN,
	status: 'FAILED',
	output: null,
	failureReason: 'OUT_OF_CREDITS',
	failureMessage: 'No credits are left.',
};

let host: TriggerHost;
beforeEach(() => {
	host = new TriggerHost({ credential: { apiKey: 'sk_test_unused', region: 'us' }, publicUrl: 'https://n8n.example.com' });
});

const payloadOf = (event: string) => (event.startsWith('batch') ? BATCH : event.endsWith('failed') ? FAILED_RUN : PROCESSED_RUN);
const itemOf = async (event: string, parameters: INodeParameters = {}) => (await deliver(
	host,
	eventOf(payloadOf(event), event),
	{ events: EVENTS, ...parameters },
)).items;

describe('the public interface, every item of the trigger has eventId and eventType', () => {
	it.each(EVENTS.flatMap((event) => [true, false].map((simplify): [string, boolean] => [event, simplify])))('%s with simplify %s', async (event, simplify) => {
		expect(await itemOf(event, { simplify })).toEqual([expect.objectContaining({ eventId: 'evt_1', eventType: event })]);
	});

	it('whatever a payload holds under these names', async () => {
		const payload = { ...PROCESSED_RUN, eventId: 'mine', eventType: 'mine' };
		for (const simplify of [true, false]) {
			const { items } = await deliver(host, eventOf(payload), { simplify });
			expect(items).toEqual([expect.objectContaining({ eventId: 'evt_1', eventType: 'classify_run.processed' })]);
		}
	});
});

describe('the public interface, simplify of the trigger', () => {
	it.each(RUN_EVENTS)('on gives for %s the item that a run is everywhere', async (event) => {
		const [item = {}] = (await itemOf(event)) ?? [];
		expect(Object.keys(item)).toEqual([...RUN_FIELDS, 'eventId', 'eventType']);
		expect(item).toEqual({ ...simplifyRun(payloadOf(event)), eventId: 'evt_1', eventType: event });
	});

	it('is on unless it is switched off', async () => {
		expect(await itemOf('classify_run.processed')).toEqual(await itemOf('classify_run.processed', { simplify: true }));
	});

	it.each(EVENTS)('off gives for %s { ...payload, eventId, eventType }', async (event) => {
		expect(await itemOf(event, { simplify: false })).toEqual([{ ...payloadOf(event), eventId: 'evt_1', eventType: event }]);
	});
});

describe('the public interface, batch events give { batchId, status, runCount, createdAt }', () => {
	it.each(BATCH_EVENTS)('%s', async (event) => {
		const { id, status, runCount, createdAt } = BATCH;
		expect(await itemOf(event)).toEqual([{ batchId: id, status, runCount, createdAt, eventId: 'evt_1', eventType: event }]);
	});

	it('with null for what Extend leaves out', async () => {
		const event = BATCH_EVENTS[0] ?? '';
		const { items } = await deliver(host, eventOf({ object: 'batch_run', id: 'bpr_1' }, event), { events: EVENTS });
		expect(items).toEqual([{ batchId: 'bpr_1', status: null, runCount: null, createdAt: null, eventId: 'evt_1', eventType: event }]);
	});
});

describe('the public interface, filters of the trigger: for processed runs only', () => {
	const run = (category: string, confidence: unknown) => ({
		...PROCESSED_RUN,
		output: { id: category, type: category, confidence, insights: [] },
	});

	it.each<[INodeParameters, string, unknown, boolean]>([
		[{}, 'invoice', 0.1, true],
		[{ categories: '' }, 'invoice', 0.1, true],
		[{ categories: ' , ' }, 'invoice', 0.1, true],
		[{ categories: 'contract, invoice' }, 'invoice', 0.1, true],
		[{ categories: 'contract,invoice,' }, 'invoice', 0.1, true],
		[{ categories: 'contract, invoice' }, ' invoice ', 0.1, true],
		[{ categories: 'contract' }, 'invoice', 1, false],
		[{ categories: 'invoices' }, 'invoice', 1, false],
		[{ minimumConfidence: 0.8 }, 'invoice', 0.8, true],
		[{ minimumConfidence: 0.8 }, 'invoice', 0.7999999, false],
		[{ minimumConfidence: 0.8 }, 'invoice', null, false],
		[{ minimumConfidence: 0.8 }, 'invoice', '0.9', false],
		[{ minimumConfidence: 0 }, 'invoice', null, true],
		[{ minimumConfidence: 1 }, 'invoice', 1, true],
		[{ maximumConfidence: 0.8 }, 'invoice', 0.8, true],
		[{ maximumConfidence: 0.8 }, 'invoice', 0.8000001, false],
		[{ maximumConfidence: 0.8 }, 'invoice', null, true],
		[{ maximumConfidence: 0 }, 'invoice', 0.1, false],
		[{ minimumConfidence: 0.5, maximumConfidence: 0.5 }, 'invoice', 0.5, true],
		[{ categories: 'invoice', minimumConfidence: 0.5 }, 'contract', 0.9, false],
		[{ categories: 'invoice', minimumConfidence: 0.5 }, 'invoice', 0.4, false],
	])('%j with %s at %j: starts %s; either way it is answered 200', async (filters, category, confidence, starts) => {
		const { status, items } = await deliver(host, eventOf(run(category, confidence)), { filters });
		expect([status, items?.length]).toEqual([200, starts ? 1 : undefined]);
	});

	it.each(['classify_run.failed', ...BATCH_EVENTS])('%s always passes', async (event) => {
		for (const filters of [{ categories: 'nothing like that' }, { minimumConfidence: 1 }, { maximumConfidence: 0 }]) {
			expect(await itemOf(event, { filters })).toHaveLength(1);
		}
	});
});

describe('the public interface, ignoreOwnRuns: runs that this very workflow has started do not start it again', () => {
	const ownRun = (run: object) => ({ ...run, metadata: { 'n8n:workflow': host.workflowMark, note: 'x' } });
	const failed = 'classify_run.failed';

	it('when it is on: processed and failed ones are answered 200', async () => {
		const filters = { ignoreOwnRuns: true };
		expect(await deliver(host, eventOf(ownRun(PROCESSED_RUN)), { filters })).toEqual({ status: 200, body: { message: expect.any(String) } });
		expect(await deliver(
			host,
			eventOf(ownRun(FAILED_RUN), failed),
			{ filters },
		)).toEqual({ status: 200, body: { message: expect.any(String) } });
	});

	it('while those of other workflows, of other n8n and of nobody do', async () => {
		const filters = { ignoreOwnRuns: true };
		const other = new TriggerHost({ ...host.setUp, workflow: { id: 'w2', name: 'Inbound mail' } });
		for (const metadata of [{ 'n8n:workflow': other.workflowMark }, { 'n8n:workflow': 'ffffffffffff' }, {}, null]) {
			expect((await deliver(host, eventOf({ ...PROCESSED_RUN, metadata }), { filters })).items).toHaveLength(1);
		}
	});

	it.each([{}, { ignoreOwnRuns: false }])('which is off by default: %j', async (filters) => {
		expect((await deliver(host, eventOf(ownRun(PROCESSED_RUN)), { filters })).items).toHaveLength(1);
	});
});
