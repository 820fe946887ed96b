import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { invalid, notFound } from '../server/errors';
import { idOf } from '../server/params';
import { cancelRun } from './cancel';
import type { StoredRun } from './lifecycle';
import { listRuns } from './list';
import { createSchema } from './requests';
import { shapeRun } from './shape';
import { checkInput, DEFAULT_PRIORITY, startRun } from './start';
import { targetOf } from './target';

/** Routes below /classify_runs, batches apart. */
export function registerRunRoutes(app: FastifyInstance, context: Context): void {
	const { options, store } = context;

	app.post('/classify_runs', async ({ body }) => {
		const request = createSchema.parse(body);
		const target = targetOf(request, context);
		checkInput(request, context);
		context.queue.admit(1, options.nowMs());
		const priority = request.priority ?? DEFAULT_PRIORITY;
		const origin = { source: 'API', batchId: null, priority };
		const run = startRun({ target, input: request, origin }, context);
		return { ...shapeRun(run, run.createdAtMs), status: options.createStatus };
	});

	app.get('/classify_runs', async ({ query }) => listRuns(query, context));

	app.get('/classify_runs/:id', async ({ params }) => shapeRun(findRun(params, context), options.nowMs()));

	app.post('/classify_runs/:id/cancel', async ({ params, body }) => {
		if (body !== undefined && Object.keys(Object(body)).length > 0) throw invalid('Unrecognized keys in the body.');
		return cancelRun(findRun(params, context), options);
	});

	app.delete('/classify_runs/:id', async ({ params }) => {
		const run = findRun(params, context);
		context.queue.remove(run);
		store.runs.delete(run.id);
		return { id: run.id };
	});
}

function findRun(params: unknown, { store }: Context): StoredRun {
	const run = store.runs.get(idOf(params));
	if (run === undefined) throw notFound('Classify run');
	return run;
}
