import { BELIEFS } from './beliefs';
import { LIGHT_PAGE } from './lab/config';
import { NOT_ASKED, TOPICS } from './questions';
import { writeReport } from './report';
import { deviations, rehearse, type Rehearsal } from './support/rehearsal';

const WHOLE_MS = 120_000;

describe('the questions, asked of the stand-in', () => {
	let rehearsal: Rehearsal;
	beforeAll(async () => {
		rehearsal = await rehearse();
	}, WHOLE_MS);

	it('are all answered as the stand-in believes, but for the one that needs another key', () => {
		expect(deviations(rehearsal.summary.results)).toEqual([
			'workspaceHeader notAsked: needs the key of a whole organization, and EXTEND_WORKSPACE_ID',
		]);
		expect(rehearsal.summary.results).toHaveLength(Object.values(TOPICS).flat().length);
	});

	it('leave nothing behind', () => {
		const { store } = rehearsal.emulator;
		expect([store.runs.size, store.files.size, store.endpoints.size]).toEqual([0, 0, 0]);
		expect(rehearsal.summary.left).toEqual([]);
	});

	it('cost less than was said before', () => {
		expect(rehearsal.summary.credits).toBeGreaterThan(5);
		expect(rehearsal.summary.credits).toBeLessThan(rehearsal.summary.bound);
	});

	it('never show the key', () => {
		expect(rehearsal.output + writeReport(rehearsal.summary)).not.toContain(rehearsal.emulator.apiKey);
	});

	it('are written down with every fact, and with what is left to people', () => {
		const report = writeReport(rehearsal.summary);
		const facts = rehearsal.summary.results.flatMap((result) => (result.kind === 'answered' ? Object.entries(result.finding.facts) : []));
		expect(facts.filter(([fact, live]) => !report.includes(`| ${fact} | ${live} | the same |`))).toEqual([]);
		expect(NOT_ASKED.filter(([, question]) => !report.includes(question))).toEqual([]);
	});

	it('each have a belief of the stand-in, and no belief is without a question', () => {
		expect(Object.values(TOPICS).flat().map(({ name }) => name).sort()).toEqual(Object.keys(BELIEFS).sort());
	});
});

describe('a session', () => {
	it('never starts what could pass the bound, and asks what is free all the same', async () => {
		const bound = 1;
		const { summary, emulator } = await rehearse({ bound, flags: ['--only', 'runs', '--only', 'priority'] });
		const started = emulator.requests.filter(({ method, path, status }) => method === 'POST' && path === '/classify_runs' && status === 200);
		expect(started.length * LIGHT_PAGE).toBeLessThanOrEqual(bound);
		expect(summary.credits).toBeLessThanOrEqual(bound);
		const kinds = Object.fromEntries(summary.results.map(({ question, kind }) => [question.name, kind]));
		expect(kinds).toMatchObject({ firstStatus: 'answered', pageRanges: 'overBound', priority: 'answered' });
	}, WHOLE_MS);

	it('asks about the workspace ID with the key of an organization', async () => {
		const connection = { apiKey: 'sk_test_organization', workspaceId: 'ws_test' };
		const { summary } = await rehearse({ connection, flags: ['--only', 'account'] });
		expect(deviations(summary.results)).toEqual([]);
	});

	it('goes on after a question without an answer, and says why', async () => {
		const onRequest = ({ path }: { path: string }) => (path === '/files/upload' ? { kind: 'status' as const, status: 500 } : undefined);
		const { summary } = await rehearse({ emulator: { onRequest }, flags: ['--only', 'pageRanges', '--only', 'shape', '--only', 'unreviewed'] });
		const [shape, unreviewed, pageRanges] = summary.results;
		expect([shape?.kind, unreviewed?.kind]).toEqual(['answered', 'answered']);
		expect(pageRanges).toMatchObject({ kind: 'unanswered', why: expect.stringMatching(/^Extend refused with 500/) });
	});

	it('removes a run of which it never heard', async () => {
		let isCut = false;
		const onRequest = ({ path, method }: { path: string; method: string }) => {
			if (isCut || method !== 'POST' || path !== '/classify_runs') return undefined;
			isCut = true;
			return { kind: 'resetAfter' as const };
		};
		const { summary, emulator } = await rehearse({ emulator: { onRequest }, flags: ['--only', 'unreviewed'] });
		expect(summary.results).toEqual([expect.objectContaining({ kind: 'unanswered', why: expect.stringContaining('fetch failed') })]);
		expect([emulator.store.runs.size, emulator.store.files.size]).toEqual([0, 0]);
		expect(emulator.requests.filter(({ method, path }) => method === 'DELETE' && path.startsWith('/classify_runs/'))).toHaveLength(1);
	});

	it('removes what it made when it is ended in the middle', async () => {
		const controller = new AbortController();
		const onPrint = (text: string) => text.includes('runs 1') && controller.abort();
		const { summary, emulator } = await rehearse({ signal: controller.signal, onPrint, flags: ['--only', 'runs', '--only', 'prices'] });
		expect(summary.results.length).toBeLessThan(3);
		expect([emulator.store.runs.size, emulator.store.files.size]).toEqual([0, 0]);
	});
});
