import { FAULT_KINDS, type FaultKind, type RequestRecord } from '../emulator';
import { ACTED, ENDLESS, HARMLESS, meet, REFUSALS, rowsOf, runWith, SINGLE } from './faultRun';
import { TARGETS, type Target } from './targets';

/** The second that a refusal asks for; a busy machine can note the first request a little late. */
const RETRY_AFTER_MS = 800;

describe('one fault of any kind', () => {
	it.concurrent.each(rowsOf(FAULT_KINDS))('%s survives %s', async (_name, _kind, target, kind) => {
		const { json, error, hits } = await runWith(target, meet(target, kind, 1));
		expect(error).toBeUndefined();
		expect(json.length).toBeGreaterThan(0);
		for (const item of json) expect(item).toMatchObject(target.gives);
		const [first, second] = hits;
		expect(first?.fault).toBe(kind);
		// A batch looks for its runs and at them over and over, for several reasons.
		if (HARMLESS.includes(kind) || ['start', 'batchList', 'batchLook'].includes(target.kind)) return;
		expect(second).toBeDefined();
		if (REFUSALS.includes(kind)) expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(RETRY_AFTER_MS);
	});

	const starts = rowsOf(FAULT_KINDS).filter(([, , target]) => target.kind === 'start');
	it.concurrent.each(starts)('%s is not sent again blindly after %s', async (_name, _kind, target, kind) => {
		const { hits, lists, stage } = await runWith(target, meet(target, kind, 1));
		expect(stage.extend.store.runs.size).toBe(1);
		const isFound = HARMLESS.includes(kind) || ACTED.includes(kind);
		expect(hits).toHaveLength(isFound ? 1 : 2);
		if (HARMLESS.includes(kind) || REFUSALS.includes(kind)) expect(lists).toEqual([]);
		else expect(lists.length).toBeGreaterThan(0);
	});
});

/** Statuses that no repetition changes, with what the advice has to name. */
const FINAL: Record<number, RegExp> = { 401: /API key/, 402: /credits/, 403: /Workspace ID/, 404: /Check the ID/ };
/** Of a run that was there before. */
const GONE = /deleted it/;

describe('an answer that no repetition changes', () => {
	it.concurrent.each(rowsOf(Object.keys(FINAL), TARGETS))('%s ends at once after %s', async (name, _status, target, status) => {
		const { json, hits, stage } = await runWith(target, ({ extend }) => {
			const isTarget = ({ method, path }: RequestRecord) => method === target.method && target.path.test(path);
			extend.options.onRequest = (request) => (isTarget(request) ? { kind: 'status', status: Number(status), body: { code: `NO_${status}`, message: `No, says Extend with ${status}.`, retryable: true } } : undefined);
		});
		expect(json.length).toBeGreaterThan(0);
		const wasThere = target.kind === 'look' && name.startsWith('Classify and Wait');
		// That a run is gone which was there has to be said again over some seconds; both runs of a batch are asked for.
		const times = status === '404' && (wasThere || ['batchList', 'batchLook'].includes(target.kind)) ? 4 : 1;
		expect(hits.length).toBeLessThanOrEqual(target.kind === 'batchLook' ? 2 * times : times);
		if (target.kind.startsWith('batch')) {
			for (const { details } of json) expect(details).toMatchObject({ status: Number(status) });
			return;
		}
		if (target.putsUpWith === Number(status)) {
			expect(json).toEqual([expect.objectContaining(target.gives)]);
			return;
		}
		const runId = target.kind === 'look' ? [...stage.extend.store.runs.keys()][0] : expect.anything();
		const advice = wasThere && status === '404' ? GONE : FINAL[Number(status)];
		expect(json).toEqual([{ error: expect.stringContaining(`No, says Extend with ${status}`), message: expect.stringMatching(advice ?? /^$/), details: expect.objectContaining({ status: Number(status) }) }]);
		if (target.kind === 'look') expect(json[0]?.details).toMatchObject({ runId });
	});
});

describe('faults without end', () => {
	const uploads = SINGLE.filter(({ kind }) => kind === 'upload').map((target): [string, Target] => [target.name, target]);
	it.concurrent.each(uploads)('%s is given up after two minutes in which nothing moves', async (_name, target) => {
		const { json, hits, seconds } = await runWith(target, meet(target, 'hang'));
		expect(json).toEqual([expect.objectContaining({ error: expect.stringContaining('nothing moved for 60 s'), details: expect.objectContaining({ code: 'NO_CONNECTION', retryable: true }) })]);
		expect(hits).toHaveLength(2);
		expect(seconds).toBeGreaterThan(115);
	});

	const single = SINGLE.filter(({ kind }) => !kind.startsWith('batch'));
	const rows = rowsOf(FAULT_KINDS.filter((kind) => ENDLESS[kind] !== undefined), single)
		// The answer that says that it is gone is cut off as well.
		.filter(([, , target, kind]) => target.method !== 'DELETE' || kind !== 'truncate');
	/** What was carried out is found out by another request: the run in the list, the state of the run, or that it is gone. */
	const isFoundOut = (target: Target, kind: FaultKind) => ACTED.includes(kind) && (target.kind === 'start' || target.kind === 'change');

	it.concurrent.each(rows.filter(([, , target, kind]) => isFoundOut(target, kind)))('%s succeeds although %s does not end', async (_name, _kind, target, kind) => {
		const { json, hits } = await runWith(target, meet(target, kind));
		expect(json).toEqual([expect.objectContaining(target.gives)]);
		expect(hits.length).toBeLessThanOrEqual(2);
	});

	it.concurrent.each(rows.filter(([, , target, kind]) => !isFoundOut(target, kind)))('%s gives up when %s does not end, and quotes the last one', async (_name, _kind, target, kind) => {
		const waitOptions = target.kind === 'look' ? { waitOptions: { timeout: 20 } } : {};
		const { json, hits, seconds, stage } = await runWith(target, meet(target, kind), waitOptions);
		expect(json).toEqual([{ error: expect.stringMatching(ENDLESS[kind] ?? /^$/), message: expect.stringMatching(/\.$/), details: expect.objectContaining({ retryable: true }) }]);
		if (target.kind === 'start') {
			expect(hits.length).toBeLessThanOrEqual(kind === 'tooManySeconds' ? 150 : 5);
			expect(stage.extend.store.runs.size).toBeLessThanOrEqual(1);
			return;
		}
		expect(seconds).toBeGreaterThan(target.kind === 'look' ? 19 : 100);
		expect(hits.length).toBeLessThan(seconds);
	});
});
