import { readEvent, shapeEvent, signedUrlIn } from '../../../nodes/Extend/webhook/event';
import { simplifyRun } from '../../../nodes/Extend/runs/output';
import { PROCESSED_RUN } from '../support/runExamples';

const BATCH = { object: 'batch_run', id: 'bpr_1', status: 'PROCESSED', runCount: 50, createdAt: '2026-10-05T10:00:00Z' };

describe('readEvent', () => {
	it('reads all parts of an event', () => {
		const event = { eventId: 'evt_1', eventType: 'classify_run.processed', payload: { id: 'clr_1' } };
		expect(readEvent(Buffer.from(JSON.stringify({ ...event, later: true })))).toEqual(event);
	});

	it.each(['', 'null', '[]', '"text"', '{', '{"eventId":1,"eventType":"","payload":[]}', '\u0000'])('reads nothing from %j', (body) => {
		expect(readEvent(Buffer.from(body))).toEqual({ eventId: undefined, eventType: undefined, payload: undefined });
	});
});

describe('signedUrlIn', () => {
	it.each([
		[{ object: 'signed_data_url', data: 'https://a.example', id: 'clr_1' }, 'https://a.example'],
		[{ data: 'https://a.example' }, 'https://a.example'],
		[{ object: 'signed_data_url' }, undefined],
		[{ object: 'signed_data_url', data: { url: 'https://a.example' } }, undefined],
		[{ object: 'classify_run', data: 'https://a.example' }, undefined],
		[{ id: 'clr_1' }, undefined],
	])('finds in %j: %s', (payload, url) => {
		expect(signedUrlIn(payload)).toBe(url);
	});
});

describe('shapeEvent', () => {
	const run = { eventId: 'evt_1', eventType: 'classify_run.processed', payload: PROCESSED_RUN };
	const batch = { eventId: 'evt_2', eventType: 'batch_processor_run.failed', payload: BATCH };

	it('makes a run flat, with ID and type of the event', () => {
		expect(shapeEvent(run, true)).toEqual({ ...simplifyRun(PROCESSED_RUN), eventId: 'evt_1', eventType: 'classify_run.processed' });
	});

	it('gives a batch its own fields', () => {
		const { runCount, createdAt } = BATCH;
		const { eventId, eventType } = batch;
		expect(shapeEvent(batch, true)).toEqual({ batchId: 'bpr_1', status: 'PROCESSED', runCount, createdAt, eventId, eventType });
	});

	it.each([run, batch])('leaves the payload as it is when it is not to be simplified', (event) => {
		expect(shapeEvent(event, false)).toEqual({ ...event.payload, eventId: event.eventId, eventType: event.eventType });
	});

	it('has no key "error" in a raw payload, or n8n would take the item for a failed one', () => {
		expect(shapeEvent({ ...run, payload: { id: 'clr_1', error: 'x' } }, false)).toMatchObject({ id: 'clr_1', extendError: 'x' });
	});
});
