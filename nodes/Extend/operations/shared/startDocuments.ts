import { objectAt, stringAt } from '../../api/json';
import type { Run } from '../../api/types';
import { readError } from '../../n8n/errors';
import type { OutputItem, Outcome } from '../../n8n/items';
import { settleItem } from '../../n8n/items';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { startedRunIds, uploadedFileIds } from '../../n8n/purpose';
import type { Read } from '../../n8n/read';
import { readTarget } from '../../parameters/classifier';
import { outputRun, shapeRun } from '../../parameters/run';
import { runFacts } from '../../runs/outcome';
import type { StartRecord } from '../../starting/doubles';
import { RunFinder } from '../../starting/finder';
import { classifierIdOf } from '../../starting/plan';
import type { StartedRun } from '../../starting/starter';
import { RunStarter } from '../../starting/starter';
import { StoppedStart } from '../../starting/unconfirmed';
import { reportDoubles } from './doubles';
import { binaryOf } from './itemFiles';
import type { ItemPlan, PlannedDocument } from './planDocuments';
import { planDocuments } from './planDocuments';
import { hintAdopted, hintCutShort, hintDraft, hintLeftOut } from './hints';
import { StoppedStarts } from './stoppedStarts';
import type { RunWaiter } from './waitForRun';

export interface StartSteps {
	/** Reads what else the operation needs of an item; what it throws fails the item before anything is sent. */
	check?: (read: Read) => unknown;
	/** What is done with a run once Extend has it; gives the item that comes out. */
	finish: (itemIndex: number, document: PlannedDocument, started: StartedRun) => Promise<OutputItem>;
	/** Of operations that wait for the runs. */
	waiter?: RunWaiter;
}

/**
 * Starts a run for every document of every item, all at once, and hands each over as soon as Extend has it.
 * Outcomes come in the order of items and documents.
 */
export async function startDocuments(run: NodeExecution, { check, finish, waiter }: StartSteps): Promise<Outcome[]> {
	const { plans, ...leftOut } = await planDocuments(run, { readTarget, check });
	const starter = createStarter(run);
	const stopped = new StoppedStarts(run, waiter);
	const started: StartedRun[] = [];
	const records: StartRecord[] = [];
	const settledPlans = await Promise.all(
		plans.map(async (plan) => {
			if (plan.kind === 'failed') return [plan];
			if (plan.kind === 'withoutDocument') return [passOn(run, plan.itemIndex)];
			const settled = plan.documents.map(async (document) =>
				await settleItem(plan.itemIndex, async () => {
					const one = await startOne(starter, document, stopped);
					started.push(one);
					if (one.mayHaveDouble) records.push(recordOf(document, one));
					return [await withRunFacts(one, async () => await finish(plan.itemIndex, document, one))];
				}, document.binary),
			);
			return (await Promise.all(settled)).flat();
		}),
	);
	const outcomes = settledPlans.flat();
	stopped.logUnseen(outcomes);
	hintLeftOut(run, leftOut);
	hintAdopted(run, started.filter(({ wasAdopted }) => wasAdopted).length);
	hintDraft(run, draftsOf(plans, started.map((one) => one.run)));
	if (await starter.wasLookCutShort()) hintCutShort(run);
	await reportDoubles(run, records);
	return outcomes;
}

async function startOne(starter: RunStarter, document: PlannedDocument, stopped: StoppedStarts): Promise<StartedRun> {
	try {
		return await starter.start(document.plan);
	} catch (caught) {
		if (caught instanceof StoppedStart) await stopped.leave([{ ...document, known: caught.known }]);
		throw readError(caught);
	}
}

function recordOf({ plan }: PlannedDocument, { run }: StartedRun): StartRecord {
	return { runId: run.id, token: plan.token, classifierId: classifierIdOf(plan.target) };
}

/** Once a run exists, whatever is thrown names it. */
async function withRunFacts({ run }: StartedRun, finish: () => Promise<OutputItem>): Promise<OutputItem> {
	try {
		return await finish();
	} catch (caught) {
		throw readError(caught).withFacts(runFacts(run));
	}
}

function createStarter(run: NodeExecution): RunStarter {
	const { extend, clock } = run;
	return new RunStarter({
		startRun: async (request) => await extend.startRun(request),
		getRun: async (id) => await extend.getRun(id),
		uploadFile: async (upload) => await extend.uploadFile(upload),
		finder: new RunFinder({ listRuns: async (...query) => await extend.listRuns(...query), clock }),
		uploadedFileIds: uploadedFileIds(run.context),
		startedRunIds: startedRunIds(run.context),
		clock,
	});
}

/** An item that has no document: all fields of a run are there and say so. */
export function passOn(run: NodeExecution, itemIndex: number): Outcome {
	const json = { ...shapeRun(run.read(itemIndex), {}), id: null, binaryField: null };
	return { kind: 'output', itemIndex, json, binary: binaryOf(run.items[itemIndex]) };
}

/** The item for a run: its json, the field it came from, and the binary it is about. */
export function outputOf(run: NodeExecution, itemIndex: number, { document, run: got }: { document: PlannedDocument; run: Run }): OutputItem {
	const { field } = document;
	const output = outputRun(run.read(itemIndex), got);
	const json = field === undefined ? output.json : { ...output.json, binaryField: field };
	return { ...output, json, binary: document.binary };
}

/** Names of the classifiers that ran their draft although the latest version was asked for. */
export function draftsOf(plans: ItemPlan[], runs: Run[]): string[] {
	const targets = plans.flatMap((plan) => (plan.kind === 'documents' ? plan.documents.map(({ plan: { target } }) => target) : []));
	const asksForLatest = targets.some((target) => 'classifier' in target && target.classifier.version === 'latest');
	if (!asksForLatest) return [];
	const drafts = runs.filter(({ json }) => stringAt(objectAt(json, 'classifierVersion'), 'version') === 'draft');
	return [...new Set(drafts.map(({ json }) => stringAt(objectAt(json, 'classifier'), 'name') ?? 'The classifier'))];
}
