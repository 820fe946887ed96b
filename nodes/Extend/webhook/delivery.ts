import { asExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { objectAt, stringAt } from '../api/json';
import type { WebhookEvent } from './event';
import { readEvent, shapeEvent, signedUrlIn } from './event';
import { isStartedBy, passesFilter } from './filter';
import type { TriggerSettings } from './settings';
import type { SignedRequest } from './signature';
import { findRejectionReason } from './signature';

export interface Delivery {
	request: SignedRequest;
	/** Of the endpoint that this trigger has registered; undefined if n8n has lost it. */
	secret: string | undefined;
	/** When the delivery arrived. */
	nowMs: number;
	/** The mark of the workflow that it is to start. */
	workflowMark: string;
	/** Fetches a payload that was sent as a signed URL. @throws ExtendError */
	fetchPayload: (url: string) => Promise<JsonObject>;
	/** Called only for a delivery with a valid signature. @throws ExtendError */
	readSettings: () => TriggerSettings;
}

/** A delivery starts the workflow with one item, or is answered and starts nothing. */
export type DeliveryResult = { kind: 'start'; json: JsonObject } | { kind: 'answer'; status: number; message: string };

/**
 * What a delivery leads to. An event that this trigger does not want is answered with 200, since Extend would send it again
 * otherwise; one that could not be processed is answered with a status that makes Extend send it again.
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

async function processEvent(given: Partial<WebhookEvent>, delivery: Delivery): Promise<DeliveryResult> {
	const settings = delivery.readSettings();
	const { eventId, eventType, payload: sent } = given;
	if (eventType === undefined) return UNREADABLE;
	if (!settings.events.includes(eventType)) return ignored('This trigger does not wait for this event.');
	if (eventId === undefined || sent === undefined) return UNREADABLE;
	const isOwn = (run: JsonObject): boolean => settings.filter.ignoreOwnRuns && isStartedBy(delivery.workflowMark, run);
	if (isOwn(sent)) return ignored(OWN_RUN);
	const url = signedUrlIn(sent);
	const payload = url === undefined ? sent : await delivery.fetchPayload(url);
	if (stringAt(payload, 'id') === undefined) return UNREADABLE;
	if (isOwn(payload)) return ignored(OWN_RUN);
	if (isOfOtherClassifier(payload, settings.classifierId)) return ignored('This trigger waits for runs of another classifier.');
	const event = { eventId, eventType, payload };
	if (!passesFilter(event, settings.filter)) return ignored('The filters of this trigger leave this run out.');
	return { kind: 'start', json: shapeEvent(event, settings.isSimplified) };
}

/** Whether a run is of another classifier than the chosen one. IDs of different kinds (`dp_`, `cl_`) can mean the same one. */
function isOfOtherClassifier(payload: JsonObject, classifierId: string | undefined): boolean {
	const id = stringAt(objectAt(payload, 'classifier'), 'id');
	if (classifierId === undefined || id === undefined) return false;
	return id !== classifierId && kindOf(id) === kindOf(classifierId);
}

function kindOf(id: string): string | undefined {
	return id.split('_', 1)[0];
}

const OWN_RUN = 'This workflow started the run itself, and its filters ignore such runs.';

/** Not 200, so that the delivery shows as failed in the Extend dashboard and can be sent again after an update. */
const UNREADABLE: DeliveryResult = {
	kind: 'answer',
	status: 422,
	message: 'The event has no ID or no payload that this version of the node can read.',
};

function ignored(message: string): DeliveryResult {
	return { kind: 'answer', status: 200, message };
}
