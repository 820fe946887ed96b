import type { Extend } from 'extend-ai';
import { z } from 'zod';
import type { Context } from '../context';
import { cutPage, type ListEnvelope } from '../lists/page';
import { pageFields, sortFields } from '../lists/query';
import { phaseAt, updatedAtMs, type StoredRun } from './lifecycle';
import { shapeRun, shapeRunSummary } from './shape';

const querySchema = z
	.object({
		...pageFields,
		...sortFields,
		status: z.enum(['PENDING', 'PROCESSING', 'CANCELLING', 'PROCESSED', 'FAILED', 'CANCELLED']).optional(),
		classifierId: z.string().optional(),
		batchId: z.string().optional(),
		/** An open set at Extend. */
		source: z.string().optional(),
		sourceId: z.string().optional(),
		fileNameContains: z.string().optional(),
	})
	.strict();

type RunQuery = z.infer<typeof querySchema>;

/** GET /classify_runs. @throws ZodError, ApiProblem 400 */
export function listRuns(rawQuery: unknown, { store, options }: Context): ListEnvelope<Extend.ClassifyRunSummary> {
	const query = querySchema.parse(rawQuery);
	const nowMs = options.nowMs();
	const isListed = (run: StoredRun) => run.createdAtMs + options.listLagMs <= nowMs && matches(run, query, nowMs);
	const sortedBy = (run: StoredRun) => (query.sortBy === 'createdAt' ? run.createdAtMs : updatedAtMs(run, nowMs));
	const listing = {
		name: 'classify_runs',
		entries: [...store.runs.values()].filter(isListed),
		positionOf: (run: StoredRun) => ({ atMs: sortedBy(run), id: run.id }),
		shape: (run: StoredRun) => shapeRunSummary(run, nowMs),
	};
	return cutPage(listing, query, options);
}

function matches(run: StoredRun, query: RunQuery, nowMs: number): boolean {
	const { status, classifierId, batchId, source, sourceId, fileNameContains } = query;
	const fileName = run.file?.name.toLowerCase() ?? '';
	return (
		(status === undefined || status === statusOf(run, nowMs)) &&
		(classifierId === undefined || classifierId === run.classifier?.id) &&
		(batchId === undefined || batchId === run.batchId) &&
		(source === undefined || source === run.source) &&
		(sourceId === undefined || sourceId === run.sourceId) &&
		(fileNameContains === undefined || fileName.includes(fileNameContains.toLowerCase()))
	);
}

function statusOf(run: StoredRun, nowMs: number): string {
	return 'status' in run.overrides ? shapeRun(run, nowMs).status : phaseAt(run, nowMs).status;
}
