import { Agenda } from './agenda';
import type { OpenRun } from './openRun';
import type { SweepRequest } from './sweep';

/** The open runs of a credential, found by what they are asked for; each is in all of the indexes or in none. */
export class OpenRuns {
	readonly agenda = new Agenda<OpenRun>();
	/** Several executions may wait for the same run. No set is empty. */
	private readonly byId = new Map<string, Set<OpenRun>>();
	private readonly byClock = new Map<OpenRun['source']['clock'], Set<OpenRun>>();
	/** How many runs each classifier has. No count is 0. */
	private readonly classifiers = new Map<string | undefined, number>();
	private readonly all = new Set<OpenRun>();
	/** In the order in which they came; those that have ended leave when they are the last. */
	private readonly arrivals: OpenRun[] = [];

	get size(): number {
		return this.all.size;
	}

	has(open: OpenRun): boolean {
		return this.all.has(open);
	}

	[Symbol.iterator](): IterableIterator<OpenRun> {
		return this.all.values();
	}

	withId(id: string): Iterable<OpenRun> {
		return this.byId.get(id) ?? [];
	}

	/** Whether it is the first of its execution. */
	add(open: OpenRun): boolean {
		const ofClock = this.byClock.get(open.source.clock);
		this.all.add(open);
		this.arrivals.push(open);
		this.byId.set(open.id, (this.byId.get(open.id) ?? new Set()).add(open));
		this.byClock.set(open.source.clock, (ofClock ?? new Set()).add(open));
		this.count(open, 1);
		return ofClock === undefined;
	}

	/** Whether it was there. */
	delete(open: OpenRun): boolean {
		if (!this.all.delete(open)) return false;
		this.agenda.cancel(open);
		deleteFrom(this.byId, open.id, open);
		deleteFrom(this.byClock, open.source.clock, open);
		this.count(open, -1);
		return true;
	}

	/** Those of an execution, while they may be deleted. */
	ofClock(clock: OpenRun['source']['clock']): OpenRun[] {
		return [...(this.byClock.get(clock) ?? [])];
	}

	/** The one that came last: it can finish soonest for its age. */
	youngest(): OpenRun | undefined {
		for (let last = this.arrivals.at(-1); last !== undefined; last = this.arrivals.at(-1)) {
			if (this.all.has(last)) return last;
			this.arrivals.pop();
		}
		return undefined;
	}

	/** What a list is searched for: their IDs, and the classifier if it is one and the same. */
	sought(): Pick<SweepRequest, 'ids' | 'classifierId'> {
		return { ids: this.byId, classifierId: this.classifiers.size === 1 ? [...this.classifiers.keys()][0] : undefined };
	}

	private count({ classifierId }: OpenRun, by: number): void {
		const count = (this.classifiers.get(classifierId) ?? 0) + by;
		if (count === 0) this.classifiers.delete(classifierId);
		else this.classifiers.set(classifierId, count);
	}
}

function deleteFrom<K>(index: Map<K, Set<OpenRun>>, key: K, open: OpenRun): void {
	const runs = index.get(key);
	runs?.delete(open);
	if (runs?.size === 0) index.delete(key);
}
