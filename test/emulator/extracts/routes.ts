import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context';
import { notFound } from '../server/errors';
import { idOf } from '../server/params';
import { fileByIdSchema } from '../runs/requests';
import { extractFields } from './fields';
import { shapeExtract, type StoredExtract } from './shape';

const createSchema = z
	.object({
		config: z
			.object({ schema: z.record(z.unknown()), baseProcessor: z.string().optional(), extractionRules: z.string().optional() })
			.strict(),
		file: fileByIdSchema,
		metadata: z.record(z.unknown()).optional(),
	})
	.strict();

/**
 * The two calls of an extraction, as far as the examples need them: a schema that is given inline, and a file by its ID.
 * @see https://docs.extend.ai/2026-02-09/api-reference
 */
export function registerExtractRoutes(app: FastifyInstance, context: Context): void {
	const { options, store } = context;

	app.post('/extract_runs', async ({ body }) => {
		const extract = startExtract(createSchema.parse(body), context);
		return { ...shapeExtract(extract, options), status: options.createStatus };
	});

	app.get('/extract_runs/:id', async ({ params }): Promise<Extend.ExtractRun> => {
		const extract = store.extracts.get(idOf(params));
		if (extract === undefined) throw notFound('Extract run');
		return shapeExtract(extract, options);
	});
}

function startExtract({ config, file: { id }, metadata }: z.infer<typeof createSchema>, context: Context): StoredExtract {
	const { options, store, nextId } = context;
	const file = store.files.get(id);
	if (file === undefined) throw notFound('File');
	const isCharged = file.parseRunId === undefined;
	file.parseRunId ??= nextId('pr');
	const extract: StoredExtract = {
		id: nextId('exr'),
		createdAtMs: options.nowMs(),
		config: { baseProcessor: 'extraction_performance', ...config },
		metadata: metadata ?? null,
		file,
		parse: { id: file.parseRunId, isCharged },
		value: extractFields(file.pages.join('\n'), config.schema),
	};
	store.extracts.set(extract.id, extract);
	return extract;
}
