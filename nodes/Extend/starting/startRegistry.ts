import type { Clock } from '../api/clock';

/** What a start has made; `unknown` where it may have made something. */
export type Made = { kind: 'run'; runId: string } | { kind: 'batch'; batchId: string } | { kind: 'unknown' };

/** The right to start something, which others wait for until it is given back. */
export interface Claim {
	/** Tells those who wait what was made; undefined where nothing was. The first call counts. */
	settle(made: Made | undefined): void;
}

/** How long what was made is remembered: Extend's list may not show it yet. */
const REMEMBERED_MS = 5 * 60_000;

interface Entry {
	/** Set while somebody is starting it. */
	underWay?: Promise<Made | undefined>;
	made?: Made;
	madeAtMs: number;
}

/**
 * Starts that several executions of this process may share. Of those that have the same start key at the same moment one
 * starts, and the others use what it has made. Nobody who holds a claim waits for another one.
 */
export class StartRegistry {
	/** An entry is there while a start is under way, and for some minutes after it has made something; the oldest first. */
	private readonly entries = new Map<string, Entry>();

	constructor(private readonly nowMs: () => number) {}

	/** The claim, if nobody else has it. */
	claim(startKey: string): Claim | undefined {
		this.forgetOld();
		if (this.entries.get(startKey)?.underWay !== undefined) return undefined;
		let settle: Claim['settle'] = () => undefined;
		const underWay = new Promise<Made | undefined>((resolve) => {
			settle = (made) => {
				if (this.entries.get(startKey)?.underWay !== underWay) return;
				this.entries.delete(startKey);
				if (made !== undefined) this.entries.set(startKey, { made, madeAtMs: this.nowMs() });
				resolve(made);
			};
		});
		this.entries.set(startKey, { underWay, madeAtMs: this.nowMs() });
		return { settle };
	}

	/** What was made with the start key a short while ago, by any execution of this process. */
	madeLately(startKey: string): Made | undefined {
		this.forgetOld();
		return this.entries.get(startKey)?.made;
	}

	/** What the start that is under way makes; undefined where there is none, it made nothing, or this execution is cancelled. */
	async awaitMade(startKey: string, clock: Pick<Clock, 'whenCancelled'>): Promise<Made | undefined> {
		return await Promise.race([this.entries.get(startKey)?.underWay, clock.whenCancelled.then(() => undefined)]);
	}

	private forgetOld(): void {
		const oldestMs = this.nowMs() - REMEMBERED_MS;
		for (const [startKey, { underWay, madeAtMs }] of this.entries) {
			if (underWay !== undefined) continue;
			if (madeAtMs >= oldestMs) return;
			this.entries.delete(startKey);
		}
	}
}
