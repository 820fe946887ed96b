export interface Planned {
	/** When it is checked next, in ms; infinite while nothing is planned. Changed by the agenda alone. */
	checkMs: number;
}

interface Entry<T> {
	atMs: number;
	item: T;
}

/**
 * What is to be checked when. Each plan and each check takes time with the logarithm of the number of items, so that
 * thousands cost little. It is a binary heap whose entries are not removed when they no longer hold, but passed over.
 */
export class Agenda<T extends Planned> {
	/** No entry is earlier than that at half its index. Index 0 is unused. */
	private readonly heap: Array<Entry<T>> = [];
	private size = 0;

	/** Has the item checked at that moment or before it. */
	plan(item: T, atMs: number): void {
		if (atMs >= item.checkMs) return;
		item.checkMs = atMs;
		this.size += 1;
		this.rise({ atMs, item });
	}

	cancel(item: T): void {
		item.checkMs = Number.POSITIVE_INFINITY;
	}

	/** When the next item is to be checked; infinite when nothing is planned. */
	firstMs(): number {
		return this.first()?.atMs ?? Number.POSITIVE_INFINITY;
	}

	/** An item that is due, no longer planned; undefined when none is. */
	takeDue(nowMs: number): T | undefined {
		const first = this.first();
		if (first === undefined || first.atMs > nowMs) return undefined;
		this.removeFirst();
		this.cancel(first.item);
		return first.item;
	}

	/** The first entry that still holds. */
	private first(): Entry<T> | undefined {
		for (let first = this.heap[1]; first !== undefined && this.size > 0; first = this.heap[1]) {
			if (first.atMs === first.item.checkMs) return first;
			this.removeFirst();
		}
		return undefined;
	}

	private rise(entry: Entry<T>): void {
		let index = this.size;
		for (let above = this.heap[index >> 1]; index > 1 && above !== undefined && above.atMs > entry.atMs; above = this.heap[index >> 1]) {
			this.heap[index] = above;
			index >>= 1;
		}
		this.heap[index] = entry;
	}

	private removeFirst(): void {
		const last = this.heap[this.size];
		this.heap.length = this.size;
		this.size -= 1;
		if (this.size === 0 || last === undefined) return;
		let index = 1;
		for (let below = this.earlierBelow(index); below !== undefined && below.entry.atMs < last.atMs; below = this.earlierBelow(index)) {
			this.heap[index] = below.entry;
			index = below.index;
		}
		this.heap[index] = last;
	}

	private earlierBelow(index: number): { index: number; entry: Entry<T> } | undefined {
		const [one, other] = [this.heap[2 * index], this.heap[2 * index + 1]];
		if (one === undefined) return undefined;
		return other === undefined || one.atMs <= other.atMs ? { index: 2 * index, entry: one } : { index: 2 * index + 1, entry: other };
	}
}
