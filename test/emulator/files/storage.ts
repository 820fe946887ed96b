import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context';
import { ApiProblem, notFound } from '../server/errors';

const paramsSchema = z.object({ id: z.string(), name: z.string() });
const querySchema = z.object({ expires: z.coerce.number() });

export const STORAGE_PREFIX = '/storage/';

/** Serves `presignedUrl`: outside Extend's API, without a key, until it expires. */
export function registerStorageRoutes(app: FastifyInstance, { options, store }: Context): void {
	app.get(`${STORAGE_PREFIX}:id/:name`, async ({ params, query }, reply) => {
		if (querySchema.parse(query).expires < options.nowMs()) throw new ApiProblem(403, 'Request has expired.');
		const file = store.files.get(paramsSchema.parse(params).id);
		if (file === undefined) throw notFound('File');
		return await reply.type('application/octet-stream').send(file.bytes);
	});
}
