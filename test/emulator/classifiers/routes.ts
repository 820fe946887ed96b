import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context';
import { cutPage, type ListEnvelope } from '../lists/page';
import { pageFields, sortFields } from '../lists/query';
import { idOf } from '../server/params';
import type { StoredClassifier } from '../store';
import { checkCategories, configSchema, normalizeConfig } from './config';
import { findClassifier } from './find';
import { configOf } from './seed';
import { shapeClassifier, shapeClassifierSummary } from './shape';

const listQuery = z.object({ ...pageFields, ...sortFields }).strict();

const createSchema = z
	.object({ name: z.string().min(1), config: configSchema.optional(), cloneClassifierId: z.string().optional() })
	.strict()
	.refine(({ config, cloneClassifierId }) => config === undefined || cloneClassifierId === undefined, {
		message: 'Only one of "config" and "cloneClassifierId" can be given.',
	});

const updateSchema = z.object({ name: z.string().min(1), config: configSchema }).partial().strict();

/** Routes below /classifiers, versions apart. */
export function registerClassifierRoutes(app: FastifyInstance, context: Context): void {
	const { options, store } = context;

	app.get('/classifiers', async ({ query }) => listClassifiers(query, context));

	app.post('/classifiers', async ({ body }) => shapeClassifier(createClassifier(createSchema.parse(body), context)));

	app.get('/classifiers/:id', async ({ params }) => shapeClassifier(findClassifier(store, idOf(params))));

	app.post('/classifiers/:id', async ({ params, body }) => {
		const classifier = findClassifier(store, idOf(params));
		const { name = classifier.name, config } = updateSchema.parse(body);
		if (config) {
			checkCategories(config.classifications, 'config', options.requireOther);
			classifier.draft = { ...classifier.draft, config: normalizeConfig(config) };
		}
		classifier.name = name;
		classifier.updatedAtMs = options.nowMs();
		return shapeClassifier(classifier);
	});
}

function listClassifiers(rawQuery: unknown, { options, store }: Context): ListEnvelope<Extend.ClassifierSummary> {
	const query = listQuery.parse(rawQuery);
	const sortedBy = (each: StoredClassifier) => (query.sortBy === 'createdAt' ? each.createdAtMs : each.updatedAtMs);
	const listing = {
		name: 'classifiers',
		entries: [...store.classifiers.values()],
		positionOf: (each: StoredClassifier) => ({ atMs: sortedBy(each), id: each.id }),
		shape: shapeClassifierSummary,
	};
	return cutPage(listing, query, options);
}

function createClassifier(request: z.infer<typeof createSchema>, context: Context): StoredClassifier {
	const { options, store, nextId } = context;
	const { name, cloneClassifierId } = request;
	const cloned = cloneClassifierId === undefined ? undefined : findClassifier(store, cloneClassifierId);
	const config = request.config ?? cloned?.draft.config ?? configOf();
	checkCategories(config.classifications, 'config', options.requireOther);
	const createdAtMs = options.nowMs();
	const draft = {
		id: nextId('clv'),
		version: 'draft',
		description: null,
		config: normalizeConfig(config),
		createdBy: AUTHOR,
		createdAtMs,
	};
	const classifier = { id: nextId('cl'), name, draft, published: [], createdAtMs, updatedAtMs: createdAtMs };
	store.classifiers.set(classifier.id, classifier);
	return classifier;
}

/** Whoever holds the key. */
export const AUTHOR = { type: 'api_key', name: 'stand-in key' } as const;
