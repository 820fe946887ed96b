import type { JsonObject } from '../../api/json';
import { stringAt } from '../../api/json';
import type { Outcome } from '../../n8n/items';
import { settleItem } from '../../n8n/items';
import type { Read } from '../../n8n/read';
import { batchId, readBatchId } from '../../parameters/batch';
import { routingParametersWithPicker } from '../../parameters/routing';
import type { OutputSettings } from '../../parameters/run';
import { onRunFailed, outputRun, readOutputSettings, simplify } from '../../parameters/run';
import type { WaitOptions } from '../../parameters/waiting';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { listBatch } from '../../pipeline/listBatch';
import type { WaitedRun } from '../../pipeline/runWaiter';
import { RunWaiter } from '../../pipeline/runWaiter';
import { asWaited } from '../../pipeline/submitBatches';
import { compareRuns } from '../../starting/position';
import { describeMissing, describeUnlisted } from '../../waiting/batchEnd';
import type { AllItemsOperation } from '../types';

export const waitForCompletionOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Wait for Completion',
		value: 'waitForCompletion',
		action: 'Wait for completion of batch run',
		description: 'Wait for all runs of a batch, wherever it was started, and return one item for each run',
	},
	parameters: [batchId, ...routingParametersWithPicker, onRunFailed, simplify, waitOptions],
	async execute(execution) {
		const waiter = new RunWaiter(execution);
		const outcomes = execution.items.map(async (_, itemIndex) => await settleItem(itemIndex, async () => await new ItemWait(waiter, itemIndex).outcomes()));
		return (await Promise.all(outcomes)).flat();
	},
};

/** The wait for the runs that one item stands for. */
class ItemWait {
	private readonly read: Read;
	private readonly output: OutputSettings;
	private readonly wait: WaitOptions;
	private readonly sinceMs: number;

	/** @throws ExtendError for what cannot be used */
	constructor(
		private readonly waiter: RunWaiter,
		private readonly itemIndex: number,
	) {
		this.read = waiter.execution.read(itemIndex);
		this.output = readOutputSettings(this.read);
		this.wait = readWaitOptions(this.read);
		this.sinceMs = waiter.execution.clock.nowMs();
	}

	async outcomes(): Promise<Outcome[]> {
		const runIds = this.runIds();
		return runIds.length > 0 ? await this.ofRuns(runIds) : await this.ofBatch(readBatchId(this.read));
	}

	/** What Start returns for runs of which nobody knows the batch. */
	private runIds(): string[] {
		const ids = this.waiter.execution.items[this.itemIndex]?.json.runIds;
		return this.read.text(batchId) === '' && Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
	}

	private async ofRuns(ids: string[]): Promise<Outcome[]> {
		return (await Promise.all(ids.map(async (id) => await this.finish({ kind: 'toBeRead', id, sinceMs: this.sinceMs })))).flat();
	}

	private async ofBatch(id: string): Promise<Outcome[]> {
		const { waiter, itemIndex, sinceMs, wait } = this;
		const { execution } = waiter;
		const batch = await execution.extend.getBatch(id);
		const runs = new Map<string | undefined, { listed: JsonObject; outcomes: Promise<Outcome[]> }>();
		const list = listBatch(waiter, batch, { sinceMs, ...wait });
		let page = await list.next();
		for (; page.done !== true; page = await list.next()) {
			const { countsFromMs } = page.value;
			for (const listed of page.value.runs.filter((run) => !runs.has(stringAt(run, 'id')))) {
				runs.set(stringAt(listed, 'id'), { listed, outcomes: this.finish(asWaited(listed, countsFromMs)) });
			}
		}
		const end = page.value;
		const ordered = [...runs.values()].sort((one, other) => compareRuns(one.listed, other.listed));
		const outcomes = (await Promise.all(ordered.map(async (run) => await run.outcomes))).flat();
		if (end.kind === 'over') execution.hint(describeUnlisted(batch, runs.size));
		if (end.kind === 'complete' || end.kind === 'over') return outcomes;
		return [...outcomes, { kind: 'failed', itemIndex, error: describeMissing(batch, wait.timeoutSeconds, end) }];
	}

	private async finish(waited: WaitedRun): Promise<Outcome[]> {
		const { waiter, itemIndex, output, wait } = this;
		return await settleItem(itemIndex, async () => {
			const finished = await waiter.waitFor(waited, wait);
			return [{ kind: 'run', itemIndex, ...outputRun(output, finished), binary: waiter.execution.items[itemIndex]?.binary }];
		});
	}
}
