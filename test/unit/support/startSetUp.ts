import type { Clock } from '../../../nodes/Extend/api/clock';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import type { BatchDocument, Placement } from '../../../nodes/Extend/starting/batchPlacement';
import { BatchStarter } from '../../../nodes/Extend/starting/batchStarter';
import type { BatchPlan, StartPlan } from '../../../nodes/Extend/starting/plan';
import { RunStarter } from '../../../nodes/Extend/starting/runStarter';
import { isSharedByExecutions } from '../../../nodes/Extend/starting/startKey';
import type { RememberedStarts } from '../../../nodes/Extend/starting/startMemory';
import { StartMemory } from '../../../nodes/Extend/starting/startMemory';
import { StartRegistry } from '../../../nodes/Extend/starting/startRegistry';
import type { StartFate } from './fakeExtend';
import { FakeExtend } from './fakeExtend';
import { VirtualClock } from './virtualClock';

async function* open(): AsyncGenerator<Uint8Array> {
	yield await Promise.resolve(new Uint8Array());
}
/** A document that has to be uploaded. */
export const upload: StartPlan['source'] = {
	kind: 'upload',
	upload: { fileName: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 1, open, fields: {} },
};
export const OWN_KEY = 'run:a';
export const SHARED_KEY = 'key:a';
export const refusal = new ExtendError('Extend answered: no', 'Change it.', { code: 'INVALID_REQUEST', status: 422, retryable: false });

/** What a server between n8n and Extend answers. */
export const foreignNotFound = new ExtendError('Not found', 'Wait.', { code: 'HTTP_404', status: 404, isExtendsOwn: false });

/** One document and all that its run is started with. */
export function planOf(startKey = OWN_KEY, more: Partial<BatchPlan> = {}): BatchPlan {
	return {
		target: { classifier: { id: 'cl_1' } },
		source: { kind: 'input', file: { url: 'https://a.example/a.pdf' } },
		metadata: { mail: 1, 'n8n:start': startKey },
		startKey,
		looksFirst: isSharedByExecutions(startKey),
		...more,
	};
}

/** A run that somebody has left behind. */
export function earlierRun(status: string, startKey = SHARED_KEY, id = 'clr_old') {
	return { id, status, classifier: { id: 'cl_1' }, metadata: { 'n8n:start': startKey } };
}

/** An execution of the node, which can be cancelled by itself. */
export interface Execution {
	runs: RunStarter;
	batches: BatchStarter<BatchDocument>;
	memory: StartMemory;
	clock: Clock;
	cancel: () => void;
}

interface How {
	executionId?: string;
	runIndex?: number;
	/** What n8n kept of an earlier try. */
	remembered?: RememberedStarts;
	registry?: StartRegistry;
}

export class World {
	readonly clock = new VirtualClock();
	readonly extend: FakeExtend;
	readonly registry = new StartRegistry(() => this.clock.nowMs());
	private executions = 0;

	constructor(fates: StartFate[] = [], lagMs = 0) {
		this.extend = new FakeExtend(this.clock, lagMs);
		this.extend.fates = [...fates];
	}

	/** The next execution of this process, or another try of one. */
	execution({ executionId = `${++this.executions}`, runIndex = 0, remembered, registry = this.registry }: How = {}): Execution {
		const memory = new StartMemory(remembered ?? noMemory(executionId), { executionId, runIndex });
		const cancelled = new AbortController();
		const clock = clockOf(this.clock, cancelled.signal);
		const context = { extend: this.extend.seenBy(clock), clock, memory, registry };
		return { runs: new RunStarter(context), batches: new BatchStarter(context), memory, clock, cancel: () => cancelled.abort() };
	}

	/** An execution of another n8n process. */
	elsewhere(how: How = {}): Execution {
		return this.execution({ registry: new StartRegistry(() => this.clock.nowMs()), ...how });
	}
}

export function noMemory(executionId = '1'): RememberedStarts {
	return { executionId, tries: {}, starts: {} };
}

/** Time that all executions share, with a Stop of its own. */
function clockOf(time: VirtualClock, cancelled: AbortSignal): Clock {
	const whenCancelled = new Promise<void>((resolve) => cancelled.addEventListener('abort', () => resolve(), { once: true }));
	return {
		nowMs: () => time.nowMs(),
		random: () => time.random(),
		pause: async (ms, wake) => {
			if (!cancelled.aborted) await Promise.race([time.pause(ms, wake), whenCancelled]);
		},
		isCancelled: () => cancelled.aborted,
		whenCancelled,
	};
}

/** Where a batch start has brought its documents, in words by start key: "batch bpr_1 reused own". */
export async function placedBy(execution: Execution, startKeys: readonly string[], more: Partial<BatchPlan> = {}): Promise<Record<string, string>> {
	const placed: Record<string, string> = {};
	for (const placement of await placementsOf(execution, startKeys, more)) {
		for (const [startKey, place] of placesIn(placement)) placed[startKey] = startKey in placed ? `${placed[startKey]} and ${place}` : place;
	}
	return placed;
}

export async function placementsOf(execution: Execution, startKeys: readonly string[], more: Partial<BatchPlan> = {}): Promise<Array<Placement<BatchDocument>>> {
	return await all(execution.batches.start(startKeys.map((startKey) => ({ plan: planOf(startKey, more) }))));
}

export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
	const list: T[] = [];
	for await (const value of values) list.push(value);
	return list;
}

function placesIn(placement: Placement<BatchDocument>): Array<[startKey: string, place: string]> {
	switch (placement.kind) {
		case 'failed':
			return [[placement.document.plan.startKey, `failed ${placement.error.facts.code}`]];
		case 'batch': {
			const place = ['batch', placement.batch.id, ...(placement.isReused ? ['reused'] : []), ...(placement.isOwn ? ['own'] : [])].join(' ');
			return placement.documents.map(({ plan }) => [plan.startKey, place]);
		}
		case 'made':
			return placement.runs.map(({ document, run }) => [document.plan.startKey, `made ${run.id}`]);
		case 'reused':
			return placement.runs.map(({ document, run, isOwn }) => [document.plan.startKey, `reused ${run.id}${isOwn ? ' own' : ''}`]);
	}
}

