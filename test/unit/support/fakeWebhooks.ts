import type { HttpRequest, HttpResult } from '../../../nodes/Extend/api/http';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import { stringAt } from '../../../nodes/Extend/api/json';
import { WebhookClient } from '../../../nodes/Extend/api/webhooks';
import { answer } from './answers';
import { scripted } from './scriptedSend';

type Fault = (request: HttpRequest) => HttpResult | undefined;

/** Extend's webhook endpoints and subscriptions, kept in lists, behind the real client. */
export class FakeWebhooks {
	endpoints: JsonObject[] = [];
	subscriptions: JsonObject[] = [];
	/** Answers in place of Extend; `after` once Extend has acted. */
	fault: Fault = () => undefined;
	faultAfter: Fault = () => undefined;
	/** Endpoints that lists do not show yet. */
	readonly unlisted = new Set<string>();
	/** What was asked for, such as `POST /webhook_endpoints`. */
	readonly asked: string[] = [];
	private made = 0;
	private readonly ports = { ...scripted([]), send: async (request: HttpRequest) => await Promise.resolve(this.answerTo(request)) };
	readonly clock = this.ports.clock;
	readonly client = new WebhookClient(this.ports);

	/** The changes that were asked for; reads are left out. */
	get changes(): string[] {
		return this.asked.filter((line) => !line.startsWith('GET'));
	}

	private answerTo(request: HttpRequest): HttpResult {
		this.asked.push(`${request.method} ${request.path}`);
		const result = this.fault(request) ?? this.act(request);
		return this.faultAfter(request) ?? result;
	}

	private act({ method, path, body = {}, query }: HttpRequest): HttpResult {
		const [, kind, id] = path.split('/');
		const isEndpoint = kind === 'webhook_endpoints';
		const list = isEndpoint ? this.endpoints : this.subscriptions;
		const found = list.find((entry) => entry.id === id);
		if (method === 'POST' && id === undefined) return isEndpoint ? this.create(body) : this.subscribe(body);
		if (id === undefined) return answer(200, { data: list.filter((entry) => this.isListed(entry, query?.webhookEndpointId)) });
		if (found === undefined) return answer(404, { code: 'NOT_FOUND' });
		if (method === 'POST') return answer(200, Object.assign(found, body));
		if (method === 'DELETE') list.splice(list.indexOf(found), 1);
		return answer(200, found);
	}

	private isListed(entry: JsonObject, endpointId: unknown): boolean {
		return !this.unlisted.has(String(entry.id)) && (endpointId === undefined || entry.webhookEndpointId === endpointId);
	}

	private create(body: JsonObject): HttpResult {
		const made: JsonObject = { id: `wh_made_${++this.made}`, status: 'enabled', ...body };
		this.endpoints.push(made);
		return answer(200, { ...made, signingSecret: `wss_made_${this.made}` });
	}

	private subscribe(body: JsonObject): HttpResult {
		const isSame = (entry: JsonObject): boolean => stringAt(entry, 'webhookEndpointId') === body.webhookEndpointId && stringAt(entry, 'resourceId') === body.resourceId;
		const made = { id: `whs_made_${this.subscriptions.length + 1}`, ...body };
		this.subscriptions = [...this.subscriptions.filter((entry) => !isSame(entry)), made];
		return answer(200, made);
	}
}
