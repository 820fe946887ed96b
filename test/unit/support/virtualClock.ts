/* eslint-disable @n8n/community-nodes/no-restricted-globals -- setImmediate lets all promises settle; no real time is waited for */
import type { Clock } from '../../../nodes/Extend/api/clock';

interface Alarm {
	atMs: number;
	ring: () => void;
}

/** More pauses than any test needs: a loop that never really pauses ends here instead of hanging. */
const MAX_PAUSES = 200_000;

/** A clock whose time moves on, from one pause to the next, whenever everything else has come to rest. */
export class VirtualClock implements Clock {
	/** Lengths of all pauses of the code under test, in ms, in the order they began. */
	readonly pausesMs: number[] = [];
	readonly whenCancelled: Promise<void>;
	private readonly alarms = new Set<Alarm>();
	private announceStop: () => void = () => undefined;
	private isStopped = false;
	private isTicking = false;

	constructor(
		private timeMs = Date.UTC(2026, 9, 5, 9),
		private readonly chance: () => number = () => 0.5,
	) {
		this.whenCancelled = new Promise((resolve) => {
			this.announceStop = resolve;
		});
	}

	nowMs(): number {
		return this.timeMs;
	}

	random(): number {
		return this.chance();
	}

	isCancelled(): boolean {
		return this.isStopped;
	}

	async pause(ms: number, wake?: AbortSignal): Promise<void> {
		this.pausesMs.push(ms);
		if (this.pausesMs.length > MAX_PAUSES) throw new Error('The code under test pauses over and over');
		if (this.isStopped || wake?.aborted === true) return;
		await new Promise<void>((resolve) => {
			const alarm = this.add(ms, resolve);
			const end = (): void => {
				this.alarms.delete(alarm);
				resolve();
			};
			void this.whenCancelled.then(end);
			wake?.addEventListener('abort', end, { once: true });
		});
	}

	/** Takes time for what is not under test, such as a server's answer; n8n's Stop does not shorten it. */
	async elapse(ms: number): Promise<void> {
		await new Promise<void>((resolve) => {
			this.add(ms, resolve);
		});
	}

	/** Acts once so much time has gone by. */
	after(ms: number, act: () => void): void {
		this.add(ms, act);
	}

	/** Lets so much time go by in which nothing happens, as when a computer sleeps. */
	sleep(ms: number): void {
		this.timeMs += ms;
	}

	/** What n8n's Stop button does. */
	stop(): void {
		this.isStopped = true;
		this.announceStop();
	}

	private add(ms: number, ring: () => void): Alarm {
		const alarm = { atMs: this.timeMs + Math.max(0, ms), ring };
		this.alarms.add(alarm);
		this.tickSoon();
		return alarm;
	}

	private tickSoon(): void {
		if (this.isTicking) return;
		this.isTicking = true;
		setImmediate(() => {
			this.isTicking = false;
			this.ringNext();
		});
	}

	private ringNext(): void {
		let next: Alarm | undefined;
		for (const alarm of this.alarms) {
			if (next === undefined || alarm.atMs < next.atMs) next = alarm;
		}
		if (next === undefined || next.atMs === Number.POSITIVE_INFINITY) return;
		this.alarms.delete(next);
		this.timeMs = Math.max(this.timeMs, next.atMs);
		next.ring();
		this.tickSoon();
	}
}
