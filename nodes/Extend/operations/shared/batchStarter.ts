import { ExtendError } from '../../api/errors';
import { readError } from '../../n8n/errors';
import type { NodeExecution } from '../../n8n/nodeExecution';
import { startedBatchIds, startedRunIds, unansweredStarts, uploadedFileIds } from '../../n8n/purpose';
import type { BatchGroup } from '../../starting/batches';
import { groupIntoBatches } from '../../starting/batches';
import type { BatchInput, BatchStartPorts } from '../../starting/batchStart';
import { startBatch } from '../../starting/batchStart';
import type { EarlierBatchPorts, EarlierDocument } from '../../starting/earlierBatches';
import { EarlierBatches } from '../../starting/earlierBatches';
import { RunFinder } from '../../starting/finder';
import type { FilePorts } from '../../starting/plan';
import { provideFile } from '../../starting/plan';
import { neverAnswered, stillUnanswered, stoppedWhileStarting } from '../../starting/unconfirmed';
import type { BatchDocument, DocumentRun, DocumentOutcome, Placement } from './batchDocuments';
import { failed } from './batchDocuments';
import type { StoppedStarts } from './stoppedStarts';

interface FreshDocument extends Pick<BatchInput, 'plan' | 'known'> {
	document: BatchDocument;
}

interface Sorted {
	adopted: DocumentRun[];
	/** By the batch that they are in already. */
	joining: Map<string, BatchDocument[]>;
	fresh: FreshDocument[];
	outcomes: DocumentOutcome[];
}

type Ports = BatchStartPorts & EarlierBatchPorts & FilePorts;

function portsOf({ extend, clock, context }: NodeExecution): Ports {
	return {
		startBatch: async (request) => await extend.startBatch(request),
		getRun: async (id) => await extend.getRun(id),
		uploadFile: async (upload) => await extend.uploadFile(upload),
		finder: new RunFinder({ listRuns: async (...query) => await extend.listRuns(...query), clock }),
		uploadedFileIds: uploadedFileIds(context),
		startedRunIds: startedRunIds(context),
		startedBatchIds: startedBatchIds(context),
		unansweredStarts: unansweredStarts(context),
	};
}

/** Brings documents into batches so that none is ever paid for twice, and hands each batch over as soon as Extend has it. */
export class BatchStarter {
	/** Documents for which an earlier try had started a run, so that none was started now. */
	adopted: ReadonlySet<BatchDocument> = new Set();
	private readonly ports: Ports;
	private readonly earlier: EarlierBatches;

	constructor(
		private readonly run: NodeExecution,
		private readonly stopped: StoppedStarts,
		private readonly settle: (placement: Placement) => Promise<DocumentOutcome[]>,
	) {
		this.ports = portsOf(run);
		this.earlier = new EarlierBatches(this.ports);
	}

	async start(documents: BatchDocument[]): Promise<DocumentOutcome[]> {
		const { adopted, joining, fresh, outcomes } = await this.sort(documents);
		this.adopted = new Set([...adopted.map(({ document }) => document), ...[...joining.values()].flat()]);
		const settled = await Promise.all([
			this.settleAll(adopted.map(({ document }) => document), async () => await this.settle({ kind: 'adopted', runs: adopted })),
			...[...joining].map(async ([batchId, members]) => await this.join(batchId, members)),
			...groupIntoBatches(fresh).map(async (group) => await this.startGroup(group)),
		]);
		return [...outcomes, ...settled.flat()];
	}

	/** Whether the look for earlier tries had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		return await this.earlier.wasCutShort();
	}

	/** Sorts the documents by what earlier tries have left of them. */
	private async sort(documents: BatchDocument[]): Promise<Sorted> {
		const sorted: Sorted = { adopted: [], joining: new Map(), fresh: [], outcomes: [] };
		const looks = await Promise.all(documents.map(async (document) => ({ document, earlier: await this.lookFor(document) })));
		for (const { document, earlier } of looks) {
			if (earlier.kind === 'run') sorted.adopted.push({ document, run: earlier.run });
			else if (earlier.kind === 'none') sorted.fresh.push({ document, plan: document.plan, known: earlier.known });
			else if (earlier.kind === 'unanswered') sorted.outcomes.push(failed(document, stillUnanswered(document.plan.token)));
			else if (earlier.kind === 'failed') sorted.outcomes.push(failed(document, earlier.error));
			else sorted.joining.set(earlier.batchId, [...(sorted.joining.get(earlier.batchId) ?? []), document]);
		}
		return sorted;
	}

