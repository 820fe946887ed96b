import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context, Shared } from '../context';
import { STORAGE_PREFIX } from '../files/storage';
import { ApiProblem, notFound } from '../server/errors';
import type { WebhookEvent } from './announcer';

/** Lifetime of a signed URL. @see https://docs.extend.ai/2026-02-09/product/webhooks/configuration */
const URL_LIFETIME_MS = 60 * 60 * 1_000;
const PAYLOADS = `${STORAGE_PREFIX}payloads/`;

const paramsSchema = z.object({ name: z.string() });
const querySchema = z.object({ expires: z.coerce.number() });

/** The body of a delivery; with the payload itself, or with a URL from which it can be had. */
export function buildBody(event: WebhookEvent, endpoint: Extend.WebhookEndpoint, context: Shared): string {
	const { eventId, eventType, payload } = event;
	const content = JSON.stringify(payload);
	if (!goesByUrl(content, endpoint, context)) return JSON.stringify({ eventId, eventType, payload });
	const name = `${eventId}.json`;
	context.store.payloads.set(name, content);
	const data = `${context.url()}${PAYLOADS}${name}?expires=${context.options.nowMs() + URL_LIFETIME_MS}`;
	const metadata = 'metadata' in payload && payload.metadata ? { metadata: payload.metadata } : {};
	const signed = { object: 'signed_data_url', data, id: payload.id, ...metadata };
	return JSON.stringify({ eventId, eventType, payload: signed });
}

/** Without a threshold every payload goes by URL: Extend's own threshold is not known. */
function goesByUrl(content: string, { advancedOptions }: Extend.WebhookEndpoint, { options }: Shared): boolean {
	const { format, urlThresholdBytes = 0 } = advancedOptions?.payload ?? {};
	if (options.webhookPayload !== undefined) return options.webhookPayload === 'url';
	return format === 'url' && Buffer.byteLength(content) > urlThresholdBytes;
}

/** Serves payloads that went by URL: outside Extend's API, without a key, until the URL expires. */
export function registerPayloadRoutes(app: FastifyInstance, { options, store }: Context): void {
	app.get(`${PAYLOADS}:name`, async ({ params, query }, reply) => {
		if (querySchema.parse(query).expires < options.nowMs()) throw new ApiProblem(403, 'Request has expired.');
		const content = store.payloads.get(paramsSchema.parse(params).name);
		if (content === undefined) throw notFound('Payload');
		return await reply.type('application/json').send(content);
	});
}
