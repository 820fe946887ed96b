import type { Call, CallPorts } from './call';
import { callExtend } from './call';
import { API_VERSION } from './deployment';
import { asExtendError } from './errors';
import type { JsonObject, JsonValue } from './json';
import { idAt, stringAt, stringsAt } from './json';
import { SAFE_PAGE, takeEntries } from './pagination';
import { changeCall, CONFIRMATION, pageQuery, pathTo, readCall, readIdentified, readPage } from './requests';

/** An address that Extend sends events to. */
export interface Endpoint {
	id: string;
	url: string;
	name: string;
	/** `enabled` or `disabled`; others can appear at any time. */
	status: string;
	/** Events of the whole workspace. */
	events: string[];
	/** Decides the format of payloads; cannot be changed. */
	apiVersion: string;
}

/** An endpoint to be made, with events of the whole workspace. */
export type NewEndpoint = Pick<Endpoint, 'url' | 'name' | 'events'>;

/** What can be changed at an endpoint. */
export type EndpointChange = Partial<Pick<Endpoint, 'name' | 'status' | 'events'>>;

/** An endpoint that was made; its secret is not shown again. */
export interface CreatedEndpoint {
	id: string;
	signingSecret: string;
}

/** Events of one resource that go to an endpoint as well. */
export interface Subscription {
	id: string;
	resourceId: string;
	events: string[];
}

const ENDPOINTS = '/webhook_endpoints';
const SUBSCRIPTIONS = '/webhook_subscriptions';

/** Extend's webhook endpoints and subscriptions. Every method throws ExtendError and nothing else. */
export class WebhookClient {
	constructor(private readonly ports: CallPorts) {}

	/** All endpoints of the workspace. */
	async listEndpoints(): Promise<Endpoint[]> {
		const entries = await this.listAll(ENDPOINTS, {}, 'a list of webhook endpoints');
		return entries.flatMap((entry) => readEndpoint(entry) ?? []);
	}

	/** The endpoint; undefined where there is none. */
	async findEndpoint(id: string): Promise<Endpoint | undefined> {
		try {
			return await this.call(readCall(pathTo(ENDPOINTS, id), { parse: readEndpoint, what: 'a webhook endpoint' }));
		} catch (caught) {
			return undefinedIfGone(caught);
		}
	}

	/**
	 * Makes an endpoint. Its secret comes back this once and never again.
	 * @throws UnknownOutcome when it may have been made without an answer; it is sent once only
	 */
	async createEndpoint(wanted: NewEndpoint): Promise<CreatedEndpoint> {
		const { url, name, events } = wanted;
		const body = { url, name, enabledEvents: events, apiVersion: API_VERSION };
		const call = changeCall('POST', ENDPOINTS, { parse: readCreated, what: 'the new webhook endpoint' });
		return await this.call({ ...call, repeat: 'once' }, body);
	}

	/** Changes only what is given. */
	async updateEndpoint(id: string, { name, status, events }: EndpointChange): Promise<void> {
		const body: JsonObject = {};
		if (name !== undefined) body.name = name;
		if (status !== undefined) body.status = status;
		if (events !== undefined) body.enabledEvents = events;
		await this.call(changeCall('POST', pathTo(ENDPOINTS, id), { parse: readIdentified, what: 'the changed webhook endpoint' }), body);
	}

	/** Removes an endpoint with its subscriptions; one that is not there any more is fine. */
	async deleteEndpoint(id: string): Promise<void> {
		await this.remove(pathTo(ENDPOINTS, id));
	}

	async listSubscriptions(endpointId: string): Promise<Subscription[]> {
		const entries = await this.listAll(SUBSCRIPTIONS, { webhookEndpointId: endpointId }, 'a list of webhook subscriptions');
		return entries.flatMap((entry) => readSubscription(entry) ?? []);
	}

	/** Makes the endpoint's subscription to a classifier, or changes the events of the one that exists. */
	async saveSubscription(endpointId: string, classifierId: string, events: string[]): Promise<void> {
		const body = { webhookEndpointId: endpointId, resourceType: 'classifier', resourceId: classifierId, enabledEvents: events };
		await this.call(changeCall('POST', SUBSCRIPTIONS, { parse: readIdentified, what: 'the webhook subscription' }), body);
	}

	/** One that is not there any more is fine. */
	async deleteSubscription(id: string): Promise<void> {
		await this.remove(pathTo(SUBSCRIPTIONS, id));
	}

	private async listAll(path: string, fields: Record<string, string>, what: string): Promise<JsonObject[]> {
		return await takeEntries(Number.POSITIVE_INFINITY, async (token) =>
			await this.call(readCall(path, { parse: readPage, what }, pageQuery(fields, SAFE_PAGE, token))));
	}

	private async remove(path: string): Promise<void> {
		try {
			await this.call(changeCall('DELETE', path, CONFIRMATION));
		} catch (caught) {
			undefinedIfGone(caught);
		}
	}

	private async call<T>(call: Call<T>, body?: JsonObject): Promise<T> {
		return await callExtend({ ...call, request: { ...call.request, body } }, this.ports);
	}
}

/** @throws ExtendError for anything but a 404 */
function undefinedIfGone(caught: unknown): undefined {
	const error = asExtendError(caught);
	if (error.facts.status !== 404) throw error;
	return undefined;
}

function readEndpoint(body: JsonValue | undefined): Endpoint | undefined {
	const [id, url] = [idAt(body), stringAt(body, 'url')];
	if (id === undefined || url === undefined) return undefined;
	const text = (key: string): string => stringAt(body, key) ?? '';
	return { id, url, name: text('name'), status: text('status'), apiVersion: text('apiVersion'), events: stringsAt(body, 'enabledEvents') };
}

function readSubscription(body: JsonValue): Subscription | undefined {
	const [id, resourceId] = [idAt(body), stringAt(body, 'resourceId')];
	if (id === undefined || resourceId === undefined) return undefined;
	return { id, resourceId, events: stringsAt(body, 'enabledEvents') };
}

/** Without its secret an endpoint is of no use, so an answer that lacks it counts as none. */
function readCreated(body: JsonValue | undefined): CreatedEndpoint | undefined {
	const [id, signingSecret] = [idAt(body), stringAt(body, 'signingSecret')];
	return id === undefined || signingSecret === undefined ? undefined : { id, signingSecret };
}
