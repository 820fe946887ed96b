import type { Run } from '../api/types';
import type { EarlierPorts } from './earlierRuns';
import { earlierIn, EarlierRuns } from './earlierRuns';
import type { FoundRun, RunFinder } from './finder';
import type { BatchPlan } from './plan';

export interface EarlierBatchPorts extends EarlierPorts {
	finder: Pick<RunFinder, 'listTokens' | 'listBatch'>;
	/** IDs of batches started in this execution, by token of their documents; they outlive a retry of the node. */
	startedBatchIds: Record<string, string>;
	/** IDs of the runs known before, by token of documents whose last request got no answer; kept likewise. */
	unansweredStarts: Record<string, string>;
}

/** What earlier tries have left of a document. */
export type EarlierDocument =
	/** A run that can stand for a new one. */
	| { kind: 'run'; run: Run }
	/** A batch that Extend took; its list may not show the run yet. */
	| { kind: 'batch'; batchId: string }
	/** A request that got no answer, of which the list does not show the run yet: it must not be sent again. */
	| { kind: 'unanswered' }
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
		if (batchId === undefined) return await this.findRun(plan);
		const { usable, known } = earlierIn(await this.list(batchId), plan.token);
		return usable === undefined && known.size > 0 ? { kind: 'none', known } : { kind: 'batch', batchId };
	}

	/** Whether the look had to end before it had gone 24 hours back. */
	async wasCutShort(): Promise<boolean> {
		return await this.runs.wasCutShort();
	}

	private async findRun(plan: BatchPlan): Promise<EarlierDocument> {
		const unanswered = this.ports.unansweredStarts[plan.token]?.split(',');
		const earlier = await this.runs.find({ ...plan, looksFirst: plan.looksFirst || unanswered !== undefined });
		const { usable, known } = earlier;
		// Any but a processed one may have failed since it was listed.
		const run = usable?.status === 'PROCESSED' ? usable : await this.runs.readUsable(earlier);
		if (run !== undefined) return { kind: 'run', run };
		const isStillOpen = unanswered !== undefined && [...known].every((id) => unanswered.includes(id));
		return isStillOpen ? { kind: 'unanswered' } : { kind: 'none', known };
	}

	private async list(batchId: string): Promise<FoundRun[]> {
		const list = this.lists.get(batchId) ?? this.ports.finder.listBatch(batchId);
		this.lists.set(batchId, list);
		return await list;
	}
}
