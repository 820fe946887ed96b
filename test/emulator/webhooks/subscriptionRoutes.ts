import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findClassifier } from '../classifiers/find';
import type { Context } from '../context';
import { cutPage, type ListEnvelope } from '../lists/page';
import { pageFields, sortDirField } from '../lists/query';
import { invalid, notFound } from '../server/errors';
import { idOf } from '../server/params';
import type { Store, StoredSubscription } from '../store';
import { isoTime } from '../time';
import { findEndpoint } from './endpointRoutes';
import { RESOURCE_EVENTS } from './events';

const listQuery = z
	.object({
		...pageFields,
		...sortDirField,
		webhookEndpointId: z.string().optional(),
		resourceId: z.string().optional(),
	})
	.strict();

const createSchema = z
	.object({
		webhookEndpointId: z.string(),
		resourceType: z.enum(['extractor', 'classifier', 'splitter', 'workflow']),
		resourceId: z.string().min(1),
		enabledEvents: z.array(z.string()).min(1),
	})
	.strict();

const updateSchema = createSchema.pick({ enabledEvents: true });

type Query = z.infer<typeof listQuery>;
type Request = z.infer<typeof createSchema>;

/** Routes below /webhook_subscriptions. */
export function registerSubscriptionRoutes(app: FastifyInstance, context: Context): void {
	const { store } = context;

	app.post('/webhook_subscriptions', async ({ body }) => upsert(createSchema.parse(body), context));

	app.get('/webhook_subscriptions', async ({ query }) => listSubscriptions(query, context));

	app.get('/webhook_subscriptions/:id', async ({ params }) => findSubscription(store, idOf(params)).subscription);

	app.post('/webhook_subscriptions/:id', async ({ params, body }) => {
		const stored = findSubscription(store, idOf(params));
		const { enabledEvents } = updateSchema.parse(body);
		checkEvents(enabledEvents, stored.subscription.resourceType);
		stored.subscription = { ...stored.subscription, enabledEvents };
		return stored.subscription;
	});

	app.delete('/webhook_subscriptions/:id', async ({ params }) => {
		const { id } = findSubscription(store, idOf(params)).subscription;
		store.subscriptions.delete(id);
		return { id };
	});
}

/** The same endpoint and resource change the events of the subscription that exists. */
function upsert(request: Request, { options, store, nextId }: Context): Extend.WebhookSubscription {
	checkRequest(request, store);
	const existing = findSame(request, store);
	if (existing) {
		existing.subscription = { ...existing.subscription, enabledEvents: request.enabledEvents };
		return existing.subscription;
	}
	const createdAtMs = options.nowMs();
	const id = nextId('whes');
	const subscription = { object: 'webhook_subscription' as const, id, ...request, createdAt: isoTime(createdAtMs) };
	store.subscriptions.set(id, { subscription, createdAtMs });
	return subscription;
}

function checkRequest({ webhookEndpointId, resourceType, resourceId, enabledEvents }: Request, store: Store): void {
	findEndpoint(store, webhookEndpointId);
	// Only classifiers exist here; IDs of other resources are taken on trust.
	if (resourceType === 'classifier') findClassifier(store, resourceId);
	checkEvents(enabledEvents, resourceType);
}

function findSame(request: Request, store: Store): StoredSubscription | undefined {
	return [...store.subscriptions.values()].find(
		({ subscription }) =>
			subscription.webhookEndpointId === request.webhookEndpointId &&
			subscription.resourceType === request.resourceType &&
			subscription.resourceId === request.resourceId,
	);
}

function listSubscriptions(rawQuery: unknown, { options, store }: Context): ListEnvelope<Extend.WebhookSubscription> {
	const query = listQuery.parse(rawQuery);
	const listing = {
		name: 'webhook_subscriptions',
		entries: [...store.subscriptions.values()].filter((stored) => matches(stored, query)),
		positionOf: ({ subscription, createdAtMs }: StoredSubscription) => ({ atMs: createdAtMs, id: subscription.id }),
		shape: ({ subscription }: StoredSubscription) => subscription,
	};
	return cutPage(listing, query, options);
}

function checkEvents(events: string[], resourceType: string): void {
	const known = Object.entries(RESOURCE_EVENTS).find(([type]) => type === resourceType)?.[1] ?? [];
	const wrong = events.find((event) => !known.includes(event));
	if (wrong !== undefined) throw invalid(`The event ${wrong} is not valid for a ${resourceType}.`, 'enabledEvents');
}

function matches({ subscription }: StoredSubscription, { webhookEndpointId, resourceId }: Query): boolean {
	return (
		(webhookEndpointId === undefined || subscription.webhookEndpointId === webhookEndpointId) &&
		(resourceId === undefined || subscription.resourceId === resourceId)
	);
}

function findSubscription(store: Store, id: string): StoredSubscription {
	const stored = store.subscriptions.get(id);
	if (stored === undefined) throw notFound('Webhook subscription');
	return stored;
}
