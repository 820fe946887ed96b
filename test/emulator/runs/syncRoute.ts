import type { FastifyInstance } from 'fastify';
import type { Context } from '../context';
import { ApiProblem } from '../server/errors';
import { endOf, phaseAt, type StoredRun } from './lifecycle';
import { classifySchema } from './requests';
import { shapeRun } from './shape';
import { checkInput, DEFAULT_PRIORITY, startRun } from './start';
import { targetOf } from './target';

/** Longest pause before the next look; a download or the queue can move a run's end. */
const LOOK_MS = 20;

/** POST /classify, which answers once the run has ended. */
export function registerSyncRoute(app: FastifyInstance, context: Context): void {
	app.post('/classify', async ({ body }) => {
		const request = classifySchema.parse(body);
		const target = targetOf(request, context);
		checkInput(request, context);
		context.queue.admit(1, context.options.nowMs());
		const origin = { source: 'API', batchId: null, priority: DEFAULT_PRIORITY };
		const run = startRun({ target, input: request, origin }, context);
		await waitForEnd(run, context);
		return shapeRun(run, context.options.nowMs());
	});
}

/** @throws ApiProblem 504 after the time limit; what Extend answers then is not documented, the run stays */
async function waitForEnd(run: StoredRun, { options, queue, timers }: Context): Promise<void> {
	const deadlineMs = run.createdAtMs + options.syncTimeoutMs;
	for (let nowMs = run.createdAtMs; !phaseAt(run, nowMs).isFinal; nowMs = options.nowMs()) {
		if (nowMs >= deadlineMs) throw new ApiProblem(504, 'The document was not classified in time.');
		await timers.pause(Math.min((endOf(run) ?? Infinity) - nowMs, LOOK_MS, deadlineMs - nowMs));
		queue.settle(options.nowMs());
	}
}
