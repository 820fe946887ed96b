import { asExtendError, ExtendError, stoppedError } from '../api/errors';
import { hasFailed } from '../runs/status';
import { asTheyCome } from './asTheyCome';
import type { BatchDocument, FreshDocument, Placement, ReusedRun } from './batchPlacement';
import { failed } from './batchPlacement';
import type { ClaimedDocument } from './batchSender';
import { BatchSender } from './batchSender';
import type { Earlier } from './earlierRuns';
import { EarlierRuns } from './earlierRuns';
import { OtherStarts } from './otherStarts';
import { RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { readMadeBatch } from './startContext';
import { canBeShared } from './startKey';
import type { Made } from './startRegistry';
import { outcomeStillUnknown } from './unknownOutcome';

type Emit<Document> = (placement: Placement<Document>) => void;

/** What is known of a document before it is started. */
type Looked = Exclude<Earlier, { kind: 'unknownOutcome' }> | { kind: 'unusable'; known: ReadonlySet<string>; made: Made } | { kind: 'failed'; error: ExtendError };

/** Documents by what is to be done with them. */
interface Sorted<Document> {
	reused: Array<ReusedRun<Document>>;
	/** By the batch that they are in already. */
	joining: Map<string, Document[]>;
	fresh: Array<FreshDocument<Document>>;
	failed: Array<Placement<Document>>;
}

/** Brings documents into as few batches as Extend takes, so that none is ever paid for twice. */
export class BatchStarter<Document extends BatchDocument> {
	private readonly earlier: EarlierRuns;
	private readonly others: OtherStarts;
	private readonly sender: BatchSender<Document>;

	constructor(private readonly context: StartContext) {
		const finder = new RunFinder(context);
		this.earlier = new EarlierRuns(context, finder);
		this.others = new OtherStarts(context, finder);
		this.sender = new BatchSender(context, finder);
	}

	/** Where each document is, as soon as that is known. */
	start(documents: readonly Document[]): AsyncGenerator<Placement<Document>> {
		return asTheyCome(async (emit) => await this.place(documents, emit));
	}

	/** Whether the look for earlier runs had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		return await this.earlier.wasCutShort();
	}

	private async place(documents: readonly Document[], emit: Emit<Document>): Promise<void> {
		const looks = documents.map(async (document) => ({ document, looked: await this.lookFor(document) }));
		await this.placeSorted(sort(await Promise.all(looks)), emit);
	}

	private async placeSorted({ reused, joining, fresh, failed: failures }: Sorted<Document>, emit: Emit<Document>): Promise<void> {
		failures.forEach(emit);
		if (reused.length > 0) emit({ kind: 'reused', runs: reused });
		const joined = [...joining].map(async ([batchId, documents]) => await this.join(batchId, documents, emit));
		await Promise.all([...joined, this.startFresh(fresh, emit)]);
	}

	private async lookFor({ plan }: Document): Promise<Looked> {
		try {
			const earlier = await this.earlier.findForBatch(plan);
			if (earlier.kind !== 'unknownOutcome') return earlier;
			const { answered } = this.context.memory.of(plan.startKey);
			return { kind: 'failed', error: outcomeStillUnknown(plan.startKey, 'the batch', answered) };
		} catch (caught) {
			const { batchId } = this.context.memory.of(plan.startKey);
			return { kind: 'failed', error: batchId === undefined ? asExtendError(caught) : whileLookingFor(batchId, caught) };
		}
	}

	private async join(batchId: string, documents: Document[], emit: Emit<Document>): Promise<void> {
		const isOwn = documents.every(({ plan }) => this.context.memory.of(plan.startKey).batchId === batchId);
		try {
			const batch = await readMadeBatch(batchId, this.context);
			emit({ kind: 'batch', batch, documents, isReused: true, isOwn });
		} catch (caught) {
			for (const document of documents) emit(failed(document, whileLookingFor(batchId, caught)));
		}
	}

	/** Whoever holds a claim waits for nobody else's, so that two batches cannot wait for each other. */
	private async startFresh(fresh: ReadonlyArray<FreshDocument<Document>>, emit: Emit<Document>): Promise<void> {
		const free: Array<ClaimedDocument<Document>> = [];
		const held: Array<FreshDocument<Document>> = [];
		for (const one of fresh) {
			const { startKey } = one.document.plan;
			const claim = canBeShared(startKey) && !this.wasMadeLately(one) ? this.context.registry.claim(startKey) : undefined;
			if (claim !== undefined || !canBeShared(startKey)) free.push({ ...one, claim });
			else held.push(one);
		}
		await Promise.all([this.sender.send(free, emit), this.share(held, emit)]);
	}

	/** Whether others have made something that may stand for the document. */
	private wasMadeLately({ document: { plan }, unusable }: FreshDocument<Document>): boolean {
		const made = this.context.registry.madeLately(plan.startKey);
		return made !== undefined && made !== unusable;
	}

	/** Uses what other executions of this process are starting, or have started a moment ago. */
	private async share(held: ReadonlyArray<FreshDocument<Document>>, emit: Emit<Document>): Promise<void> {
		if (held.length === 0) return;
		const looks = held.map(async (one) => {
			const looked = await this.awaitMade(one).catch((caught: unknown): Looked => ({ kind: 'failed', error: asExtendError(caught) }));
			return { document: one.document, looked };
		});
		await this.placeSorted(sort(await Promise.all(looks)), emit);
	}

	private async awaitMade({ document: { plan }, known }: FreshDocument<Document>): Promise<Looked> {
		const { registry, clock } = this.context;
		const made = registry.madeLately(plan.startKey) ?? (await registry.awaitMade(plan.startKey, clock));
		if (clock.isCancelled()) throw stoppedError();
		if (made === undefined) return { kind: 'none', known };
		if (made.kind === 'batch') {
			const earlier = await this.earlier.findInBatch(made.batchId, plan.startKey);
			return earlier.kind === 'none' ? { kind: 'unusable', made, known: new Set([...known, ...earlier.known]) } : earlier;
		}
		const run = await this.others.read(made, { plan, known: new Set(known) });
		if (run !== undefined && !hasFailed(run)) return { kind: 'run', run, isOwn: this.others.isOwn(run, plan.startKey), isListed: false };
		return { kind: 'unusable', made, known: new Set([...known, ...(run === undefined ? [] : [run.id])]) };
	}
}

function sort<Document>(looks: ReadonlyArray<{ document: Document; looked: Looked }>): Sorted<Document> {
	const sorted: Sorted<Document> = { reused: [], joining: new Map(), fresh: [], failed: [] };
	for (const { document, looked } of looks) {
		switch (looked.kind) {
			case 'run':
				sorted.reused.push({ document, run: looked.run, isOwn: looked.isOwn });
				break;
			case 'batch':
				sorted.joining.set(looked.batchId, [...(sorted.joining.get(looked.batchId) ?? []), document]);
				break;
			case 'failed':
				sorted.failed.push(failed(document, looked.error));
				break;
			case 'none':
				sorted.fresh.push({ document, known: looked.known });
				break;
			case 'unusable':
				sorted.fresh.push({ document, known: looked.known, unusable: looked.made });
		}
	}
	return sorted;
}

function whileLookingFor(batchId: string, caught: unknown): ExtendError {
	const error = asExtendError(caught);
	const message = `${error.message}, while batch ${batchId} of an earlier try was looked for`;
	return new ExtendError(message, error.advice, { ...error.facts, batchId, cause: error });
}
