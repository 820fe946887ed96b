import { UnknownOutcome } from '../api/unknownOutcome';
import type { Clock } from '../api/clock';
import type { ExtendError } from '../api/errors';
import { asExtendError, inputError } from '../api/errors';
import type { CreatedEndpoint, Endpoint, NewEndpoint, WebhookClient } from '../api/webhooks';
import type { Change, DesiredEndpoint, KnownEndpoint, TriggerState } from './registration';
import { findOwn, findConflict, findUsable, isSameUrl, planChanges } from './registration';

/** An endpoint that could not be removed, with the reason. */
export interface UnremovedEndpoint extends KnownEndpoint {
	cause: ExtendError;
}

type Registered = NonNullable<TriggerState['registered']>;

interface Inspection {
	/** All endpoints of this trigger. */
	own: Endpoint[];
	/** The one of them that can be kept, and what has to change in it. */
	usable?: { registered: Registered; changes: Change[] };
	/** The endpoint of another workflow at the same address. */
	conflict?: Endpoint;
}

/** After an unknown outcome the list is read several times for the endpoint, since a list may lag behind for some moments. */
const LIST_RETRY_PAUSES_MS = [300, 1_000, 2_500];
const MAX_CREATE_ATTEMPTS = 3;

/** Keeps the endpoint of one trigger at Extend as it is desired. Its methods throw ExtendError and nothing else. */
export class Registrar {
	constructor(
		private readonly extend: { webhooks: WebhookClient; clock: Clock },
		private readonly desired: DesiredEndpoint,
		private readonly state: TriggerState,
	) {}

	/** Whether Extend has exactly the endpoint that is desired, and no other one of this trigger. Changes nothing. */
	async isComplete(): Promise<boolean> {
		if (this.state.registered === undefined) return false;
		const { own, usable } = await this.inspect();
		return this.state.pendingRemovals.length === 0 && own.length === 1 && usable?.changes.length === 0;
	}

	/**
	 * Repairs the endpoint, or creates one, then removes all others of this trigger.
	 * @throws ExtendError also when the endpoint of another workflow has the same address: n8n gives every delivery to one
	 * of the two workflows, which would reject those that are signed for the other
	 */
	async register(): Promise<{ registered: Registered; unremoved: UnremovedEndpoint[] }> {
		const { own, usable, conflict } = await this.inspect();
		if (conflict !== undefined) throw addressTaken(conflict);
		const registered = usable === undefined ? await this.create(own) : await this.repair(usable);
		return { registered, unremoved: await this.removeAll(own.filter(({ id }) => id !== registered.id)) };
	}

	/** Removes all endpoints of this trigger. Never throws: returns those that could not be removed. */
	async unregister(): Promise<UnremovedEndpoint[]> {
		const { registered, pendingRemovals } = this.state;
		try {
			return await this.removeAll(findOwn(await this.list(), this.desired, this.state));
		} catch (caught) {
			const cause = asExtendError(caught);
			// One registered for another address may be in use by another n8n with a copy of this one's database.
			const isOwn = registered !== undefined && isSameUrl(registered.url, this.desired.url);
			return [...(isOwn ? [registered] : []), ...pendingRemovals].map(({ id, url }) => ({ id, url, cause }));
		}
	}

	private async inspect(): Promise<Inspection> {
		const { registered } = this.state;
		const endpoints = await this.list();
		const own = findOwn(endpoints, this.desired, this.state);
		const conflict = findConflict(endpoints, this.desired);
		const endpoint = findUsable(own, this.desired, this.state);
		if (registered === undefined || endpoint === undefined) return { own, conflict };
		const subscriptions = await this.extend.webhooks.listSubscriptions(endpoint.id);
		return { own, conflict, usable: { registered, changes: planChanges(endpoint, subscriptions, this.desired) } };
	}

	/** All endpoints of the workspace, with the stored one even if a lagging list does not show it. */
	private async list(): Promise<Endpoint[]> {
		const { registered } = this.state;
		const listed = await this.extend.webhooks.listEndpoints();
		const isMissing = registered !== undefined && !listed.some(({ id }) => id === registered.id);
		const single = isMissing ? await this.extend.webhooks.findEndpoint(registered.id) : undefined;
		return single === undefined ? listed : [...listed, single];
	}

	private async repair({ registered, changes }: NonNullable<Inspection['usable']>): Promise<Registered> {
		for (const change of changes) await this.applyChange(registered.id, change);
		return registered;
	}

	private async applyChange(endpointId: string, change: Change): Promise<void> {
		switch (change.kind) {
			case 'update':
				return await this.extend.webhooks.updateEndpoint(endpointId, change.change);
			case 'subscribe':
				return await this.extend.webhooks.saveSubscription(endpointId, change.classifierId, change.events);
			case 'unsubscribe':
				return await this.extend.webhooks.deleteSubscription(change.subscriptionId);
		}
	}

	/** A new endpoint with its subscription. If Extend refuses the subscription, n8n deactivates the trigger, which removes the endpoint. */
	private async create(own: readonly Endpoint[]): Promise<Registered> {
		const { url, name, events, classifierId } = this.desired;
		const { id, signingSecret } = await this.createOnce({ url, name, events: classifierId === undefined ? events : [] }, own);
		if (classifierId !== undefined) await this.extend.webhooks.saveSubscription(id, classifierId, events);
		return { id, url, signingSecret };
	}

	/** After an unknown outcome the endpoint may exist, but its secret is lost: it is removed, then created again. */
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
			return await this.extend.webhooks.createEndpoint(desired);
		} catch (caught) {
			if (!(caught instanceof UnknownOutcome)) throw asExtendError(caught);
			await this.removeUnknown(known);
			return caught;
		}
	}

	private async removeUnknown(known: ReadonlySet<string>): Promise<void> {
		for (const pauseMs of LIST_RETRY_PAUSES_MS) {
			await this.extend.clock.pause(pauseMs);
			const unknown = findOwn(await this.list(), this.desired, this.state).filter(({ id }) => !known.has(id));
			for (const { id } of unknown) await this.extend.webhooks.deleteEndpoint(id);
			if (unknown.length > 0) return;
		}
	}

	private async removeAll(endpoints: readonly KnownEndpoint[]): Promise<UnremovedEndpoint[]> {
		const unremoved: UnremovedEndpoint[] = [];
		for (const { id, url } of endpoints) {
			try {
				await this.extend.webhooks.deleteEndpoint(id);
			} catch (caught) {
				unremoved.push({ id, url, cause: asExtendError(caught) });
			}
		}
		return unremoved;
	}
}

function addressTaken({ id, name }: Endpoint): ExtendError {
	return inputError(
		`Another workflow receives Extend's events at the address of this trigger, through the webhook endpoint "${name}" (${id})`,
		'If this workflow is a copy, delete this trigger and add a new one, which gets its own address. ' +
			'If no workflow uses that endpoint any more, remove it in the Extend dashboard and try again.',
	);
}
