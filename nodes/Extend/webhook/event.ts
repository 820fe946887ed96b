import type { JsonObject } from '../api/json';
import { objectAt, parseJson, stringAt } from '../api/json';
import { describeBatch } from '../runs/batch';
import { rawRun, simplifyRun } from '../runs/output';

export interface WebhookEvent {
	eventId: string;
	/** One of those that a trigger can wait for, or one that does not exist yet. */
	eventType: string;
	/** The run or batch; in a delivery also an object with a URL from which it can be had. */
	payload: JsonObject;
}

/** What the body of a delivery holds of an event. @see https://docs.extend.ai/webhooks/events */
export function readEvent(body: Uint8Array): Partial<WebhookEvent> {
	const parsed = parseJson(Buffer.from(body).toString());
	return { eventId: stringAt(parsed, 'eventId'), eventType: stringAt(parsed, 'eventType'), payload: objectAt(parsed, 'payload') };
}

/**
 * Where the payload is to be fetched from; undefined where it came along.
 * @see https://docs.extend.ai/2026-02-09/product/webhooks/configuration whose example names nothing but `data`
 */
export function signedUrlIn(payload: JsonObject): string | undefined {
	const object = stringAt(payload, 'object');
	return object === undefined || object === 'signed_data_url' ? stringAt(payload, 'data') : undefined;
}

/** The json of the item that an event becomes. */
export function shapeEvent({ eventId, eventType, payload }: WebhookEvent, isSimplified: boolean): JsonObject {
	if (!isSimplified) return { ...rawRun(payload), eventId, eventType };
	const shape = eventType.startsWith('batch_') ? describeBatch : simplifyRun;
	return { ...shape(payload), eventId, eventType };
}
