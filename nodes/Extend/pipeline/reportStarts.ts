import { asExtendError } from '../api/errors';
import { objectAt, stringAt } from '../api/json';
import type { Run } from '../api/types';
import type { Outcome } from '../n8n/items';
import type { NodeExecution } from '../n8n/nodeExecution';
import type { Duplicate, StartRecord } from '../starting/duplicates';
import { findDuplicates } from '../starting/duplicates';
import { RunFinder } from '../starting/runFinder';
import {
	describeCutShort,
	describeDrafts,
	describeDuplicates,
	describeMissingFields,
	describeReused,
	describeSentAgain,
	describeSkipped,
} from '../starting/startHints';
import { classifierIdOf, isSharedByExecutions } from '../starting/startKey';
import type { Plan } from './planDocuments';
import { idOf } from './runWaiter';
import type { Submitted, SubmittedRun } from './submission';

export interface StartReport {
	plan: Plan;
	submitted: readonly Submitted[];
	outcomes: readonly Outcome[];
	isLookCutShort: boolean;
}

/** Says above the output what nobody sees in its items. */
export async function reportStarts(execution: NodeExecution, { plan, submitted, outcomes, isLookCutShort }: StartReport): Promise<void> {
	const runs = submitted.filter((one) => one.kind === 'run');
	const duplicates = await findAll(execution, runs);
	const told = new Set(duplicates.map(({ runId }) => runId));
	const sentAgain = runs.filter(({ wasSentAgain }) => wasSentAgain).map(({ run }) => idOf(run));
	const infos = [
		describeSkipped(plan.skippedFiles),
		describeMissingFields(plan.missingFields),
		describeReused(runs.filter(({ isReused }) => isReused).length),
		describeDrafts(draftsOf(plan, outcomes)),
		isLookCutShort ? describeCutShort() : undefined,
	];
	const warnings = [describeDuplicates(duplicates), describeSentAgain(sentAgain.filter((runId) => !told.has(runId)))];
	for (const text of infos) if (text !== undefined) execution.hint(text);
	for (const text of warnings) if (text !== undefined) execution.hint(text, 'warning');
}

/** Runs that exist beside those started here. */
async function findAll({ extend, clock, context }: NodeExecution, runs: readonly SubmittedRun[]): Promise<Duplicate[]> {
	// Another try of this execution may have started what this one has reused.
	const isSuspect = ({ document, run, wasSentAgain }: SubmittedRun): boolean =>
		wasSentAgain || (run.isForeign !== true && isSharedByExecutions(document.plan.startKey));
	const suspects = runs.filter(isSuspect);
	const records = suspects.map(({ document: { plan }, run }): StartRecord => {
		return { runId: idOf(run), startKey: plan.startKey, classifierId: classifierIdOf(plan.target), startedMs: run.sinceMs ?? clock.nowMs() };
	});
	try {
		return await findDuplicates(records, { finder: new RunFinder({ extend: extend.once(), clock }), clock });
	} catch (caught) {
		// The results are there; they are not held back for a hint.
		context.logger.info(`Not checked for runs that exist twice: ${asExtendError(caught).message}`);
		return [];
	}
}

/** Names of the classifiers that ran their draft although the latest version was asked for. */
function draftsOf({ documents }: Plan, outcomes: readonly Outcome[]): string[] {
	const asksForLatest = documents.some(({ plan: { target } }) => 'classifier' in target && target.classifier.version === 'latest');
	if (!asksForLatest) return [];
	const runs = outcomes.flatMap((outcome): Run[] => (outcome.kind === 'run' ? [outcome.run] : []));
	const drafts = runs.filter(({ json }) => stringAt(objectAt(json, 'classifierVersion'), 'version') === 'draft');
	return [...new Set(drafts.map(({ json }) => stringAt(objectAt(json, 'classifier'), 'name') ?? 'The classifier'))];
}
