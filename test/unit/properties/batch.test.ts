import fc from 'fast-check';
import { ExtendClient } from '../../../nodes/Extend/api/client';
import type { HttpResult } from '../../../nodes/Extend/api/http';
import type { Placement } from '../../../nodes/Extend/starting/batchPlacement';
import { BatchStarter } from '../../../nodes/Extend/starting/batchStarter';
import type { BatchPlan } from '../../../nodes/Extend/starting/plan';
import { findBatchRuns } from '../../../nodes/Extend/waiting/batchRuns';
import { textAnswer } from '../support/answers';
import { anyBody } from '../support/chaos';
import { SEED } from '../support/random';
import { scripted } from '../support/scriptedSend';
import { startContextOf } from '../support/startContext';

const RUNS = { seed: SEED, numRuns: 100 };
const TOKENS = ['run:a', 'run:b'];
const target = { classifier: { id: 'cl_1' } };

const plans = TOKENS.map((token): BatchPlan => ({ target, source: { kind: 'input', file: { text: 'x' } }, metadata: { 'n8n:start': token }, startKey: token, looksFirst: false }));
const documents = plans.map((plan) => ({ plan }));

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

async function place(starter: BatchStarter<(typeof documents)[number]>): Promise<Array<Placement<(typeof documents)[number]>>> {
	const placed: Array<Placement<(typeof documents)[number]>> = [];
	for await (const placement of starter.start(documents)) placed.push(placement);
	return placed;
}

/** Whether one of the answers says that nothing was made, so that the request may be sent again. */
const mayRepeat = (answers: HttpResult[]) =>
	answers.some((each) => each.kind === 'notSent' || (each.kind === 'answer' && (each.status === 429 || each.text.includes('"retryable":true'))));

describe(`generated answers to batches (seed ${SEED})`, () => {
	it('place each document once, and never bring about a second request, neither at once nor in a later try while no run is seen', async () => {
		const property = fc.asyncProperty(results, async (answers) => {
			const script = scripted(answers, 10);
			const client = new ExtendClient(script);
			const requests = () => script.sent.filter(({ method }) => method === 'POST').length;
			const placed = await place(new BatchStarter(startContextOf(client, script.clock)));
			const placedDocuments = placed.flatMap((one) => ('document' in one ? [one.document] : 'documents' in one ? one.documents : one.runs.map(({ document }) => document)));
			expect(new Set(placedDocuments)).toEqual(new Set(documents));
			expect(placedDocuments).toHaveLength(documents.length);
			if (!mayRepeat(answers)) expect(requests()).toBe(1);
		});
		await fc.assert(property, RUNS);
	});

	it('keep a document whose outcome is unknown from being sent again by the next try', async () => {
		const property = fc.asyncProperty(fc.array(list, { minLength: 1, maxLength: 8 }), async (lists) => {
			const script = scripted([{ kind: 'lost', cause: 'the connection broke off' }, ...lists], 10);
			const context = startContextOf(new ExtendClient(script), script.clock);
			const first = await place(new BatchStarter(context));
			const unknown = first.filter((one) => one.kind === 'failed').map(({ document }) => document);
			const again = await place(new BatchStarter(context));
			const sentAgain = script.sent.filter(({ method }) => method === 'POST').length > 1;
			// A run that the request has made and that has failed since is the one reason to start anew.
			const hasFailedRun = lists.some((one) => one.kind === 'answer' && one.text.includes('FAILED'));
			if (sentAgain) expect(hasFailedRun).toBe(true);
			expect(unknown.length).toBeLessThanOrEqual(documents.length);
			expect(again.length).toBeGreaterThan(0);
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
