import { ExtendError } from '../../../nodes/Extend/api/errors';
import { simplifyRun } from '../../../nodes/Extend/runs/output';
import type { Delivery, DeliveryResult } from '../../../nodes/Extend/webhook/delivery';
import { processDelivery } from '../../../nodes/Extend/webhook/delivery';
import type { TriggerSettings } from '../../../nodes/Extend/webhook/settings';
import { signDelivery } from '../../emulator/webhooks/signature';

const NOW_MS = 1_764_000_000_000;
const SECRET = 'wss_test_1';
const MARK = '6fe5b6257593';
const RUN = { id: 'clr_1', status: 'PROCESSED', output: { id: 'invoice', confidence: 0.9 } };
const EVENT = { eventId: 'evt_1', eventType: 'classify_run.processed', payload: RUN };
const SETTINGS: TriggerSettings = {
	events: ['classify_run.processed'],
	isSimplified: false,
	filter: { categories: [], ignoreOwnRuns: false },
};
const UNREADABLE = { kind: 'answer', status: 422, message: 'The event has no ID or no payload that this version of the node can read.' };

async function resultOf(event: unknown, settings: Partial<TriggerSettings> = {}, more: Partial<Delivery> = {}): Promise<DeliveryResult> {
	const body = JSON.stringify(event);
	return await processDelivery({
		request: { headers: signDelivery(body, SECRET, NOW_MS / 1_000), rawBody: Buffer.from(body) },
		secret: SECRET,
		nowMs: NOW_MS,
		workflowMark: MARK,
		fetchPayload: async (url) => await Promise.reject(new Error(`Nothing is to be fetched from ${url}`)),
		readSettings: () => ({ ...SETTINGS, ...settings }),
		...more,
	});
}

describe('processDelivery', () => {
	it('starts the workflow with the run and the event it came by', async () => {
		expect(await resultOf(EVENT)).toEqual({ kind: 'start', json: { ...RUN, eventId: 'evt_1', eventType: 'classify_run.processed' } });
	});

	it('makes the run flat when it is to be simplified', async () => {
		const json = { ...simplifyRun(RUN), eventId: 'evt_1', eventType: 'classify_run.processed' };
		expect(await resultOf(EVENT, { isSimplified: true })).toEqual({ kind: 'start', json });
	});

	it('answers a rejection with 401, and does not even read the settings', async () => {
		const readSettings = (): never => {
			throw new Error('Nobody is to read them');
		};
		expect(await resultOf(EVENT, {}, { secret: 'wss_other', readSettings })).toEqual({
			kind: 'answer',
			status: 401,
			message: 'The signature does not match.',
		});
	});

	it('ignores an event that the trigger does not wait for, whatever it holds', async () => {
		const ignored = { kind: 'answer', status: 200, message: 'This trigger does not wait for this event.' };
		expect(await resultOf({ ...EVENT, eventType: 'classify_run.failed' })).toEqual(ignored);
		expect(await resultOf({ eventType: 'brand_new.event' })).toEqual(ignored);
	});

	it('ignores a run of another classifier than the one it waits for, and lets pass what names none, or may name the same one by its older ID', async () => {
		const of = (classifier: unknown) => ({ ...EVENT, payload: { ...RUN, classifier } });
		const ignored = { kind: 'answer', status: 200, message: 'This trigger waits for runs of another classifier.' };
		expect(await resultOf(of({ id: 'cl_2' }), { classifierId: 'cl_1' })).toEqual(ignored);
		for (const classifier of [{ id: 'cl_1' }, { id: 'dp_1' }, {}, null, undefined]) {
			expect(await resultOf(of(classifier), { classifierId: 'cl_1' })).toMatchObject({ kind: 'start' });
		}
		expect(await resultOf(of({ id: 'cl_2' }))).toMatchObject({ kind: 'start' });
	});

	it('ignores a run that the filters leave out', async () => {
		const expected = { kind: 'answer', status: 200, message: 'The filters of this trigger leave this run out.' };
		expect(await resultOf(EVENT, { filter: { ...SETTINGS.filter, categories: ['contract'] } })).toEqual(expected);
	});

	it.each([
		['no type', { ...EVENT, eventType: undefined }],
		['no ID', { ...EVENT, eventId: undefined }],
		['no payload', { ...EVENT, payload: undefined }],
		['a payload without an ID', { ...EVENT, payload: { status: 'PROCESSED' } }],
		['nothing', null],
	])('does not take in an event with %s, and says so', async (_, event) => {
		expect(await resultOf(event)).toEqual(UNREADABLE);
	});

	it('fetches a payload that did not come along', async () => {
		const fetched: string[] = [];
		const fetchPayload = async (url: string) => {
			fetched.push(url);
			return await Promise.resolve(RUN);
		};
		const event = { ...EVENT, payload: { object: 'signed_data_url', data: 'https://a.example' } };
		expect(await resultOf(event, {}, { fetchPayload })).toMatchObject({ kind: 'start', json: RUN });
		expect(fetched).toEqual(['https://a.example']);
	});

	it('asks Extend to come again when a payload cannot be had', async () => {
		const error = new ExtendError('Extend could not be reached', 'Try again.', { code: 'NO_CONNECTION' });
		const fetchPayload = async () => await Promise.reject(error);
		const event = { ...EVENT, payload: { object: 'signed_data_url', data: 'https://a.example' } };
		expect(await resultOf(event, {}, { fetchPayload })).toEqual({
			kind: 'answer',
			status: 503,
			message: 'Extend could not be reached. Try again.',
		});
	});

	describe('with the filter for runs of its own workflow', () => {
		const filter = { ...SETTINGS.filter, ignoreOwnRuns: true };
		const own = { ...RUN, metadata: { 'n8n:workflow': MARK } };
		const ignored = { kind: 'answer', status: 200, message: 'This workflow started the run itself, and its filters ignore such runs.' };

		it.each(['classify_run.processed', 'classify_run.failed'])('ignores them: %s', async (eventType) => {
			expect(await resultOf({ ...EVENT, eventType, payload: own }, { events: [eventType], filter })).toEqual(ignored);
		});

		it('lets all others pass', async () => {
			for (const metadata of [undefined, null, {}, { 'n8n:workflow': 'ffffffffffff' }]) {
				expect(await resultOf({ ...EVENT, payload: { ...RUN, metadata } }, { filter })).toMatchObject({ kind: 'start' });
			}
		});

		it('lets them pass when it is off', async () => {
			expect(await resultOf({ ...EVENT, payload: own })).toMatchObject({ kind: 'start' });
		});

		it('fetches no payload whose metadata came along, and looks at the payload where it did not', async () => {
			const signed = { object: 'signed_data_url', data: 'https://a.example' };
			expect(await resultOf({ ...EVENT, payload: { ...signed, metadata: own.metadata } }, { filter })).toEqual(ignored);
			const fetchPayload = async () => await Promise.resolve(own);
			expect(await resultOf({ ...EVENT, payload: signed }, { filter }, { fetchPayload })).toEqual(ignored);
		});
	});
});
