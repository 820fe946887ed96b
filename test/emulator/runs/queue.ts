import type { EmulatorOptions } from '../options';
import { tooMany } from '../server/limits';
import type { StoredRun } from './lifecycle';

const MINUTE_MS = 60_000;

/** Starts runs when they are due and the throughput limit has room, lower priority numbers first. */
export class RunQueue {
	private waiting: StoredRun[] = [];
	private starts: number[] = [];
	private created: number[] = [];

	constructor(
		private readonly options: EmulatorOptions,
		private readonly onStart: (run: StoredRun) => void,
	) {}

	/**
	 * Counts files that are about to be classified.
	 * @throws ApiProblem 429 when the limit is passed and the options refuse the excess
	 */
	admit(fileCount: number, nowMs: number): void {
		const { throughput } = this.options;
		if (throughput?.excess !== 'refuse') return;
		const windowMs = throughput.windowMs ?? MINUTE_MS;
		this.created = this.created.filter((atMs) => atMs > nowMs - windowMs);
		if (this.created.length + fileCount > throughput.filesPerMinute) {
			throw tooMany('Too many files per minute.', (this.created[0] ?? nowMs) + windowMs, this.options);
		}
		for (let count = 0; count < fileCount; count++) this.created.push(nowMs);
	}

	add(run: StoredRun): void {
		this.waiting.push(run);
	}

	/** Takes a deleted run out. */
	remove(run: StoredRun): void {
		this.waiting = this.waiting.filter((each) => each !== run);
	}

	/** Starts what could start up to now, each run at the moment its turn came. */
	settle(nowMs: number): void {
		this.waiting = this.waiting.filter((run) => run.cancel === undefined);
		if (this.options.throughput?.excess !== 'queue') {
			this.startDue(nowMs);
			return;
		}
		for (let next = this.nextStart(); next !== undefined && next.atMs <= nowMs; next = this.nextStart()) {
			const { run, atMs } = next;
			this.waiting.splice(this.waiting.indexOf(run), 1);
			this.starts.push(atMs);
			this.start(run, atMs);
		}
	}

	/** Without a limit there are no turns, so thousands of runs can start in one pass. */
	private startDue(nowMs: number): void {
		const due = this.waiting.filter(({ dueAtMs }) => dueAtMs <= nowMs);
		if (due.length > 0) this.waiting = this.waiting.filter(({ dueAtMs }) => dueAtMs > nowMs);
		for (const run of due) this.start(run, run.dueAtMs);
	}

	private start(run: StoredRun, atMs: number): void {
		run.startsAtMs = atMs;
		this.onStart(run);
	}

	private nextStart(): { run: StoredRun; atMs: number } | undefined {
		if (this.waiting.length === 0) return undefined;
		const firstDueMs = this.waiting.reduce((least, { dueAtMs }) => Math.min(least, dueAtMs), Infinity);
		const atMs = Math.max(firstDueMs, this.freeAtMs());
		const [run] = this.waiting.filter(({ dueAtMs }) => dueAtMs <= atMs).sort(byTurn);
		return run && { run, atMs };
	}

	/** When the limit next has room. */
	private freeAtMs(): number {
		const { throughput } = this.options;
		if (throughput === undefined) return 0;
		const oldest = this.starts.at(-throughput.filesPerMinute);
		return oldest === undefined ? 0 : oldest + (throughput.windowMs ?? MINUTE_MS);
	}
}

function byTurn(left: StoredRun, right: StoredRun): number {
	return left.priority - right.priority || left.dueAtMs - right.dueAtMs;
}
