import type { Extend } from 'extend-ai';
import type { FastifyInstance } from 'fastify';
import type { Context, Shared } from '../context';
import { notFound } from '../server/errors';
import { idOf } from '../server/params';
import type { StoredBatch } from '../store';
import { isoTime } from '../time';
import { batchSchema } from './requests';
import { shapeRun } from './shape';
import { checkInput, DEFAULT_BATCH_PRIORITY, startRun } from './start';
import { findTarget } from './target';

const UNFINISHED = new Set(['PROCESSING', 'CANCELLING']);

/** POST /classify_runs/batch and GET /batch_runs/{id}. */
export function registerBatchRoutes(app: FastifyInstance, context: Context): void {
	const { options, store } = context;

	app.post('/classify_runs/batch', async ({ body }) => {
		const request = batchSchema.parse(body);
		const target = findTarget(request.classifier, context);
		for (const input of request.inputs) checkInput(input, context);
		const createdAtMs = options.nowMs();
		context.queue.admit(request.inputs.length, createdAtMs);
		const id = context.nextId('bpr');
		const priority = request.priority ?? DEFAULT_BATCH_PRIORITY;
		const origin = { source: 'BATCH_PROCESSOR_RUN', batchId: id, priority };
		const runIds = request.inputs.map((input) => startRun({ target, input, origin }, context).id);
		const batch = { id, runIds, createdAtMs };
		store.batches.set(id, batch);
		context.announcer.addBatch(batch);
		return { ...shapeBatch(batch, context), status: 'PENDING' };
	});

	app.get('/batch_runs/:id', async ({ params }) => {
		const batch = store.batches.get(idOf(params));
		if (batch === undefined) throw notFound('Batch run');
		return shapeBatch(batch, context);
	});
}

/** The batch as GET answers it. */
export function shapeBatch(batch: StoredBatch, context: Pick<Shared, 'store' | 'options'>): Extend.BatchRun {
	return {
		object: 'batch_run',
		id: batch.id,
		status: batch.status ?? statusOf(batch, context),
		runCount: batch.runIds.length,
		createdAt: isoTime(batch.createdAtMs),
	};
}

/**
 * PROCESSED as soon as all runs have ended, unless all ended the same other way. The sources differ on whether a
 * PROCESSED batch can hold failed runs; a client that copes with the looser reading copes with both.
 */
function statusOf({ runIds }: StoredBatch, { store, options }: Pick<Shared, 'store' | 'options'>): string {
	const runs = runIds.flatMap((id) => store.runs.get(id) ?? []);
	const statuses = runs.map((run) => shapeRun(run, options.nowMs()).status);
	const isPending = (status: string) => status === 'PENDING';
	if (statuses.length > 0 && statuses.every(isPending)) return 'PENDING';
	if (statuses.some((status) => isPending(status) || UNFINISHED.has(status))) return 'PROCESSING';
	const [only, ...others] = new Set(statuses);
	return others.length === 0 && (only === 'FAILED' || only === 'CANCELLED') ? only : 'PROCESSED';
}
