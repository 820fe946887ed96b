import { stoppedError } from '../api/errors';
import type { Run } from '../api/types';
import { createdAtMs, findUsable } from './foundRun';
import type { StartPlan } from './plan';
import type { RunFinder } from './runFinder';
import { START_KEY_LIFETIME_MS } from './runFinder';
import type { StartContext } from './startContext';
import { readMade, undefinedIfMissing } from './startContext';
import { classifierIdOf, isSharedByExecutions } from './startKey';
import type { Made } from './startRegistry';
import { notListedInBatch } from './unknownOutcome';

/** A document to be started, and the IDs of runs that carry its start key and cannot stand for it. */
export interface FreshStart {
	plan: StartPlan;
	known: Set<string>;
}

/** Pauses before the looks for a run in the list of its batch. */
const BATCH_LOOK_PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

/** The runs that other starts of this process have made. */
export class OtherStarts {
	constructor(
		private readonly context: StartContext,
		private readonly finder: Pick<RunFinder, 'findMade' | 'listBatch'>,
	) {}

	/** The run that was made, which may have failed; undefined where there is none. @throws ExtendError when it cannot be told */
	async read(made: Made, start: FreshStart): Promise<Run | undefined> {
		if (made.kind === 'batch') return await this.findInBatch(made.batchId, start.plan.startKey);
		const runId = made.kind === 'run' ? made.runId : await this.findAfterUnknownOutcome(start);
		if (runId === undefined) return undefined;
		const run = await readMade(runId, this.context).catch(undefinedIfMissing);
		const isOld = run !== undefined && createdAtMs(run.json) < this.context.clock.nowMs() - START_KEY_LIFETIME_MS;
		return isOld ? undefined : run;
	}

	/** Its run is listed soon, since Extend has taken the batch. @throws ExtendError when it is not */
	async findInBatch(batchId: string, startKey: string): Promise<Run> {
		const { clock } = this.context;
		for (const pauseMs of BATCH_LOOK_PAUSES_MS) {
			await clock.pause(pauseMs);
			if (clock.isCancelled()) throw stoppedError();
			const runs = (await this.finder.listBatch(batchId)).filter((run) => run.startKey === startKey);
			const found = findUsable(runs, startKey) ?? runs[0];
			if (found !== undefined) return await readMade(found.id, this.context);
		}
		throw notListedInBatch(batchId);
	}

	/** Whether this execution has started the run: nobody else can, or it is remembered. */
	isOwn({ id }: Run, startKey: string): boolean {
		return !isSharedByExecutions(startKey) || (this.context.memory.of(startKey).runIds?.includes(id) ?? false);
	}

	/** A start with an unknown outcome is looked for as patiently as by the one who sent it: a list may show it late. */
	private async findAfterUnknownOutcome({ plan: { startKey, target }, known }: FreshStart): Promise<string | undefined> {
		const { runs, lookError } = await this.finder.findMade(new Set([startKey]), classifierIdOf(target), known);
		if (this.context.clock.isCancelled()) throw stoppedError();
		if (lookError !== undefined) throw lookError;
		return runs.get(startKey)?.id;
	}
}
