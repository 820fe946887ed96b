/* eslint-disable @n8n/community-nodes/no-restricted-globals -- measures the memory of this process */
import { answerParent } from '../lib/worker';
import { measureUsage } from '../lib/usage';
import type { ClientJob, ClientName, ClientReport } from '../protocol';
import { prepareBatch, prepareExecutions, prepareGet, prepareHttpGet, prepareNode, prepareWait } from '../clients/node';
import { prepareLoop } from '../clients/loop';
import { prepareSdk } from '../clients/sdk';
import { prepareSequential } from '../clients/sequential';
import type { Work } from '../clients/types';

const PREPARE: Record<ClientName, (job: ClientJob) => Work> = {
	node: prepareNode,
	batch: prepareBatch,
	executions: prepareExecutions,
	wait: prepareWait,
	get: prepareGet,
	httpGet: prepareHttpGet,
	loop: prepareLoop,
	sdk: prepareSdk,
	sequential: prepareSequential,
};
/** More would fill the screen. */
const MAX_MESSAGES = 3;

/** Everything is loaded before the clock and the measuring of memory start. */
answerParent<ClientJob>(async (job): Promise<ClientReport> => {
	const work = PREPARE[job.client](job);
	const heapBefore = usedHeap();
	const endMeasuring = measureUsage();
	const startMs = Date.now();
	const { outcomes, messages } = await work();
	const endMs = Date.now();
	const usage = endMeasuring();
	const heapBytes = usedHeap() - heapBefore;
	return {
		...usage,
		startMs,
		endMs,
		finished: outcomes.filter((json) => json.status === 'PROCESSED').length,
		messages: [...new Set(messages)].slice(0, MAX_MESSAGES),
		heapBytes,
		outputBytes: heapOf(outcomes),
	};
});

function usedHeap(): number {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
}

/** How much of the heap a second copy of the value takes. */
function heapOf(value: unknown): number {
	const before = usedHeap();
	const copy: unknown = structuredClone(value);
	const bytes = usedHeap() - before;
	return copy === undefined ? 0 : bytes;
}
