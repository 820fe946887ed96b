import type { HttpAnswer } from '../../../nodes/Extend/api/http';
import { answer } from './answers';
import type { VirtualClock } from './virtualClock';

export interface ServerLimits {
	perSecond: number;
	/** Way there and way back, in ms, for each request. */
	latencyMs?: () => number;
	retryAfter?: string;
	/** Share of the requests that is refused whatever the rate; drawn by `random`. */
	strayShare?: number;
	random?: () => number;
}

/** Extend seen from afar: accepts so many requests in any second, refuses the others, and counts both. */
export class LimitedServer {
	accepted = 0;
	refused = 0;
	private acceptedAtMs: number[] = [];

	constructor(
		private readonly clock: VirtualClock,
		private readonly limits: ServerLimits,
	) {}

	/** Changes the limit, as when other clients come or go. */
	allow(perSecond: number): void {
		this.limits.perSecond = perSecond;
	}

	async handle(): Promise<HttpAnswer> {
		const { latencyMs = () => 40, retryAfter } = this.limits;
		await this.clock.elapse(latencyMs());
		const answered = this.judge() ? answer(200, {}) : answer(429, {}, retryAfter === undefined ? {} : { 'retry-after': retryAfter });
		await this.clock.elapse(latencyMs());
		return answered;
	}

	private judge(): boolean {
		const nowMs = this.clock.nowMs();
		const { strayShare = 0, random = () => 1 } = this.limits;
		this.acceptedAtMs = this.acceptedAtMs.filter((atMs) => atMs > nowMs - 1_000);
		if (this.acceptedAtMs.length >= this.limits.perSecond || random() < strayShare) {
			this.refused++;
			return false;
		}
		this.acceptedAtMs.push(nowMs);
		this.accepted++;
		return true;
	}
}
