import type { IDataObject } from 'n8n-workflow';
import { FAULT_KINDS, type FaultKind, type RequestRecord } from '../emulator';
import type { NodeRunResult } from '../workflow/engine';
import { openStage, type Stage } from '../workflow/setup';
import { TARGETS, type Target } from './targets';

interface Ended extends NodeRunResult {
	/** Requests of the kind in question since the fault was switched on. */
	hits: RequestRecord[];
	/** Looks at the list of runs since then. */
	lists: RequestRecord[];
	stage: Stage;
	seconds: number;
}

/** Runs an operation while `begin` has set the stand-in to meet its request with faults. */
async function runWith({ method, path, prepare }: Target, begin: (stage: Stage) => void, more: IDataObject = {}): Promise<Ended> {
	const stage = await openStage();
	const { parameters, items } = await prepare(stage);
	const before = stage.extend.requests.length;
	begin(stage);
	const begunMs = Date.now();
	const result = await stage.run({ parameters: { ...parameters, ...more }, items, settings: { onError: 'continueRegularOutput' } });
	const seconds = (Date.now() - begunMs) / 1_000;
	await stage.extend.close();
	const requests = stage.extend.requests.slice(before);
	const hits = requests.filter((request) => request.method === method && path.test(request.path));
	const lists = requests.filter((request) => request.method === 'GET' && request.path === '/classify_runs');
	return { ...result, hits, lists, stage, seconds };
}

const rowsOf = <Entry>(entries: readonly Entry[]) =>
	TARGETS.flatMap((target) => entries.map((entry): [string, string, Target, Entry] => [target.name, String(entry), target, entry]));

/** Answers after which nothing has to be done again. */
const HARMLESS: FaultKind[] = ['delay', 'contentType'];
const REFUSALS: FaultKind[] = ['tooMany', 'tooManySeconds', 'tooManyDate'];
/** The request was carried out although its answer says nothing or something else. */
const ACTED: FaultKind[] = ['resetAfter', 'truncate', 'html504'];
/** The second that a refusal asks for; a busy machine can note the first request a little late. */
const RETRY_AFTER_MS = 800;

/** An upload that stands still for two minutes is given up; see below. */
const isGivenUp = (target: Target, kind: FaultKind) => target.kind === 'upload' && kind === 'hang';

describe('one fault of any kind', () => {
	it.concurrent.each(rowsOf(FAULT_KINDS).filter(([, , target, kind]) => !isGivenUp(target, kind)))('%s survives %s', async (_name, _kind, target, kind) => {
		const { json, error, hits } = await runWith(target, ({ extend }) => {
			extend.options.faultRules = [{ method: target.method, path: target.path, kinds: [kind], times: 1 }];
		});
		expect(error).toBeUndefined();
		expect(json).toEqual([expect.objectContaining(target.gives)]);
		const [first, second] = hits;
		expect(first?.fault).toBe(kind);
		if (HARMLESS.includes(kind) || target.kind === 'start') return;
		expect(second).toBeDefined();
		if (REFUSALS.includes(kind)) expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(RETRY_AFTER_MS);
	});

	const hungUploads = rowsOf(FAULT_KINDS).filter(([, , target, kind]) => isGivenUp(target, kind));
	it.concurrent.each(hungUploads)('%s is given up after two minutes of %s', async (_name, _kind, target, kind) => {
		const { json, hits } = await runWith(target, ({ extend }) => {
			extend.options.faultRules = [{ method: target.method, path: target.path, kinds: [kind], times: 1 }];
		});
		expect(json).toEqual([expect.objectContaining({ error: expect.stringContaining('nothing moved for 120 s'), details: expect.objectContaining({ code: 'NO_CONNECTION', retryable: true }) })]);
		expect(hits).toHaveLength(1);
	});

	const starts = rowsOf(FAULT_KINDS).filter(([, , target]) => target.kind === 'start');
	it.concurrent.each(starts)('%s is not sent again blindly after %s', async (_name, _kind, target, kind) => {
		const { hits, lists, stage } = await runWith(target, ({ extend }) => {
			extend.options.faultRules = [{ method: target.method, path: target.path, kinds: [kind], times: 1 }];
		});
		expect(stage.extend.store.runs.size).toBe(1);
		const isFound = HARMLESS.includes(kind) || ACTED.includes(kind);
		expect(hits).toHaveLength(isFound ? 1 : 2);
		if (HARMLESS.includes(kind) || REFUSALS.includes(kind)) expect(lists).toEqual([]);
		else expect(lists.length).toBeGreaterThan(0);
	});
});

/** Statuses that no repetition changes, with what the advice has to name. */
const FINAL: Record<number, RegExp> = { 401: /API key/, 402: /credits/, 403: /Workspace ID/, 404: /Check the ID/ };

describe('an answer that no repetition changes', () => {
	it.concurrent.each(rowsOf(Object.keys(FINAL)))('%s ends at once after %s', async (_name, _status, target, status) => {
		const { json, hits, stage } = await runWith(target, ({ extend }) => {
			const isTarget = ({ method, path }: RequestRecord) => method === target.method && target.path.test(path);
			extend.options.onRequest = (request) => (isTarget(request) ? { kind: 'status', status: Number(status), body: { retryable: true } } : undefined);
		});
		expect(hits).toHaveLength(1);
		if (target.putsUpWith === Number(status)) {
			expect(json).toEqual([expect.objectContaining(target.gives)]);
			return;
		}
		const runId = target.kind === 'look' ? [...stage.extend.store.runs.keys()][0] : expect.anything();
		expect(json).toEqual([{ error: expect.stringContaining(`HTTP status ${status}`), message: expect.stringMatching(FINAL[Number(status)] ?? /^$/), details: expect.objectContaining({ status: Number(status) }) }]);
		if (target.kind === 'look') expect(json[0]?.details).toMatchObject({ runId });
	});
});

/** Kinds that never stop, with what of the last one has to be quoted. */
const ENDLESS: Partial<Record<FaultKind, RegExp>> = {
	refuse: /connection (was refused|broke off)/,
	resetBefore: /connection broke off/,
	tooManySeconds: /RATE_LIMIT_EXCEEDED/,
	html503: /HTTP status 503/,
	truncate: /could not be read/,
};

describe('faults without end', () => {
	const rows = rowsOf(FAULT_KINDS.filter((kind) => ENDLESS[kind] !== undefined));
	/** What was carried out is found out by another request: the run in the list, the state of the run, or that it is gone. */
	const isFoundOut = (target: Target, kind: FaultKind) => ACTED.includes(kind) && (target.kind === 'start' || target.kind === 'change');

	it.concurrent.each(rows.filter(([, , target, kind]) => isFoundOut(target, kind)))('%s succeeds although %s does not end', async (_name, _kind, target, kind) => {
		const { json, hits } = await runWith(target, ({ extend }) => {
			extend.options.faultRules = [{ method: target.method, path: target.path, kinds: [kind] }];
		});
		expect(json).toEqual([expect.objectContaining(target.gives)]);
		expect(hits.length).toBeLessThanOrEqual(2);
	});

	it.concurrent.each(rows.filter(([, , target, kind]) => !isFoundOut(target, kind)))('%s gives up when %s does not end, and quotes the last one', async (_name, _kind, target, kind) => {
		const waitOptions = target.kind === 'look' ? { waitOptions: { timeout: 20 } } : {};
		const { json, hits, seconds, stage } = await runWith(
			target,
			({ extend }) => {
				extend.options.faultRules = [{ method: target.method, path: target.path, kinds: [kind] }];
			},
			waitOptions,
		);
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
