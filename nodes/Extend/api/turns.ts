import type { Clock } from './clock';

/** Who waits; clocks of one execution name the same owner. */
type Owner = object;

export interface Waiting {
	clock: Pick<Clock, 'isCancelled' | 'whenCancelled' | 'owner'>;
	/** Ends the waiting of one whose execution is cancelled. */
	cancel: () => void;
}

/**
 * A line in which executions take turns, each in its own order of arrival: one that has much to do does not hold up
 * the others. Who comes new waits for one turn of each execution that is there.
 */
export class Turns<T extends Waiting> {
	/** Those who wait, by execution; the first execution is the next one. None is empty. */
	private readonly lines = new Map<Owner, Set<T>>();
	/** Clocks whose end is listened to, once for all that they wait for. */
	private readonly heard = new WeakSet<object>();

	/** A cancelled one is not taken in. */
	add(entry: T): void {
		const { clock } = entry;
		if (clock.isCancelled()) return entry.cancel();
		const owner = ownerOf(entry);
		const line = this.lines.get(owner) ?? new Set();
		this.lines.set(owner, line.add(entry));
		if (this.heard.has(clock)) return;
		this.heard.add(clock);
		void clock.whenCancelled.then(() => this.cancelAll(clock));
	}

	/** The one whose turn it is, who stays in line. */
	first(): T | undefined {
		const [line] = this.lines.values();
		const [entry] = line ?? [];
		return entry;
	}

	/** Takes the first out of the line; its execution has its next turn after all others. */
	takeFirst(): T | undefined {
		const entry = this.first();
		if (entry === undefined) return undefined;
		const owner = ownerOf(entry);
		const line = this.lines.get(owner);
		this.remove(entry);
		if (line !== undefined && this.lines.delete(owner)) this.lines.set(owner, line);
		return entry;
	}

	private remove(entry: T): void {
		const owner = ownerOf(entry);
		const line = this.lines.get(owner);
		line?.delete(entry);
		if (line?.size === 0) this.lines.delete(owner);
	}

	private cancelAll(clock: Waiting['clock']): void {
		for (const entry of [...(this.lines.get(clock.owner ?? clock) ?? [])].filter((each) => each.clock === clock)) {
			this.remove(entry);
			entry.cancel();
		}
	}
}

function ownerOf({ clock }: Waiting): Owner {
	return clock.owner ?? clock;
}
