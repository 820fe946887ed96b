import { createHash } from 'node:crypto';
import { API_VERSION } from '../api/deployment';
import type { Endpoint, Subscription } from '../api/webhooks';

/** What Extend is to know of a trigger. */
export interface DesiredEndpoint {
	/** Where n8n takes the deliveries. */
	url: string;
	/** Name of the endpoint; holds `mark`. */
	name: string;
	/** Tells this trigger's endpoints from all others, also when n8n has forgotten their IDs. */
	mark: string;
	events: string[];
	/** The one classifier whose events are desired; undefined for those of the whole workspace. */
	classifierId?: string;
}

/** An endpoint as n8n remembers it. */
export interface KnownEndpoint {
	id: string;
	url: string;
}

/** What n8n remembers of a trigger between activations. */
export interface TriggerState {
	/** The endpoint in use, with the secret that Extend tells only once. */
	registered?: KnownEndpoint & { signingSecret: string };
	/** Endpoints that were to be removed while Extend could not be reached. */
	pendingRemovals: KnownEndpoint[];
}

/** One step towards what is desired; in this order nothing that is desired is ever switched off. */
export type Change =
	| { kind: 'update'; change: { status?: string; events?: string[] } }
	| { kind: 'subscribe'; classifierId: string; events: string[] }
	| { kind: 'unsubscribe'; subscriptionId: string };

const MARK_LENGTH = 12;
/** No limit of Extend is known; longer names would not fit the dashboard anyway. */
const MAX_WORKFLOW_NAME = 60;

/** The mark of a node in a workflow of an n8n instance. */
export function endpointMarkOf(parts: { instanceId: string; workflowId: string; nodeId: string }): string {
	const { instanceId, workflowId, nodeId } = parts;
	return createHash('sha256').update(JSON.stringify([instanceId, workflowId, nodeId])).digest('hex').slice(0, MARK_LENGTH);
}

/** The endpoint's name: the workflow and the n8n it belongs to, for people, and the mark. */
export function nameEndpoint({ workflowName, url, mark }: { workflowName: string; url: string; mark: string }): string {
	const letters = [...workflowName.replace(/\s+/g, ' ').trim()];
	const short = letters.length > MAX_WORKFLOW_NAME ? `${letters.slice(0, MAX_WORKFLOW_NAME - 1).join('')}…` : letters.join('');
	return `n8n: ${short || 'workflow'} (${URL.canParse(url) ? new URL(url).host : url}) [${mark}]`;
}

/** The endpoints that this trigger has made: at its very address, and known to n8n or with its mark. */
export function findOwn(endpoints: readonly Endpoint[], desired: DesiredEndpoint, { registered, pendingRemovals }: TriggerState): Endpoint[] {
	return endpoints.filter(({ id, url, name }) => {
		const isPendingRemoval = pendingRemovals.some((left) => left.id === id && isSameUrl(left.url, url));
		const isHere = isSameUrl(url, desired.url);
		return isPendingRemoval || (isHere && (id === registered?.id || name.includes(`[${desired.mark}]`)));
	});
}

/** The endpoint that can go on: its secret is known, and it sends the format of events that is read here. */
export function findUsable(own: readonly Endpoint[], desired: DesiredEndpoint, { registered }: TriggerState): Endpoint | undefined {
	return own.find(({ id, url, apiVersion }) => id === registered?.id && isSameUrl(url, desired.url) && apiVersion === API_VERSION);
}

/** What has to change at an endpoint and its subscriptions; nothing where all is as desired. */
export function planChanges(endpoint: Endpoint, subscriptions: readonly Subscription[], desired: DesiredEndpoint): Change[] {
	const { classifierId, events } = desired;
	const ownEvents = classifierId === undefined ? events : [];
	const isSubscribed = subscriptions.some((each) => each.resourceId === classifierId && isSameSet(each.events, events));
	const change = {
		...(endpoint.status === 'enabled' ? {} : { status: 'enabled' }),
		...(isSameSet(endpoint.events, ownEvents) ? {} : { events: ownEvents }),
	};
	return [
		...(classifierId === undefined || isSubscribed ? [] : [{ kind: 'subscribe' as const, classifierId, events }]),
		...(Object.keys(change).length === 0 ? [] : [{ kind: 'update' as const, change }]),
		...subscriptions
			.filter(({ resourceId }) => resourceId !== classifierId)
			.map(({ id }) => ({ kind: 'unsubscribe' as const, subscriptionId: id })),
	];
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((entry) => other.includes(entry));
}

/** Whether two addresses are the same, however their hosts and paths are written. */
export function isSameUrl(one: string, other: string): boolean {
	return one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href);
}
