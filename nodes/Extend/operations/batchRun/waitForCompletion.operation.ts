import type { JsonObject } from '../../api/json';
import { stringAt } from '../../api/json';
import { readError } from '../../n8n/errors';
import type { Outcome } from '../../n8n/items';
import { settleItem } from '../../n8n/items';
import type { Read } from '../../n8n/read';
import { batchId, readBatchId } from '../../parameters/batch';
import { routingParametersWithPicker } from '../../parameters/routing';
import { checkOutput, checkRunFailed, onRunFailed, outputRun, simplify } from '../../parameters/run';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { compareRuns } from '../../starting/position';
import { asWaited, describeMissing, findRuns } from '../shared/batchWaiter';
import { hintUnlisted } from '../shared/hints';
import type { WaitedRun } from '../shared/waitForRun';
import { RunWaiter } from '../shared/waitForRun';
import type { AllItemsOperation } from '../types';

export const waitForCompletionOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Wait for Completion',
		value: 'waitForCompletion',
		action: 'Wait for completion of batch run',
		description: 'Wait for all runs of a batch, wherever it was started; returns one item for each run',
	},
	parameters: [batchId, ...routingParametersWithPicker, onRunFailed, simplify, waitOptions],
	async execute(run) {
		const waiter = new RunWaiter(run);
		const outcomes = run.items.map(async (_, itemIndex) => await new ItemWait(waiter, itemIndex).outcomes());
		return (await Promise.all(outcomes)).flat();
	},
};

/** The wait for the runs that one item stands for. */
class ItemWait {
	private readonly read: Read;
	private readonly sinceMs: number;

	constructor(
		private readonly waiter: RunWaiter,
		private readonly itemIndex: number,
	) {
		this.read = waiter.run.read(itemIndex);
		this.sinceMs = waiter.run.clock.nowMs();
	}

	async outcomes(): Promise<Outcome[]> {
		try {
			checkOutput(this.read);
			readWaitOptions(this.read);
			const runIds = this.runIds();
			return runIds.length > 0 ? await this.ofRuns(runIds) : await this.ofBatch(readBatchId(this.read));
		} catch (caught) {
			return [{ kind: 'failed', itemIndex: this.itemIndex, error: readError(caught) }];
		}
	}

	/** What Start puts out for runs of which nobody knows the batch. */
	private runIds(): string[] {
		const ids = this.waiter.run.items[this.itemIndex]?.json.runIds;
		return this.read.text(batchId) === '' && Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
	}

	private async ofRuns(ids: string[]): Promise<Outcome[]> {
		return (await Promise.all(ids.map(async (id) => await this.finish({ id, sinceMs: this.sinceMs })))).flat();
	}

	private async ofBatch(id: string): Promise<Outcome[]> {
		const { waiter, itemIndex, sinceMs } = this;
		const { timeoutSeconds, cancelsOnStop } = readWaitOptions(this.read);
		const batch = await waiter.run.extend.getBatch(id);
		const waits = new Map<string | undefined, { listed: JsonObject; outcomes: Promise<Outcome[]> }>();
		const take = (runs: JsonObject[]): void => {
			for (const listed of runs.filter((run) => !waits.has(stringAt(run, 'id')))) {
				waits.set(stringAt(listed, 'id'), { listed, outcomes: this.finish(asWaited(listed, sinceMs)) });
			}
		};
		const end = await findRuns(waiter, { batch, sinceMs, timeoutSeconds, cancelsOnStop, take });
		const ordered = [...waits.values()].sort((one, other) => compareRuns(one.listed, other.listed));
		const outcomes = (await Promise.all(ordered.map(async (wait) => await wait.outcomes))).flat();
		if (end.kind === 'over') hintUnlisted(waiter.run, batch, waits.size);
		if (end.kind === 'complete' || end.kind === 'over') return outcomes;
		return [...outcomes, { kind: 'failed', itemIndex, error: describeMissing({ batch, timeoutSeconds }, end) }];
	}

	private async finish(waited: WaitedRun): Promise<Outcome[]> {
		const { waiter, itemIndex, read } = this;
		return await settleItem(itemIndex, async () => {
			const finished = await waiter.waitFor(waited, readWaitOptions(read));
			checkRunFailed(read, finished);
			return [{ ...outputRun(read, finished), binary: waiter.run.items[itemIndex]?.binary }];
		});
	}
}
