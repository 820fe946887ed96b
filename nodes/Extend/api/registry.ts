/** What is not used for so long is forgotten. */
const FORGOTTEN_AFTER_MS = 3_600_000;

interface Kept<T> {
	value: T;
	usedMs: number;
}

/** Values by key that are made when they are asked for first, and forgotten once they have not been used for an hour. */
export class Registry<T> {
	/** The one that was used longest ago comes first. */
	private readonly kept = new Map<string, Kept<T>>();

	constructor(private readonly create: () => T) {}

	/** The value of the key, which counts as used now. What others have not used for an hour goes. */
	use(key: string, nowMs: number): T {
		const { value } = this.kept.get(key) ?? { value: this.create() };
		this.kept.delete(key);
		this.kept.set(key, { value, usedMs: nowMs });
		for (const [other, { usedMs }] of this.kept) {
			if (nowMs - usedMs < FORGOTTEN_AFTER_MS) break;
			this.kept.delete(other);
		}
		return value;
	}

	get size(): number {
		return this.kept.size;
	}
}
