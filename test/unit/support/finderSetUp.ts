import type { JsonObject } from '../../../nodes/Extend/api/json';
import { RunFinder } from '../../../nodes/Extend/starting/runFinder';
import { FakeExtend } from './fakeExtend';
import { VirtualClock } from './virtualClock';

/** A finder and the Extend that it looks through; runs show in its lists so much later. */
export function setUpFinder(lagMs = 0): { clock: VirtualClock; extend: FakeExtend; finder: RunFinder } {
	const clock = new VirtualClock();
	const extend = new FakeExtend(clock, lagMs);
	return { clock, extend, finder: new RunFinder({ extend, clock }) };
}

/** A run of a saved classifier that was started with a start key. */
export function runWithKey(id: string, startKey: string, more: JsonObject = {}): JsonObject {
	return { id, status: 'PROCESSED', classifier: { id: 'cl_1' }, metadata: { 'n8n:start': startKey }, ...more };
}
