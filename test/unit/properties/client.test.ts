import fc from 'fast-check';
import { ExtendClient } from '../../../nodes/Extend/api/client';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { HttpResult } from '../../../nodes/Extend/api/http';
import { takeEntries } from '../../../nodes/Extend/api/pagination';
import { RunStarter } from '../../../nodes/Extend/starting/runStarter';
import { RunWatcher } from '../../../nodes/Extend/waiting/watcher';
import { textAnswer } from '../support/answers';
import { anyBody, anyRun, anyStatus } from '../support/chaos';
import { SEED } from '../support/random';
import { scripted, type Script } from '../support/scriptedSend';
import { startContextOf } from '../support/startContext';
import { planOf } from '../support/startSetUp';

const RUNS = { seed: SEED, numRuns: 150 };
/** Patience, and the pauses and requests that were under way when it ended. */
const LONGEST_CALL_MS = 200_000;

const status = fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, { weight: 1, arbitrary: fc.integer({ min: 201, max: 599 }) });
const lost = fc.constantFrom<HttpResult>({ kind: 'lost', cause: 'the connection broke off' }, { kind: 'notSent', cause: 'the connection was refused' });
const result = fc.oneof({ weight: 6, arbitrary: fc.tuple(status, anyBody).map(([code, body]): HttpResult => textAnswer(code, body)) }, { weight: 1, arbitrary: lost });
/** The last one comes over and over. */
const results = fc.array(result, { minLength: 1, maxLength: 6 });

/** What the work gives or throws; anything but a value or one of our errors fails the test, and so does work without end. */
async function settle<T>(script: Script, work: Promise<T>, longestMs: number): Promise<T | ExtendError> {
	const settled = await work.catch((caught: unknown) => {
		if (caught instanceof ExtendError && caught.facts.code !== 'UNEXPECTED') return caught;
		throw caught;
	});
	expect(script.clock.nowMs()).toBeLessThanOrEqual(longestMs);
	return settled;
}

describe(`generated answers in a row (seed ${SEED})`, () => {
	it.each<[string, (client: ExtendClient) => Promise<unknown>]>([
		['getRun', async (client) => await client.getRun('clr_1')],
		['cancelRun', async (client) => await client.cancelRun('clr_1')],
		['deleteRun', async (client) => await client.deleteRun('clr_1')],
		['getFile', async (client) => await client.getFile('file_1')],
		['getClassifier', async (client) => await client.getClassifier('cl_1')],
		['listRuns', async (client) => await client.listRuns({}, 1_000)],
	])('make %s give a value or a clear error, in time', async (_, ask) => {
		const property = fc.asyncProperty(results, async (answers) => {
			const script = scripted(answers, 10);
			await settle(script, ask(new ExtendClient(script)), LONGEST_CALL_MS);
		});
		await fc.assert(property, RUNS);
	});

	it('give a run only with ID and status', async () => {
		const property = fc.asyncProperty(results, async (answers) => {
			const script = scripted(answers, 10);
			const run = await settle(script, new ExtendClient(script).getRun('clr_1'), LONGEST_CALL_MS);
			if (run instanceof ExtendError) return;
			expect([typeof run.id, typeof run.status]).toEqual(['string', 'string']);
			expect(run.id.length * run.status.length).toBeGreaterThan(0);
		});
		await fc.assert(property, RUNS);
	});

	it('let a list come to its end', async () => {
		const property = fc.asyncProperty(results, async (answers) => {
			const script = scripted(answers, 10);
			const client = new ExtendClient(script);
			const all = takeEntries(Number.POSITIVE_INFINITY, async (token) => await client.listRuns({}, 1_000, token));
			await settle(script, all, 7 * LONGEST_CALL_MS);
		});
		await fc.assert(property, RUNS);
	});

	it('never make more than three starts of a document', async () => {
		const property = fc.asyncProperty(results, fc.boolean(), async (answers, looksFirst) => {
			const script = scripted(answers, 10);
			const client = new ExtendClient(script);
			const starter = new RunStarter(startContextOf(client, script.clock));
			await settle(script, starter.start(planOf('run:a', { looksFirst })), 20 * LONGEST_CALL_MS);
			// Those that were refused with a 429 have made nothing.
			const isRefused = answers.some((each) => each.kind === 'notSent' || (each.kind === 'answer' && each.status === 429));
			const starts = script.sent.filter(({ method, path }) => method === 'POST' && path === '/classify_runs');
			if (!isRefused) expect(starts.length).toBeLessThanOrEqual(3);
		});
		await fc.assert(property, { ...RUNS, numRuns: 60 });
	});

	it('let a wait end at its deadline at the latest', async () => {
		const run = fc.tuple(status, anyRun(fc.constant('"clr_1"'), anyStatus)).map(([code, body]): HttpResult => textAnswer(code, body));
		const property = fc.asyncProperty(fc.array(fc.oneof(result, run), { minLength: 1, maxLength: 6 }), async (answers) => {
			const script = scripted(answers, 10);
			const client = new ExtendClient(script).once();
			const source = {
				poll: async (id: string, onSent: () => void) => await new ExtendClient(script).once(onSent).getRun(id),
				list: async (...query: Parameters<ExtendClient['listRuns']>) => await client.listRuns(...query),
				clock: script.clock,
			};
			const end = new RunWatcher(script.clock).watch({ id: 'clr_1', timeoutMs: 60_000, source });
			// A poll that Extend has refused for coming too fast is owed to the run, and waited for past the deadline.
			const isRefused = answers.some((each) => each.kind === 'answer' && each.status === 429);
			const settled = await settle(script, end, isRefused ? 81_000 : 66_000);
			expect(settled).toMatchObject({ kind: expect.stringMatching(/^(final|deadline|unreadable)$/) });
		});
		await fc.assert(property, RUNS);
	});
});
