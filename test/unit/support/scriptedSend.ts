import type { CallPorts } from '../../../nodes/Extend/api/call';
import type { HttpRequest, HttpResult } from '../../../nodes/Extend/api/http';
import { Budget } from '../../../nodes/Extend/api/pacing';
import { UploadGate } from '../../../nodes/Extend/api/uploadGate';
import { VirtualClock } from './virtualClock';

export interface Script extends CallPorts {
	clock: VirtualClock;
	/** All requests that were sent, and when. */
	sent: HttpRequest[];
	sentAtMs: number[];
}

/** Ports whose answers come from a list, the last one over and over, each after `latencyMs`. */
export function scripted(results: HttpResult[], latencyMs = 0, clock = new VirtualClock(0)): Script {
	const sent: HttpRequest[] = [];
	const sentAtMs: number[] = [];
	return {
		clock,
		sent,
		sentAtMs,
		pacing: { get: new Budget(), write: new Budget(), run: new Budget() },
		uploads: new UploadGate(),
		send: async (request) => {
			sentAtMs.push(clock.nowMs());
			sent.push(request);
			const result = results[Math.min(sent.length, results.length) - 1];
			if (result === undefined) throw new Error('The script has no result');
			if (latencyMs > 0) await clock.elapse(latencyMs);
			return result;
		},
	};
}
