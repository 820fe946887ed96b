import { asExtendError } from '../../api/errors';
import type { JsonObject } from '../../api/json';
import { stringAt } from '../../api/json';
import type { BatchRun, Run } from '../../api/types';
import { settleItem } from '../../n8n/items';
import type { WaitOptions } from '../../parameters/waiting';
import { readWaitOptions } from '../../parameters/waiting';
import { tokenOf } from '../../starting/finder';
import type { BatchListEnd } from '../../waiting/batchRuns';
import type { BatchDocument, DocumentRun, DocumentOutcome, Placement } from './batchDocuments';
import { failed } from './batchDocuments';
import { asWaited, describeMissing, describeUnmatched, findRuns } from './batchWaiter';
import { finishRun } from './finishRun';
import type { RunWaiter, WaitedRun } from './waitForRun';

/** Waits for runs of which it is known whose they are. */
export async function finishFound(waiter: RunWaiter, runs: DocumentRun[]): Promise<DocumentOutcome[]> {
	const sinceMs = waiter.run.clock.nowMs();
	const finished = runs.map(async ({ document, run }) => await finishDocument(waiter, document, asWaited(run.json, sinceMs)));
	return (await Promise.all(finished)).flat();
}

/** Waits for the runs of a batch, each as soon as it is known which of them is whose. */
export async function finishBatch(waiter: RunWaiter, { batch, documents }: Extract<Placement, { kind: 'batch' }>): Promise<DocumentOutcome[]> {
	return await new BatchFinish(waiter, batch, documents).outcomes();
}

async function finishDocument(waiter: RunWaiter, document: BatchDocument, waited: WaitedRun): Promise<DocumentOutcome[]> {
	const outcomes = await settleItem(document.itemIndex, async () => [await finishRun(waiter, document, waited)]);
	return outcomes.map((outcome) => ({ document, outcome }));
}

class BatchFinish {
	private readonly sinceMs: number;
	private readonly options: WaitOptions[];
	/** Documents whose run has not shown yet, by token. */
	private readonly missing: Map<string, BatchDocument>;
	/** Runs that do not say whose they are, by ID: not every workspace need keep the metadata that tells it. */
	private readonly unmatched = new Map<string, Run>();
	private readonly finished: Array<Promise<DocumentOutcome[]>> = [];

	constructor(
		private readonly waiter: RunWaiter,
		private readonly batch: BatchRun,
		documents: BatchDocument[],
	) {
		this.sinceMs = waiter.run.clock.nowMs();
		this.options = documents.map(({ itemIndex }) => readWaitOptions(waiter.run.read(itemIndex)));
		this.missing = new Map(documents.map((document) => [document.plan.token, document]));
	}

	async outcomes(): Promise<DocumentOutcome[]> {
		const { waiter, batch, sinceMs } = this;
		const timeoutSeconds = Math.max(...this.options.map((each) => each.timeoutSeconds));
		const cancelsOnStop = this.options.some((each) => each.cancelsOnStop);
		const end = await findRuns(waiter, { batch, sinceMs, timeoutSeconds, cancelsOnStop, take: (runs, fromMs) => runs.forEach((run) => this.take(run, fromMs)) });
		if (end.kind === 'complete' || end.kind === 'over') await this.readUnmatched();
		if (end.kind === 'stopped' && cancelsOnStop) await Promise.all(this.runsOfMissing().map(async (run) => await waiter.cancelAfterStop(run)));
		return [...this.lost(end, timeoutSeconds), ...(await Promise.all(this.finished)).flat()];
	}

	private take(listed: JsonObject, countsFromMs = this.sinceMs): void {
		const id = stringAt(listed, 'id') ?? '';
		const token = tokenOf(listed);
		const document = this.missing.get(token ?? '');
		if (document !== undefined) {
			this.missing.delete(document.plan.token);
			this.unmatched.delete(id);
			this.finished.push(finishDocument(this.waiter, document, asWaited(listed, countsFromMs)));
		} else if (token === undefined) {
			this.unmatched.set(id, { id, status: stringAt(listed, 'status') ?? '', json: listed });
		}
	}

	/** A run itself may hold the metadata that a list leaves out. Where the first does not, the workspace keeps none. */
	private async readUnmatched(): Promise<void> {
		const [first, ...others] = this.runsOfMissing();
		if (first === undefined) return;
		const read = await this.readOne(first);
		if (read !== undefined && tokenOf(read) === undefined) return;
		await Promise.all(others.map(async (run) => await this.readOne(run)));
	}

	/** One that cannot be read stays unmatched. */
	private async readOne({ id }: Run): Promise<JsonObject | undefined> {
		const { extend, context } = this.waiter.run;
		try {
			const { json } = await extend.getRun(id);
			this.take(json);
			return json;
		} catch (caught) {
			context.logger.warn(`Extend run ${id} could not be read: ${asExtendError(caught).message}`);
			return undefined;
		}
	}

	/** Runs that do not say whose they are; more of them than documents are missing cannot all be of this batch. */
	private runsOfMissing(): Run[] {
		return this.unmatched.size <= this.missing.size ? [...this.unmatched.values()] : [];
	}

	private lost(end: BatchListEnd, timeoutSeconds: number): DocumentOutcome[] {
		const { batch } = this;
		const runIds = this.runsOfMissing().map(({ id }) => id);
		const isUnmatched = runIds.length > 0 && (end.kind === 'complete' || end.kind === 'over');
		const error = isUnmatched ? describeUnmatched(batch, runIds) : describeMissing({ batch, timeoutSeconds }, end);
		return [...this.missing.values()].map((document) => failed(document, error));
	}
}
