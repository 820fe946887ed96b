import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context';
import { cutPage, type ListEnvelope } from '../lists/page';
import { pageFields, sortDirField, type PageOptions } from '../lists/query';
import { idOf } from '../server/params';
import type { StoredClassifier, StoredVersion } from '../store';
import { checkCategories, configSchema, normalizeConfig } from './config';
import { findClassifier, findVersion } from './find';
import { AUTHOR } from './routes';
import { shapeVersion, shapeVersionSummary } from './shape';

const listQuery = z.object({ ...pageFields, ...sortDirField }).strict();
const versionParams = z.object({ id: z.string(), version: z.string() });

const publishSchema = z
	.object({
		releaseType: z.enum(['major', 'minor']),
		description: z.string().optional(),
		config: configSchema.optional(),
	})
	.strict();

/** Routes below /classifiers/{id}/versions. */
export function registerVersionRoutes(app: FastifyInstance, context: Context): void {
	const { options, store } = context;

	app.get('/classifiers/:id/versions', async ({ params, query }) =>
		listVersions(findClassifier(store, idOf(params)), listQuery.parse(query), options),
	);

	app.get('/classifiers/:id/versions/:version', async ({ params }) => {
		const { id, version } = versionParams.parse(params);
		return shapeVersion(findVersion(findClassifier(store, id), version), id);
	});

	app.post('/classifiers/:id/versions', async ({ params, body }) => {
		const classifier = findClassifier(store, idOf(params));
		const request = publishSchema.parse(body);
		if (request.config) checkCategories(request.config.classifications, 'config', options.requireOther);
		return shapeVersion(publish(classifier, request, context), classifier.id);
	});
}

function listVersions(
	{ id, draft, published }: StoredClassifier,
	query: z.infer<typeof listQuery>,
	options: PageOptions,
): ListEnvelope<Extend.ClassifierVersionSummary> {
	const draftAtMs = query.sortDir === 'desc' ? Number.MAX_SAFE_INTEGER : -1; // the draft always comes first
	const listing = {
		name: `versions of ${id}`,
		entries: [draft, ...published],
		positionOf: (version: StoredVersion) => ({
			atMs: version === draft ? draftAtMs : version.createdAtMs,
			id: version.id,
		}),
		shape: (version: StoredVersion) => shapeVersionSummary(version, id),
	};
	return cutPage(listing, query, options);
}

function publish(
	classifier: StoredClassifier,
	{ releaseType, description, config }: z.infer<typeof publishSchema>,
	{ options, nextId }: Context,
): StoredVersion {
	const nowMs = options.nowMs();
	const last = classifier.published.at(-1);
	const version: StoredVersion = {
		id: nextId('clv'),
		version: nextNumber(last?.version ?? '0.0', releaseType),
		description: description ?? null,
		config: config ? normalizeConfig(config) : classifier.draft.config,
		createdBy: AUTHOR,
		// Two versions of one millisecond would have no order in the list.
		createdAtMs: Math.max(nowMs, (last?.createdAtMs ?? 0) + 1),
	};
	classifier.published.push(version);
	classifier.updatedAtMs = nowMs;
	return version;
}

function nextNumber(last: string, releaseType: 'major' | 'minor'): string {
	const [major = 0, minor = 0] = last.split('.').map(Number);
	return releaseType === 'major' ? `${major + 1}.0` : `${major}.${minor + 1}`;
}
