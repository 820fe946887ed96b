import type { EarlierPorts } from './earlierRuns';
import { earlierIn, EarlierRuns } from './earlierRuns';
import type { FoundRun, RunFinder } from './finder';
import type { BatchPlan } from './plan';

export interface EarlierBatchPorts extends EarlierPorts {
	finder: Pick<RunFinder, 'listTokens' | 'listBatch'>;
	/** IDs of batches started in this execution, by token of their documents; they outlive a retry of the node. */
	startedBatchIds: Record<string, string>;
}

/** What earlier tries have left of a document. */
export type EarlierDocument =
	/** A run that can stand for a new one. */
	| { kind: 'run'; run: FoundRun }
	/** A batch that Extend took; its list may not show the run yet. */
	| { kind: 'batch'; batchId: string }
	/** Nothing that can be used; `known` are IDs of runs that failed. */
	| { kind: 'none'; known: ReadonlySet<string> };

/** Looks for runs of earlier tries; first in the batches of this execution, which the list of all may not show yet. */
export class EarlierBatches {
	private readonly runs: EarlierRuns;
	private readonly lists = new Map<string, Promise<FoundRun[]>>();

	constructor(private readonly ports: EarlierBatchPorts) {
		this.runs = new EarlierRuns(ports);
	}

	async find(plan: BatchPlan): Promise<EarlierDocument> {
		const batchId = plan.looksFirst ? this.ports.startedBatchIds[plan.token] : undefined;
		const { usable, known } = batchId === undefined ? await this.runs.find(plan) : earlierIn(await this.list(batchId), plan.token);
		if (batchId !== undefined && (usable !== undefined || known.size === 0)) return { kind: 'batch', batchId };
		return usable === undefined ? { kind: 'none', known } : { kind: 'run', run: usable };
	}

	/** Whether the look had to end before it had gone 24 hours back. */
	async wasCutShort(): Promise<boolean> {
		return await this.runs.wasCutShort();
	}

	private async list(batchId: string): Promise<FoundRun[]> {
		const list = this.lists.get(batchId) ?? this.ports.finder.listBatch(batchId);
		this.lists.set(batchId, list);
		return await list;
	}
}
