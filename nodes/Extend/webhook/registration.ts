import { API_VERSION } from '../api/deployment';
import type { Endpoint, EndpointChange, Subscription } from '../api/webhooks';

/** The endpoint that a trigger needs at Extend. */
export interface DesiredEndpoint {
	/** Where n8n receives deliveries. */
	url: string;
	/** Holds the workflow's name for people, and `mark`. */
	name: string;
	/** The mark of the workflow. It identifies this trigger's endpoints when n8n has lost their IDs. */
	mark: string;
	events: string[];
	/** The one classifier whose events are wanted; undefined for those of the whole workspace. */
	classifierId?: string;
}

/** An endpoint as n8n has stored it. */
export interface KnownEndpoint {
	id: string;
	url: string;
}

/** What n8n stores for a trigger between activations. */
export interface TriggerState {
	/** The endpoint in use, with the secret that Extend returns only once. */
	registered?: KnownEndpoint & { signingSecret: string };
	/** Endpoints that could not be removed yet. */
	pendingRemovals: KnownEndpoint[];
}

/** One step of a repair. The order of the steps keeps everything that is wanted switched on. */
export type Change =
	| { kind: 'update'; change: EndpointChange }
	| { kind: 'subscribe'; classifierId: string; events: string[] }
	| { kind: 'unsubscribe'; subscriptionId: string };

/** No limit of Extend is known; longer names would not fit the dashboard. */
const MAX_WORKFLOW_NAME = 60;
/** A mark at the end of a name that `nameEndpoint` has made. */
const MARK_IN_NAME = /^n8n: .*\[([0-9a-f]{12})\]$/s;

/** The name of an endpoint: its workflow and the host of its n8n, for people, and the mark. */
export function nameEndpoint({ workflowName, url, mark }: { workflowName: string; url: string; mark: string }): string {
	const letters = [...workflowName.replace(/\s+/g, ' ').trim()];
	const short = letters.length > MAX_WORKFLOW_NAME ? `${letters.slice(0, MAX_WORKFLOW_NAME - 1).join('')}…` : letters.join('');
	return `n8n: ${short || 'workflow'} (${URL.canParse(url) ? new URL(url).host : url}) [${mark}]`;
}

/**
 * The endpoints of this trigger: at its address, and either stored by n8n or with the mark of its workflow. One with the
 * mark of another workflow is never among them: a copy of a workflow can hold the stored data of its original.
 */
export function findOwn(endpoints: readonly Endpoint[], desired: DesiredEndpoint, state: TriggerState): Endpoint[] {
	const { registered, pendingRemovals } = state;
	return endpoints.filter((endpoint) => {
		const { id, url, name } = endpoint;
		if (isOfOtherWorkflow(endpoint, desired)) return false;
		const isPending = pendingRemovals.some((pending) => pending.id === id && isSameUrl(pending.url, url));
		return isPending || (isSameUrl(url, desired.url) && (id === registered?.id || markIn(name) === desired.mark));
	});
}

/** An endpoint at this trigger's address that the trigger of another workflow has registered. */
export function findConflict(endpoints: readonly Endpoint[], desired: DesiredEndpoint): Endpoint | undefined {
	return endpoints.find((endpoint) => isSameUrl(endpoint.url, desired.url) && isOfOtherWorkflow(endpoint, desired));
}

function isOfOtherWorkflow({ name }: Endpoint, { mark }: DesiredEndpoint): boolean {
	const found = markIn(name);
	return found !== undefined && found !== mark;
}

/** The mark in a name; undefined for an endpoint that a person has made or renamed. */
function markIn(name: string): string | undefined {
	return MARK_IN_NAME.exec(name)?.[1];
}

/** The endpoint that can be kept: its secret is known, and it sends the format of events that is read here. */
export function findUsable(own: readonly Endpoint[], desired: DesiredEndpoint, { registered }: TriggerState): Endpoint | undefined {
	return own.find(({ id, url, apiVersion }) => id === registered?.id && isSameUrl(url, desired.url) && apiVersion === API_VERSION);
}

/** What has to change at an endpoint and its subscriptions; nothing if both are as desired. */
export function planChanges(endpoint: Endpoint, subscriptions: readonly Subscription[], desired: DesiredEndpoint): Change[] {
	const { classifierId, events } = desired;
	const ownEvents = classifierId === undefined ? events : [];
	const isSubscribed = subscriptions.some((each) => each.resourceId === classifierId && isSameSet(each.events, events));
	const change: EndpointChange = {
		...(endpoint.name === desired.name ? {} : { name: desired.name }),
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

/** Whether two addresses are the same, in whatever form their hosts and paths are written. */
export function isSameUrl(one: string, other: string): boolean {
	return one === other || (URL.canParse(one) && URL.canParse(other) && new URL(one).href === new URL(other).href);
}
