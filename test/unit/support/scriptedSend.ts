import type { CallPorts } from '../../../nodes/Extend/api/call';
import { ExtendClient } from '../../../nodes/Extend/api/client';
import type { HttpRequest, HttpResult } from '../../../nodes/Extend/api/http';
import { Bucket } from '../../../nodes/Extend/api/buckets';
import { UploadGate } from '../../../nodes/Extend/api/uploadGate';
import { VirtualClock } from './virtualClock';

export interface Script extends CallPorts {
	clock: VirtualClock;
	/** All requests that were sent, and when. */
	sent: HttpRequest[];
	sentAtMs: number[];
}

/** More than any test needs: a loop that never ends is told of here instead of hanging. */
const MAX_SENT = 2_000;

/** Ports whose answers come from a list, the last one over and over, each after `latencyMs`. */
export function scripted(results: HttpResult[], latencyMs = 0, clock = new VirtualClock(0)): Script {
	const sent: HttpRequest[] = [];
	const sentAtMs: number[] = [];
	return {
		clock,
		sent,
		sentAtMs,
		buckets: { get: new Bucket(), write: new Bucket(), run: new Bucket() },
		uploads: new UploadGate(),
		send: async (request) => {
			sentAtMs.push(clock.nowMs());
			sent.push(request);
			if (sent.length > MAX_SENT) throw new Error('The code under test sends over and over');
			const result = results[Math.min(sent.length, results.length) - 1];
			if (result === undefined) throw new Error('The script has no result');
			if (latencyMs > 0) await clock.elapse(latencyMs);
			return result;
		},
	};
}

/** A client that is answered with these results, the last one over and over. */
export function clientOf(...results: HttpResult[]): { client: ExtendClient; ports: Script } {
	const ports = scripted(results);
	return { client: new ExtendClient(ports), ports };
}
