import type { ClassifierTarget } from '../api/types';
import { readError } from '../n8n/errors';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import { openStarts } from '../n8n/startMemory';
import { runFacts } from '../runs/outcome';
import type { StartContext } from '../starting/startContext';
import { CancelledStart } from '../starting/unknownOutcome';
import { AfterCancel } from './afterCancel';
import type { DocumentOutcome } from './handOut';
import { failedOutcome, inOrder, withoutResult } from './handOut';
import type { PlanSteps } from './planDocuments';
import { planDocuments } from './planDocuments';
import { submitOnce } from './repeats';
import { reportStarts } from './reportStarts';
import { idOf, RunWaiter, seenOf } from './runWaiter';
import type { Submission, Submitted, SubmittedRun } from './submission';

/** What differs between the operations that start a run for each document. */
export interface Trip<Target extends ClassifierTarget> extends PlanSteps<Target> {
	/** Single runs or batches. */
	submission: (context: StartContext, waiter: RunWaiter) => Submission<Target>;
	/** The item of a document once its run exists: the run as it is, or as it is when it has finished. */
	finish: (submitted: SubmittedRun, waiter: RunWaiter, context: StartContext) => Promise<Outcome>;
	/** Whether runs are waited for, so that the wait options say what happens to them. */
	waits: boolean;
}

/**
 * The whole trip of all documents of all items: plan, submit, wait, hand out. Outcomes come in the order of items and
 * documents. What goes wrong with one of them is its outcome, and holds up no other.
 */
export async function classifyDocuments<Target extends ClassifierTarget>(execution: NodeExecution, trip: Trip<Target>): Promise<Outcome[]> {
	const context = openStarts(execution);
	const plan = await planDocuments(execution, context.memory, trip);

	const waiter = new RunWaiter(execution);
	const afterCancel = new AfterCancel(execution, trip.waits ? waiter : undefined);
	const submission = trip.submission(context, waiter);
	const submitted: Submitted[] = [];
	const finishing: Array<Promise<DocumentOutcome>> = [];
	for await (const one of submitOnce(plan.documents, (documents) => submission.submit(documents))) {
		submitted.push(one);
		finishing.push(finish(one));
	}

	const outcomes = inOrder(plan.items, await Promise.all(finishing), (item) => [withoutResult(execution, item)]);
	afterCancel.logUnseen(outcomes);
	await reportStarts(execution, { plan, submitted, outcomes, isLookCutShort: await submission.wasLookCutShort() });
	return outcomes;

	/** Once a run exists, whatever is thrown names it. */
	async function finish(one: Submitted): Promise<DocumentOutcome> {
		const { document } = one;
		try {
			if (one.kind === 'run') return { document, outcome: await trip.finish(one, waiter, context) };
			if (one.error instanceof CancelledStart) await afterCancel.settle(document, one.error);
			return { document, outcome: failedOutcome(document, one.error) };
		} catch (caught) {
			const run = one.kind === 'run' ? seenOf(one.run) : undefined;
			const facts = run === undefined ? { runId: one.kind === 'run' ? idOf(one.run) : undefined } : runFacts(run);
			return { document, outcome: failedOutcome(document, readError(caught).withFacts(facts)) };
		}
	}
}
