import fc from 'fast-check';
import { ExtendClient } from '../../../nodes/Extend/api/client';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { HttpResult } from '../../../nodes/Extend/api/http';
import type { BatchInput } from '../../../nodes/Extend/starting/batchStart';
import { startBatch } from '../../../nodes/Extend/starting/batchStart';
import { EarlierBatches } from '../../../nodes/Extend/starting/earlierBatches';
import { RunFinder } from '../../../nodes/Extend/starting/finder';
import type { BatchPlan } from '../../../nodes/Extend/starting/plan';
import { findBatchRuns } from '../../../nodes/Extend/waiting/batchRuns';
import { textAnswer } from '../support/answers';
import { anyBody } from '../support/chaos';
import { SEED } from '../support/random';
import { scripted } from '../support/scriptedSend';

const RUNS = { seed: SEED, numRuns: 100 };
const TOKENS = ['run:a', 'run:b'];
const target = { classifier: { id: 'cl_1' } };

const plans = TOKENS.map((token): BatchPlan => ({ target, source: { kind: 'input', file: { text: 'x' } }, metadata: { 'n8n:start': token }, token, looksFirst: true }));
const documents = plans.map((plan): BatchInput => ({ plan, file: { text: 'x' }, known: new Set() }));

const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.integer({ min: 201, max: 599 }) });
const lost = fc.constantFrom<HttpResult>({ kind: 'lost', cause: 'the connection broke off' }, { kind: 'notSent', cause: 'the connection was refused' });
const answered = fc.tuple(status, anyBody).map(([code, body]): HttpResult => textAnswer(code, body));
/** A list of runs with whatever stands where tokens, IDs and statuses belong. */
const entry = fc.record(
	{
		id: fc.oneof(fc.constantFrom('clr_1', 'clr_2', ''), fc.anything({ maxDepth: 1 })),
		status: fc.oneof(fc.constantFrom('PENDING', 'PROCESSED', 'FAILED', 'BRAND_NEW'), fc.anything({ maxDepth: 1 })),
		createdAt: fc.oneof(fc.constant('1970-01-01T00:00:01Z'), fc.anything({ maxDepth: 1 })),
		metadata: fc.oneof(fc.constantFrom(null, ...TOKENS.map((token) => ({ 'n8n:start': token }))), fc.anything({ maxDepth: 1 })),
		classifier: fc.oneof(fc.constantFrom(null, { id: 'cl_1' }), fc.anything({ maxDepth: 1 })),
	},
	{ requiredKeys: [] },
);
const listed = fc.record({ data: fc.array(fc.oneof(entry, fc.anything({ maxDepth: 1 }))), nextPageToken: fc.oneof(fc.constantFrom(null, '1', '2'), fc.string()) });
const list = listed.map((page): HttpResult => textAnswer(200, JSON.stringify(page)));
const results = fc.array(fc.oneof({ weight: 4, arbitrary: list }, { weight: 4, arbitrary: answered }, { weight: 1, arbitrary: lost }), { minLength: 1, maxLength: 8 });

const portsOf = (client: ExtendClient, script: ReturnType<typeof scripted>) => ({
	startBatch: async (request: Parameters<ExtendClient['startBatch']>[0]) => await client.startBatch(request),
	getRun: async (id: string) => await client.getRun(id),
	finder: new RunFinder({ listRuns: async (...query) => await client.listRuns(...query), clock: script.clock }),
	startedBatchIds: {},
	startedRunIds: {},
	unansweredStarts: {},
});

/** Whether one of the answers says that nothing was made, so that the request may be sent again. */
const mayRepeat = (answers: HttpResult[]) =>
	answers.some((each) => each.kind === 'notSent' || (each.kind === 'answer' && (each.status === 429 || each.text.includes('"retryable":true'))));

describe(`generated answers to batches (seed ${SEED})`, () => {
	it('never bring about a second request, neither at once nor in a later try while no run is seen', async () => {
		const property = fc.asyncProperty(results, async (answers) => {
			const script = scripted(answers, 10);
			const ports = portsOf(new ExtendClient(script), script);
			const end = await startBatch({ target, documents }, ports);
			const requests = () => script.sent.filter(({ method }) => method === 'POST').length;
			if (!mayRepeat(answers)) expect(requests()).toBe(1);
			if (end.kind !== 'unanswered') return;
			for (const plan of plans.filter(({ token }) => !end.runs.has(token))) {
				const earlier = await new EarlierBatches(ports).find(plan).catch((caught: unknown) => caught);
				if (earlier instanceof ExtendError) continue;
				// A run that the request has made and that has failed since is the one reason to start anew.
				expect(earlier).toMatchObject({ kind: expect.stringMatching(/^(run|unanswered|none)$/) });
				if (earlier instanceof Object && 'known' in earlier) expect(earlier.known).not.toEqual(new Set());
			}
		});
		await fc.assert(property, RUNS);
	});

	it('let the search for runs end at its deadline at the latest, and hand over only what has an ID, once', async () => {
		const property = fc.asyncProperty(results, fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant('many')), async (answers, runCount) => {
			const script = scripted(answers, 10);
			const ids: unknown[] = [];
			const take = (runs: Array<{ id?: unknown }>) => void ids.push(...runs.map(({ id }) => id));
			const ports = { extend: new ExtendClient(script), clock: script.clock };
			const end = await findBatchRuns({ id: 'bpr_1', status: 'PENDING', json: { runCount } }, { sinceMs: 0, timeoutMs: 60_000, take }, ports);
			expect(end.kind).toMatch(/^(complete|over|deadline|unreadable)$/);
			expect(script.clock.nowMs()).toBeLessThanOrEqual(66_000);
			expect(ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
			expect(new Set(ids).size).toBe(ids.length);
		});
		await fc.assert(property, RUNS);
	});
});
