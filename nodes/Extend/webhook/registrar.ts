import { UnknownOutcome } from '../api/call';
import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { asExtendError } from '../api/errors';
import type { CreatedEndpoint, Endpoint, NewEndpoint, WebhookClient } from '../api/webhooks';
import type { Change, KnownEndpoint, TriggerState, DesiredEndpoint } from './registration';
import { findOwn, findUsable, isSameUrl, planChanges } from './registration';

/** An endpoint that should be gone and is not, with the reason. */
export interface UnremovedEndpoint extends KnownEndpoint {
	cause: ExtendError;
}

type Registered = NonNullable<TriggerState['registered']>;

interface Inspection {
	/** All endpoints of this trigger. */
	own: Endpoint[];
	/** The one of them that can go on, and what has to change in it. */
	usable?: { registered: Registered; changes: Change[] };
}

/** A list may lag some moments behind; so it is looked at more than once for an endpoint that was made without an answer. */
const LIST_RETRY_PAUSES_MS = [300, 1_000, 2_500];
const MAX_CREATE_ATTEMPTS = 3;

/** Keeps what Extend knows of one trigger as it is desired. Its methods throw ExtendError where Extend does not let them. */
export class Registrar {
	constructor(
		private readonly ports: { webhooks: WebhookClient; clock: Clock },
		private readonly desired: DesiredEndpoint,
		private readonly state: TriggerState,
	) {}

	/** Whether everything is at Extend as it should be, and nothing else of this trigger is. Changes nothing. */
	async isComplete(): Promise<boolean> {
		if (this.state.registered === undefined) return false;
		const { own, usable } = await this.inspect();
		return this.state.pendingRemovals.length === 0 && own.length === 1 && usable?.changes.length === 0;
	}

	/** Makes it so: repairs the endpoint, or makes a new one, then removes whatever else is this trigger's. */
	async register(): Promise<{ registered: Registered; unremoved: UnremovedEndpoint[] }> {
		const { own, usable } = await this.inspect();
		const registered = usable === undefined ? await this.create(own) : await this.repair(usable);
		return { registered, unremoved: await this.removeAll(own.filter(({ id }) => id !== registered.id)) };
	}

	/** Removes everything of this trigger. Never throws: what could not be removed is returned. */
	async unregister(): Promise<UnremovedEndpoint[]> {
		const { registered, pendingRemovals } = this.state;
		try {
			return await this.removeAll(await this.findOwn());
		} catch (caught) {
			const cause = asExtendError(caught);
			// One registered for another address may be in use by another n8n with a copy of this one's database.
			const isOwn = registered !== undefined && isSameUrl(registered.url, this.desired.url);
			return [...(isOwn ? [registered] : []), ...pendingRemovals].map(({ id, url }) => ({ id, url, cause }));
		}
	}

	private async inspect(): Promise<Inspection> {
		const { registered } = this.state;
		const own = await this.findOwn();
		const endpoint = findUsable(own, this.desired, this.state);
		if (registered === undefined || endpoint === undefined) return { own };
		const subscriptions = await this.ports.webhooks.listSubscriptions(endpoint.id);
		return { own, usable: { registered, changes: planChanges(endpoint, subscriptions, this.desired) } };
	}

	/** This trigger's endpoints; the one n8n remembers also where a lagging list does not show it. */
	private async findOwn(): Promise<Endpoint[]> {
		const { registered } = this.state;
		const listed = await this.ports.webhooks.listEndpoints();
		const isMissing = registered !== undefined && !listed.some(({ id }) => id === registered.id);
		const single = isMissing ? await this.ports.webhooks.findEndpoint(registered.id) : undefined;
		return findOwn(single === undefined ? listed : [...listed, single], this.desired, this.state);
	}

	private async repair({ registered, changes }: NonNullable<Inspection['usable']>): Promise<Registered> {
		for (const change of changes) await this.applyChange(registered.id, change);
		return registered;
	}

	private async applyChange(endpointId: string, change: Change): Promise<void> {
		switch (change.kind) {
			case 'update':
				return await this.ports.webhooks.updateEndpoint(endpointId, change.change);
			case 'subscribe':
				return await this.ports.webhooks.saveSubscription(endpointId, change.classifierId, change.events);
			case 'unsubscribe':
				return await this.ports.webhooks.deleteSubscription(change.subscriptionId);
		}
	}

	/** A new endpoint with its subscription. Where the latter is refused, n8n deactivates the trigger, which removes it. */
	private async create(own: readonly Endpoint[]): Promise<Registered> {
		const { url, name, events, classifierId } = this.desired;
		const { id, signingSecret } = await this.createOnce({ url, name, events: classifierId === undefined ? events : [] }, own);
		if (classifierId !== undefined) await this.ports.webhooks.saveSubscription(id, classifierId, events);
		return { id, url, signingSecret };
	}

	/** After an unknown outcome the endpoint may exist, but nobody knows its secret: it is removed, then made again. */
	private async createOnce(desired: NewEndpoint, own: readonly Endpoint[]): Promise<CreatedEndpoint> {
		const known = new Set(own.map(({ id }) => id));
		for (let attempt = 1; ; attempt++) {
			const created = await this.tryToCreate(desired, known);
			if (!(created instanceof UnknownOutcome)) return created;
			if (attempt === MAX_CREATE_ATTEMPTS) throw created;
		}
	}

	private async tryToCreate(desired: NewEndpoint, known: ReadonlySet<string>): Promise<CreatedEndpoint | UnknownOutcome> {
		try {
			return await this.ports.webhooks.createEndpoint(desired);
		} catch (caught) {
			if (!(caught instanceof UnknownOutcome)) throw asExtendError(caught);
			await this.removeUnknown(known);
			return caught;
		}
	}

	private async removeUnknown(known: ReadonlySet<string>): Promise<void> {
		for (const pauseMs of LIST_RETRY_PAUSES_MS) {
			await this.ports.clock.pause(pauseMs);
			const unknown = (await this.findOwn()).filter(({ id }) => !known.has(id));
			for (const { id } of unknown) await this.ports.webhooks.deleteEndpoint(id);
			if (unknown.length > 0) return;
		}
	}

	private async removeAll(endpoints: readonly KnownEndpoint[]): Promise<UnremovedEndpoint[]> {
		const unremoved: UnremovedEndpoint[] = [];
		for (const { id, url } of endpoints) {
			try {
				await this.ports.webhooks.deleteEndpoint(id);
			} catch (caught) {
				unremoved.push({ id, url, cause: asExtendError(caught) });
			}
		}
		return unremoved;
	}
}
