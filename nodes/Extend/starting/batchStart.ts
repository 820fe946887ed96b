import { UnknownOutcome } from '../api/call';
import type { ExtendError } from '../api/errors';
import { asExtendError } from '../api/errors';
import type { BatchRequest, BatchRun, FileInput } from '../api/types';
import type { BatchGroup } from './batches';
import type { FoundRun, RunFinder } from './finder';
import type { BatchPlan } from './plan';

export interface BatchStartPorts {
	startBatch: (request: BatchRequest) => Promise<BatchRun>;
	finder: Pick<RunFinder, 'findAllFresh'>;
	/** IDs of batches and runs started in this execution, by token; they outlive a retry of the node. */
	startedBatchIds: Record<string, string>;
	startedRunIds: Record<string, string>;
	/** IDs of the runs known before, by token of documents whose last request got no answer; kept likewise. */
	unansweredStarts: Record<string, string>;
}

/** A document that can go into a request. */
export interface BatchInput {
	plan: BatchPlan;
	file: FileInput;
	/** IDs of runs that carry its token from before. */
	known: ReadonlySet<string>;
}

export type BatchEnd =
	| { kind: 'accepted'; batch: BatchRun }
	/** Nobody knows what became of the request; `runs` are those that were found, by token. */
	| { kind: 'unanswered'; runs: Map<string, FoundRun>; cause: UnknownOutcome }
	| { kind: 'refused'; error: ExtendError };

/**
 * Starts documents in one request. A request whose outcome is unknown is not sent again, whatever is found of it: up to
 * 1,000 documents would be paid for twice.
 */
export async function startBatch({ target, priority, documents }: BatchGroup<BatchInput>, ports: BatchStartPorts): Promise<BatchEnd> {
	const inputs = documents.map(({ plan, file }) => ({ file, metadata: plan.metadata }));
	try {
		const batch = await ports.startBatch({ ...target, inputs, priority });
		for (const { plan } of documents) {
			ports.startedBatchIds[plan.token] = batch.id;
			delete ports.unansweredStarts[plan.token];
		}
		return { kind: 'accepted', batch };
	} catch (caught) {
		if (!(caught instanceof UnknownOutcome)) return { kind: 'refused', error: asExtendError(caught) };
		return { kind: 'unanswered', runs: await findRuns(target.classifier.id, documents, ports), cause: caught };
	}
}

async function findRuns(classifierId: string, documents: BatchInput[], ports: BatchStartPorts): Promise<Map<string, FoundRun>> {
	const tokens = new Set(documents.map(({ plan }) => plan.token));
	const known = new Set(documents.flatMap((document) => [...document.known]));
	const runs = await ports.finder.findAllFresh(tokens, classifierId, known);
	for (const { plan, known: knownBefore } of documents) noteUnanswered(plan.token, { run: runs.get(plan.token), knownBefore }, ports);
	return runs;
}

/** What is remembered from before would hide from a later try what this request may have started. */
function noteUnanswered(token: string, { run, knownBefore }: { run?: FoundRun; knownBefore: ReadonlySet<string> }, ports: BatchStartPorts): void {
	delete ports.startedBatchIds[token];
	delete ports.startedRunIds[token];
	if (run === undefined) ports.unansweredStarts[token] = [...knownBefore].join(',');
	else ports.startedRunIds[token] = run.id;
}
