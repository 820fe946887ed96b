import type { ExtendClient } from '../../../nodes/Extend/api/client';
import type { Clock } from '../../../nodes/Extend/api/clock';
import type { StartContext } from '../../../nodes/Extend/starting/startContext';
import { StartMemory } from '../../../nodes/Extend/starting/startMemory';
import { StartRegistry } from '../../../nodes/Extend/starting/startRegistry';

/** What a node needs to start runs at its first try. */
export function startContextOf(extend: ExtendClient, clock: Clock): StartContext {
	const memory = new StartMemory({ executionId: '1', tries: {}, starts: {} }, { executionId: '1', runIndex: 0 });
	return { extend, clock, memory, registry: new StartRegistry(() => clock.nowMs()) };
}
