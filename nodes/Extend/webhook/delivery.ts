import { asExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { objectAt, stringAt } from '../api/json';
import type { WebhookEvent } from './event';
import { readEvent, shapeEvent, signedUrlIn } from './event';
import { passesFilter } from './filter';
import type { TriggerSettings } from './settings';
import type { SignedRequest } from './signature';
import { findRejectionReason } from './signature';

export interface Delivery {
	request: SignedRequest;
	/** Of the endpoint that this trigger has registered; undefined where it was lost. */
	secret: string | undefined;
	/** When it came. */
	nowMs: number;
	/** Fetches a payload that did not come along. @throws ExtendError */
	fetchPayload: (url: string) => Promise<JsonObject>;
	/** Read once the signature is known to be good. @throws ExtendError */
	readSettings: () => TriggerSettings;
}

/** A delivery starts the workflow with one item, or is answered and starts nothing. */
export type DeliveryResult = { kind: 'start'; json: JsonObject } | { kind: 'answer'; status: number; message: string };

/**
 * What is to be done with a delivery. What nobody waits for is answered with 200, or Extend would repeat it;
 * what could not be taken in is answered with a status that makes Extend repeat it.
 */
export async function processDelivery(delivery: Delivery): Promise<DeliveryResult> {
	const { request, secret, nowMs } = delivery;
	const rejection = findRejectionReason(request, secret, nowMs);
	if (rejection !== undefined) return { kind: 'answer', status: 401, message: rejection };
	try {
		return await processEvent(readEvent(request.rawBody), delivery);
	} catch (caught) {
		const { message, advice } = asExtendError(caught);
		return { kind: 'answer', status: 503, message: `${message}. ${advice}` };
	}
}

async function processEvent(given: Partial<WebhookEvent>, { readSettings, fetchPayload }: Delivery): Promise<DeliveryResult> {
	const { events, classifierId, filter, isSimplified } = readSettings();
	const { eventId, eventType, payload: sent } = given;
	if (eventType === undefined) return UNREADABLE;
	if (!events.includes(eventType)) return ignored('This trigger does not wait for this event.');
	if (eventId === undefined || sent === undefined) return UNREADABLE;
	const url = signedUrlIn(sent);
	const payload = url === undefined ? sent : await fetchPayload(url);
	if (stringAt(payload, 'id') === undefined) return UNREADABLE;
	if (isOfOther(payload, classifierId)) return ignored('This trigger waits for runs of another classifier.');
	const event = { eventId, eventType, payload };
	if (!passesFilter(event, filter)) return ignored('The filters of this trigger leave this run out.');
	return { kind: 'start', json: shapeEvent(event, isSimplified) };
}

/** Whether a run is of another classifier than is waited for. IDs of different kinds (`dp_`, `cl_`) can mean the same one. */
function isOfOther(payload: JsonObject, classifierId: string | undefined): boolean {
	const id = stringAt(objectAt(payload, 'classifier'), 'id');
	if (classifierId === undefined || id === undefined) return false;
	return id !== classifierId && kindOf(id) === kindOf(classifierId);
}

function kindOf(id: string): string | undefined {
	return id.split('_', 1)[0];
}

/** Not 200: who looks at the deliveries in the Extend dashboard is to see it, and can send it again after an update. */
const UNREADABLE: DeliveryResult = { kind: 'answer', status: 422, message: 'The event has no ID or no payload that this version of the node can read.' };

function ignored(message: string): DeliveryResult {
	return { kind: 'answer', status: 200, message };
}