	private async lookFor({ plan }: BatchDocument): Promise<EarlierDocument | { kind: 'failed'; error: ExtendError }> {
		try {
			return await this.earlier.find(plan);
		} catch (caught) {
			const batchId = this.ports.startedBatchIds[plan.token];
			return { kind: 'failed', error: batchId === undefined ? readError(caught) : ofBatch(readError(caught), batchId) };
		}
	}

	private async join(batchId: string, documents: BatchDocument[]): Promise<DocumentOutcome[]> {
		return await this.settleAll(documents, async () => {
			const batch = await this.run.extend.getBatch(batchId).catch((caught: unknown) => {
				throw ofBatch(readError(caught), batchId);
			});
			return await this.settle({ kind: 'batch', batch, documents });
		});
	}

	private async startGroup(group: BatchGroup<FreshDocument>): Promise<DocumentOutcome[]> {
		const outcomes: DocumentOutcome[] = [];
		const uploads = group.documents.map(async (fresh) => {
			try {
				return [{ ...fresh, file: await provideFile(fresh.plan, this.ports) }];
			} catch (caught) {
				outcomes.push(failed(fresh.document, readError(caught)));
				return [];
			}
		});
		const inputs = (await Promise.all(uploads)).flat();
		const documents = inputs.map(({ document }) => document);
		const start = async (): Promise<DocumentOutcome[]> => await this.startUploaded({ ...group, documents: inputs });
		return [...outcomes, ...(await this.settleAll(documents, start))];
	}

	private async startUploaded(group: BatchGroup<FreshDocument & BatchInput>): Promise<DocumentOutcome[]> {
		const documents = group.documents.map(({ document }) => document);
		const end = await startBatch(group, this.ports);
		if (end.kind === 'accepted') return await this.settle({ kind: 'batch', batch: end.batch, documents });
		if (end.kind === 'refused') return documents.map((document) => failed(document, refusedWith(end.error, documents.length)));
		const missing = group.documents.filter(({ plan }) => !end.runs.has(plan.token));
		const runs = documents.flatMap((document) => {
			const run = end.runs.get(document.plan.token);
			return run === undefined ? [] : [{ document, run }];
		});
		return (await Promise.all([this.settle({ kind: 'unanswered', runs }), this.giveUp(missing, end.cause)])).flat();
	}

	/** The outcomes of documents of which nobody knows whether they were started. */
	private async giveUp(missing: FreshDocument[], cause: ExtendError): Promise<DocumentOutcome[]> {
		if (!this.run.clock.isCancelled()) return missing.map(({ document, plan }) => failed(document, neverAnswered(plan.token, cause)));
		await this.stopped.leave(missing.map(({ document, known }) => ({ ...document, known })));
		const error = stoppedWhileStarting(missing.map(({ plan }) => plan.token));
		return missing.map(({ document }) => failed(document, error));
	}

	/** What is thrown for several documents together fails each of them. */
	private async settleAll(documents: BatchDocument[], settle: () => Promise<DocumentOutcome[]>): Promise<DocumentOutcome[]> {
		if (documents.length === 0) return [];
		try {
			return await settle();
		} catch (caught) {
			const error = readError(caught);
			return documents.map((document) => failed(document, error));
		}
	}
}

/** What went wrong with a batch that exists names it. */
function ofBatch({ message, advice, facts }: ExtendError, batchId: string): ExtendError {
	return new ExtendError(`${message}, while batch ${batchId} of an earlier try was looked for`, advice, { ...facts, batchId });
}

/** One document can be the reason why Extend takes none of its batch. */
function refusedWith(error: ExtendError, count: number): ExtendError {
	if (count === 1) return error;
	return new ExtendError(`${error.message}; none of the ${count} documents of this batch was started`, error.advice, error.facts);
}
