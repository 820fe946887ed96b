import type { JsonObject } from '../api/json';
import { objectAt, parseJson, stringAt } from '../api/json';
import { describeBatch } from '../runs/batch';
import { rawRun, simplifyRun } from '../runs/output';

export interface WebhookEvent {
	eventId: string;
	/** Such as `classify_run.processed`; Extend can add others. */
	eventType: string;
	/** The run or batch; in a delivery also an object with a signed URL of it. */
	payload: JsonObject;
}

/** The parts of an event in a delivery's body; missing or unreadable ones are undefined. @see https://docs.extend.ai/webhooks/events */
export function readEvent(body: Uint8Array): Partial<WebhookEvent> {
	const parsed = parseJson(Buffer.from(body).toString());
	return { eventId: stringAt(parsed, 'eventId'), eventType: stringAt(parsed, 'eventType'), payload: objectAt(parsed, 'payload') };
}

/**
 * The signed URL of the payload; undefined if the payload itself was sent.
 * @see https://docs.extend.ai/2026-02-09/product/webhooks/configuration the example there has no key but `data`
 */
export function signedUrlIn(payload: JsonObject): string | undefined {
	const object = stringAt(payload, 'object');
	return object === undefined || object === 'signed_data_url' ? stringAt(payload, 'data') : undefined;
}

/** Json of the item for an event. */
export function shapeEvent({ eventId, eventType, payload }: WebhookEvent, isSimplified: boolean): JsonObject {
	if (!isSimplified) return { ...rawRun(payload), eventId, eventType };
	const shape = eventType.startsWith('batch_') ? describeBatch : simplifyRun;
	return { ...shape(payload), eventId, eventType };
}
