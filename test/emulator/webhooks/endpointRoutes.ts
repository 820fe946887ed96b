import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AUTHOR } from '../classifiers/routes';
import type { Context } from '../context';
import { cutPage, type ListEnvelope } from '../lists/page';
import { pageFields, sortDirField } from '../lists/query';
import { notFound } from '../server/errors';
import { API_VERSION } from '../server/guard';
import { idOf } from '../server/params';
import type { Store, StoredEndpoint } from '../store';
import { isoTime } from '../time';
import { GLOBAL_EVENTS } from './events';

const statusSchema = z.enum(['enabled', 'disabled']);
const listQuery = z.object({ ...pageFields, ...sortDirField, status: statusSchema.optional() }).strict();

const eventsSchema = z.array(z.string().refine((event) => GLOBAL_EVENTS.includes(event), 'Invalid event type'));

const advancedOptions = z
	.object({
		headers: z.record(z.string()).optional(),
		payload: z
			.object({ format: z.enum(['json', 'url']), urlThresholdBytes: z.number().int().min(0).optional() })
			.strict()
			.optional(),
	})
	.strict();

const createSchema = z
	.object({
		url: z.string().url(),
		name: z.string().min(1),
		status: statusSchema.default('enabled'),
		enabledEvents: eventsSchema,
		apiVersion: z.literal(API_VERSION),
		advancedOptions: advancedOptions.optional(),
	})
	.strict();

/** Without `apiVersion`, which is immutable: as an unknown key it is refused. */
const updateSchema = z
	.object({
		url: z.string().url(),
		name: z.string().min(1),
		status: statusSchema,
		enabledEvents: eventsSchema,
		advancedOptions,
	})
	.partial()
	.strict();

/** Routes below /webhook_endpoints. */
export function registerEndpointRoutes(app: FastifyInstance, context: Context): void {
	const { store } = context;

	app.post('/webhook_endpoints', async ({ body }) => createEndpoint(createSchema.parse(body), context));

	app.get('/webhook_endpoints', async ({ query }) => listEndpoints(query, context));

	app.get('/webhook_endpoints/:id', async ({ params }) => findEndpoint(store, idOf(params)).endpoint);

	app.post('/webhook_endpoints/:id', async ({ params, body }) => {
		const stored = findEndpoint(store, idOf(params));
		const { advancedOptions: changed, ...fields } = updateSchema.parse(body);
		const advanced = changed ? { ...stored.endpoint.advancedOptions, ...changed } : stored.endpoint.advancedOptions;
		stored.endpoint = { ...stored.endpoint, ...fields, advancedOptions: advanced };
		return stored.endpoint;
	});

	app.delete('/webhook_endpoints/:id', async ({ params }) => {
		const { id } = findEndpoint(store, idOf(params)).endpoint;
		store.endpoints.delete(id);
		for (const { subscription } of store.subscriptions.values()) {
			if (subscription.webhookEndpointId === id) store.subscriptions.delete(subscription.id);
		}
		return { id };
	});
}

/** @throws ApiProblem 404 */
export function findEndpoint(store: Store, id: string): StoredEndpoint {
	const stored = store.endpoints.get(id);
	if (stored === undefined) throw notFound('Webhook endpoint');
	return stored;
}

function listEndpoints(rawQuery: unknown, { options, store }: Context): ListEnvelope<Extend.WebhookEndpoint> {
	const query = listQuery.parse(rawQuery);
	const { status } = query;
	const listing = {
		name: 'webhook_endpoints',
		entries: [...store.endpoints.values()].filter((each) => status === undefined || each.endpoint.status === status),
		positionOf: ({ endpoint, createdAtMs }: StoredEndpoint) => ({ atMs: createdAtMs, id: endpoint.id }),
		shape: ({ endpoint }: StoredEndpoint) => endpoint,
	};
	return cutPage(listing, query, options);
}

/** The only answer that holds the signing secret. */
function createEndpoint(request: z.infer<typeof createSchema>, context: Context): Extend.WebhookEndpointCreate {
	const createdAtMs = context.options.nowMs();
	const endpoint: Extend.WebhookEndpoint = {
		...request,
		object: 'webhook_endpoint',
		id: context.nextId('wh'),
		advancedOptions: request.advancedOptions ?? null,
		createdBy: AUTHOR,
		createdAt: isoTime(createdAtMs),
	};
	const signingSecret = context.nextId('wss');
	context.store.endpoints.set(endpoint.id, { endpoint, signingSecret, createdAtMs });
	context.announcer.start();
	return { ...endpoint, signingSecret };
}
