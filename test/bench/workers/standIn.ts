import { startEmulator, type Emulator, type RequestRecord } from '../../emulator';
import { endOf, type StoredRun } from '../../emulator/runs/lifecycle';
import { answerParent } from '../lib/worker';
import { CLASSIFIER_ID, type RunLog, type Server, type ServerLog, type StandInJob } from '../protocol';
import { numberIn, textOf } from '../workload';

/** The pay-as-you-go plan. @see https://docs.extend.ai/2026-02-09/general/rate-limits */
const PLAN = { get: 10, write: 10, run: 10 };
const PLAN_FILES_PER_MINUTE = 80;
/** Inputs that Extend takes in one batch. */
const BATCH_SIZE = 1_000;
const PENDING_MS = 300;
/** Between the arrival of a request and the look at the run. */
const READING_MS = 50;

let emulator: Emulator | undefined;
let finishedIds: string[] = [];

/** The first job starts the server; any other asks for its log. */
answerParent<StandInJob | 'log'>(async (job) => {
	if (job !== 'log') return await start(job);
	if (emulator === undefined) throw new Error('The stand-in was not started');
	return readLog(emulator);
});

async function start(job: StandInJob): Promise<Server> {
	const { runTimesMs, isLimited, excess, finishedRuns = 0 } = job;
	emulator = await startEmulator({
		pendingMs: PENDING_MS,
		runMs: ({ text }) => runTimesMs[numberIn(text)] ?? 1,
		throughput: excess === undefined ? undefined : { filesPerMinute: PLAN_FILES_PER_MINUTE, excess },
		seed: 1,
	});
	if (finishedRuns > 0) await finishRuns(emulator, finishedRuns);
	emulator.options.rateLimits = isLimited ? PLAN : undefined;
	return { url: emulator.url, apiKey: emulator.apiKey };
}

async function finishRuns({ url, apiKey, store, requests }: Emulator, count: number): Promise<void> {
	const headers = { authorization: `Bearer ${apiKey}`, 'x-extend-api-version': '2026-02-09', 'content-type': 'application/json' };
	for (let first = 0; first < count; first += BATCH_SIZE) {
		const inputs = Array.from({ length: Math.min(BATCH_SIZE, count - first) }, (_, index) => ({ file: { text: textOf(first + index) } }));
		const body = JSON.stringify({ classifier: { id: CLASSIFIER_ID }, inputs });
		const answer = await fetch(`${url}/classify_runs/batch`, { method: 'POST', headers, body });
		if (!answer.ok) throw new Error(`The stand-in took no batch: ${await answer.text()}`);
	}
	finishedIds = [...store.runs.keys()];
	requests.length = 0;
}

function readLog({ store, requests }: Emulator): ServerLog {
	const readsById = groupReads(requests);
	const isGet = ({ method }: RequestRecord): boolean => method === 'GET';
	return {
		runs: [...store.runs.values()].map((run) => logOf(run, readsById.get(run.id) ?? [])),
		gets: requests.filter(isGet).length,
		lists: requests.filter((request) => isGet(request) && request.path === '/classify_runs').length,
		requests: requests.length,
		refused: requests.filter(({ status }) => status === 429).length,
		finishedIds,
	};
}

/** Moments at which each run was read. */
function groupReads(requests: readonly RequestRecord[]): Map<string, number[]> {
	const readsById = new Map<string, number[]>();
	for (const { method, path, status, atMs } of requests) {
		const id = /^\/classify_runs\/([^/]+)$/.exec(path)?.[1];
		if (method !== 'GET' || status !== 200 || id === undefined) continue;
		const reads = readsById.get(id) ?? [];
		reads.push(atMs);
		readsById.set(id, reads);
	}
	return readsById;
}

function logOf(run: StoredRun, reads: readonly number[]): RunLog {
	const endMs = endOf(run);
	const finishedMs = endMs !== undefined && endMs <= Date.now() ? endMs : undefined;
	return {
		document: numberIn(run.file?.pages[0] ?? ''),
		createdMs: run.createdAtMs,
		finishedMs,
		foundMs: finishedMs === undefined ? undefined : foundMs(finishedMs, reads),
	};
}

/** When a finished run was first read; one that finished while it was being read was found at once. */
function foundMs(finishedMs: number, reads: readonly number[]): number | undefined {
	const lastMs = reads.at(-1) ?? Number.NEGATIVE_INFINITY;
	return reads.find((atMs) => atMs >= finishedMs) ?? (lastMs > finishedMs - READING_MS ? finishedMs : undefined);
}
