import { connectionError } from '../../../nodes/Extend/api/errors';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { Page, Run, RunListQuery } from '../../../nodes/Extend/api/types';
import type { RunSource, RunToWatch } from '../../../nodes/Extend/waiting/openRun';
import { VirtualClock } from './virtualClock';

interface WatchedRun {
	id: string;
	classifierId: string;
	begunMs: number;
	/** When it leaves Extend's queue. */
	processingMs: number;
	finishesMs: number;
	ending: string;
}

/** Extend as a watcher sees it: runs that end by themselves, looks at one, and the list with its newest change first. */
export class WatchedExtend {
	lookCount = 0;
	listCount = 0;
	latencyMs = 40;
	/** Time by which the list is behind. */
	lagMs = 0;
	/** Thrown by looks and by the list, where it gives one. */
	lookFault: (id: string) => Error | undefined = () => undefined;
	listFault: () => Error | undefined = () => undefined;
	/** Other people's runs that fill the list. */
	strangers = 0;
	private readonly runs = new Map<string, WatchedRun>();

	constructor(readonly clock: VirtualClock) {}

	/** A run that begins now, with some time in Extend's queue. */
	begin(id: string, finishesInMs: number, { ending = 'PROCESSED', classifierId = 'cl_1', pendingMs = 0 } = {}): Run {
		const begunMs = this.clock.nowMs();
		const run = { id, classifierId, begunMs, processingMs: begunMs + pendingMs, finishesMs: begunMs + finishesInMs, ending };
		this.runs.set(id, run);
		return this.show(run, begunMs);
	}

	/** What an execution hands to a watcher for a run. */
	toWatch(run: Run, timeoutMs: number, source = this.sourceOf(new VirtualClock())): RunToWatch {
		return { id: run.id, run, timeoutMs, source };
	}

	/** One execution, stopped through its own clock. */
	sourceOf(own: VirtualClock): RunSource {
		const look: RunSource['look'] = async (id, onSent) => {
			onSent();
			return await this.look(id);
		};
		return { look, list: async (...query) => await this.list(...query), clock: own };
	}

	private async look(id: string): Promise<Run> {
		this.lookCount++;
		await this.clock.elapse(this.latencyMs);
		const fault = this.lookFault(id);
		if (fault !== undefined) throw fault;
		const run = this.runs.get(id);
		if (run === undefined) throw connectionError(`there is no run ${id}`);
		return this.show(run, this.clock.nowMs());
	}

	private async list({ classifierId }: RunListQuery, pageSize: number, pageToken = '0'): Promise<Page<JsonObject>> {
		this.listCount++;
		await this.clock.elapse(this.latencyMs);
		const fault = this.listFault();
		if (fault !== undefined) throw fault;
		const asOfMs = this.clock.nowMs() - this.lagMs;
		const own = [...this.runs.values()]
			.filter((run) => (classifierId === undefined || run.classifierId === classifierId) && run.begunMs <= asOfMs)
			.map((run) => this.show(run, asOfMs).json);
		const all = [...this.othersOf(asOfMs), ...own].sort((one, other) => String(other.updatedAt).localeCompare(String(one.updatedAt)));
		const from = Number(pageToken);
		const more = all.length > from + pageSize ? { nextPageToken: String(from + pageSize) } : {};
		return { entries: all.slice(from, from + pageSize), ...more };
	}

	private othersOf(asOfMs: number): JsonObject[] {
		const updatedAt = new Date(asOfMs).toISOString();
		return Array.from({ length: this.strangers }, (_, index) => ({ id: `clr_other${index}`, status: 'PROCESSED', updatedAt }));
	}

	private show({ id, classifierId, begunMs, processingMs, finishesMs, ending }: WatchedRun, asOfMs: number): Run {
		const isPending = asOfMs < processingMs;
		const [status, changedMs] = asOfMs >= finishesMs ? [ending, finishesMs] : isPending ? ['PENDING', begunMs] : ['PROCESSING', processingMs];
		const updatedAt = new Date(changedMs).toISOString();
		return { id, status, json: { id, status, updatedAt, classifier: { id: classifierId } } };
	}
}
