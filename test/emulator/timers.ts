/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/** Timers that can all be dropped at once, so that closing never waits. */
export class Timers {
	private readonly pending = new Set<NodeJS.Timeout>();

	/** Calls `act` after so many milliseconds, unless cleared before. */
	after(delayMs: number, act: () => void): void {
		const timer = setTimeout(() => {
			this.pending.delete(timer);
			act();
		}, Math.max(0, delayMs));
		this.pending.add(timer);
	}

	/** Settles after so many milliseconds; never, once cleared. */
	async pause(delayMs: number): Promise<void> {
		await new Promise<void>((resolve) => this.after(delayMs, resolve));
	}

	clear(): void {
		for (const timer of this.pending) clearTimeout(timer);
		this.pending.clear();
	}
}
