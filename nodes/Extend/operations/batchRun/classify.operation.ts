import type { JsonObject } from '../../api/json';
import { settleItem } from '../../n8n/items';
import { savedClassifier, savedVersion } from '../../parameters/classifier';
import { documentParameters } from '../../parameters/document';
import { routingParameters } from '../../parameters/routing';
import { onRunFailed, simplify } from '../../parameters/run';
import { startOptions } from '../../parameters/startOptionFields';
import { readWaitOptions, waitOptions } from '../../parameters/waiting';
import { tokenOf } from '../../starting/finder';
import type { BatchDocument, PlacedOutcome, Placement } from '../shared/batchStarter';
import { failed } from '../shared/batchStarter';
import { asWaited, describeMissing, findRuns } from '../shared/batchWaiter';
import { finishRun } from '../shared/finishRun';
import { startBatches } from '../shared/startBatches';
import { passOn } from '../shared/startDocuments';
import type { WaitedRun } from '../shared/waitForRun';
import { RunWaiter } from '../shared/waitForRun';
import type { AllItemsOperation } from '../types';

export const classifyOperation: AllItemsOperation = {
	kind: 'all',
	option: {
		name: 'Classify and Wait',
		value: 'classify',
		action: 'Classify many documents as batch and wait',
		description: 'Send up to 1,000 documents with one request, wait until all are classified, and output their categories',
	},
	parameters: [
		savedClassifier,
		savedVersion,
		...documentParameters,
		...routingParameters,
		onRunFailed,
		simplify,
		startOptions,
		waitOptions,
	],
	async execute(run) {
		const waiter = new RunWaiter(run);
		return await startBatches(run, {
			check: readWaitOptions,
			settle: async (placement) =>
				placement.kind === 'batch' ? await finishBatch(waiter, placement) : await finishFound(waiter, placement.runs),
			passOn: (itemIndex) => [passOn(run, itemIndex)],
		});
	},
};

async function finishFound(waiter: RunWaiter, runs: Extract<Placement, { kind: 'adopted' }>['runs']): Promise<PlacedOutcome[]> {
	const sinceMs = waiter.run.clock.nowMs();
	const finished = runs.map(async ({ document, run }) => await finishDocument(waiter, document, asWaited(run.json, sinceMs)));
	return (await Promise.all(finished)).flat();
}

/** Waits for the runs of a batch, each as soon as it is known which of them is whose. */
async function finishBatch(waiter: RunWaiter, { batch, documents }: Extract<Placement, { kind: 'batch' }>): Promise<PlacedOutcome[]> {
	const sinceMs = waiter.run.clock.nowMs();
	const options = documents.map(({ itemIndex }) => readWaitOptions(waiter.run.read(itemIndex)));
	const missing = new Map(documents.map((document) => [document.plan.token, document]));
	const finished: Array<Promise<PlacedOutcome[]>> = [];
	const take = (runs: JsonObject[]): void => {
		for (const run of runs) {
			const token = tokenOf(run) ?? '';
			const document = missing.get(token);
			missing.delete(token);
			if (document !== undefined) finished.push(finishDocument(waiter, document, asWaited(run, sinceMs)));
		}
	};
	const timeoutSeconds = Math.max(...options.map((each) => each.timeoutSeconds));
	const cancelsOnStop = options.some((each) => each.cancelsOnStop);
	const end = await findRuns(waiter, { batch, sinceMs, timeoutSeconds, cancelsOnStop, take });
	const error = describeMissing({ batch, timeoutSeconds }, end);
	const lost = [...missing.values()].map((document) => failed(document, error));
	return [...lost, ...(await Promise.all(finished)).flat()];
}

async function finishDocument(waiter: RunWaiter, document: BatchDocument, waited: WaitedRun): Promise<PlacedOutcome[]> {
	const outcomes = await settleItem(document.itemIndex, async () => [await finishRun(waiter, document, waited)]);
	return outcomes.map((outcome) => ({ document, outcome }));
}
