/** Thrown before anything is started that could cost more than was allowed. */
export class BoundReached extends Error {
	constructor(wanted: number, left: number) {
		super(`It can cost ${round(wanted)} more credits, and ${round(left)} are left.`);
	}
}

/** Credits without the leftovers of binary fractions. */
export function round(credits: number): number {
	return Math.round(credits * 100) / 100;
}

/** Counts credits: the highest price when something starts, the real one once it is known. */
export class Budget {
	private spent = 0;

	constructor(readonly bound: number) {}

	/** Credits so far; of what has not ended yet, the highest price. */
	get credits(): number {
		return round(this.spent);
	}

	/** @throws BoundReached when the bound would be passed */
	reserve(credits: number): void {
		const left = this.bound - this.spent;
		if (round(credits) > round(left)) throw new BoundReached(credits, left);
		this.spent += credits;
	}

	/** Puts the real price in place of a reserved one. */
	settle(reserved: number, real: number): void {
		this.spent += real - reserved;
	}
}
