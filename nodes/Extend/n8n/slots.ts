/** Lets only so many pieces of work go on at once; the others wait their turn, first come, first served. */
export class Slots {
	private readonly waiting: Array<() => void> = [];

	/** @param free how many may go on now */
	constructor(private free: number) {}

	async use<T>(work: () => Promise<T>): Promise<T> {
		// A slot that is given back goes straight to the first that waits, so `free` grows only when nobody does.
		if (this.free > 0) this.free -= 1;
		else await new Promise<void>((begin) => this.waiting.push(begin));
		try {
			return await work();
		} finally {
			const next = this.waiting.shift();
			if (next === undefined) this.free += 1;
			else next();
		}
	}
}
