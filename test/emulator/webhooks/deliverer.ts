import type { Shared } from '../context';
import type { StoredEndpoint } from '../store';
import { withTimeLimit } from '../timeLimit';
import type { WebhookEvent } from './announcer';
import { buildBody } from './payload';
import { signDelivery } from './signature';

/** One attempt to deliver an event. */
export interface DeliveryRecord {
	/** When it was sent. */
	atMs: number;
	endpointId: string;
	url: string;
	eventId: string;
	eventType: string;
	/** 0 for the first one. */
	attempt: number;
	headers: Record<string, string>;
	body: string;
	/** What the receiver answered; 0 until it has, and where it did not in time. */
	status: number;
}

/** What a test wants for one event: later, so that another overtakes it, or more than once. */
export interface DeliveryPlan {
	delayMs?: number;
	copies?: number;
	/** Between the copies. */
	apartMs?: number;
}

/** The only receivers: a stand-in does not write to strangers. */
const OWN_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Sends events to the endpoints that want them, again and again until one is answered with 2xx. */
export class Deliverer {
	readonly deliveries: DeliveryRecord[] = [];

	constructor(private readonly context: Shared) {}

	/** Delivers to every enabled endpoint that had asked for the event when it happened. */
	announce(event: WebhookEvent): void {
		const { options, store, timers } = this.context;
		const receivers = [...store.endpoints.values()].filter((endpoint) => this.wants(endpoint, event));
		const { delayMs = 0, copies = 1, apartMs = 0 } = options.onEvent?.(event) ?? {};
		for (const { endpoint } of receivers) {
			for (let copy = 0; copy < copies; copy++) timers.after(delayMs + copy * apartMs, () => void this.attempt(event, endpoint.id, 0));
		}
	}

	private wants({ endpoint, createdAtMs }: StoredEndpoint, { eventType, classifierId, atMs }: WebhookEvent): boolean {
		if (endpoint.status !== 'enabled' || createdAtMs > atMs) return false;
		if (endpoint.enabledEvents.some((wanted) => wanted === eventType)) return true;
		return [...this.context.store.subscriptions.values()].some(
			({ subscription }) =>
				subscription.webhookEndpointId === endpoint.id &&
				subscription.resourceId === classifierId &&
				subscription.enabledEvents.some((wanted) => wanted === eventType),
		);
	}

	private async attempt(event: WebhookEvent, endpointId: string, attempt: number): Promise<void> {
		const { options, store, timers, closing } = this.context;
		const stored = store.endpoints.get(endpointId);
		if (stored?.endpoint.status !== 'enabled') return;
		const { endpoint, signingSecret } = stored;
		const body = buildBody(event, endpoint, this.context);
		const atMs = options.nowMs();
		const headers = {
			...endpoint.advancedOptions?.headers,
			'content-type': 'application/json',
			...signDelivery(body, signingSecret, Math.floor(atMs / 1_000)),
		};
		const { eventId, eventType } = event;
		const record = { atMs, endpointId, url: endpoint.url, eventId, eventType, attempt, headers, body, status: 0 };
		if (this.deliveries.length >= options.keepRequests) this.deliveries.shift();
		this.deliveries.push(record);
		record.status = await this.send(record);
		const pauseMs = options.webhookRetriesMs[attempt];
		if (isSuccess(record.status) || pauseMs === undefined || closing.aborted) return;
		timers.after(pauseMs, () => void this.attempt(event, endpointId, attempt + 1));
	}

	/** The status of the answer; 0 for none. Redirects are not followed. */
	private async send({ url, headers, body }: DeliveryRecord): Promise<number> {
		if (!OWN_HOSTS.has(new URL(url).hostname)) return 0;
		const { closing, options } = this.context;
		try {
			return await withTimeLimit(closing, options.webhookTimeoutMs, async (signal) => {
				const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
				await answer.body?.cancel();
				return answer.status;
			});
		} catch {
			return 0; // refused, reset or too slow
		}
	}
}

function isSuccess(status: number): boolean {
	return status >= 200 && status < 300;
}
