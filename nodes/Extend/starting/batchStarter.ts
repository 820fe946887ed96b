import { asExtendError, ExtendError, stoppedError } from '../api/errors';
import { hasFailed } from '../runs/status';
import { asTheyCome } from './asTheyCome';
import type { BatchDocument, FreshDocument, Placement } from './batchPlacement';
import { failed } from './batchPlacement';
import type { ClaimedDocument } from './batchSender';
import { BatchSender } from './batchSender';
import type { Earlier } from './earlierRuns';
import { EarlierRuns } from './earlierRuns';
import { RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { readIfThere } from './startContext';
import { canBeShared } from './startKey';
import type { Made } from './startRegistry';
import { outcomeStillUnknown } from './unknownOutcome';

type Emit<Document> = (placement: Placement<Document>) => void;

interface Sorted<Document> {
	/** By the batch that they are in already. */
	joining: Map<string, Document[]>;
	fresh: Array<FreshDocument<Document>>;
}

interface Sorting<Document> {
	sorted: Sorted<Document>;
	emit: Emit<Document>;
}

/** Brings documents into as few batches as Extend takes, so that none is ever paid for twice. */
export class BatchStarter<Document extends BatchDocument> {
	private readonly earlier: EarlierRuns;
	private readonly sender: BatchSender<Document>;

	constructor(private readonly context: StartContext) {
		const finder = new RunFinder(context);
		this.earlier = new EarlierRuns(context, finder);
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
		const sorted: Sorted<Document> = { joining: new Map(), fresh: [] };
		const found = await Promise.all(documents.map(async (document) => ({ document, earlier: await this.lookFor(document) })));
		for (const { document, earlier } of found) this.sort(document, earlier, { sorted, emit });
		await Promise.all([this.joinAll(sorted.joining, emit), this.startFresh(sorted.fresh, emit)]);
	}

	private async lookFor({ plan }: Document): Promise<Earlier | { kind: 'failed'; error: ExtendError }> {
		try {
			return await this.earlier.findForBatch(plan);
		} catch (caught) {
			const { batchId } = this.context.memory.of(plan.startKey);
			return { kind: 'failed', error: batchId === undefined ? asExtendError(caught) : whileLookingFor(batchId, caught) };
		}
	}

	private sort(document: Document, earlier: Awaited<ReturnType<typeof this.lookFor>>, { sorted, emit }: Sorting<Document>): void {
		switch (earlier.kind) {
			case 'run':
				return emit({ kind: 'reused', runs: [{ document, run: earlier.run }], isOwn: earlier.isOwn });
			case 'batch':
				return add(sorted.joining, earlier.batchId, document);
			case 'unknownOutcome':
				return emit(failed(document, outcomeStillUnknown(document.plan.startKey)));
			case 'failed':
				return emit(failed(document, earlier.error));
			case 'none':
				sorted.fresh.push({ document, known: earlier.known });
		}
	}

	private async joinAll(joining: ReadonlyMap<string, Document[]>, emit: Emit<Document>): Promise<void> {
		await Promise.all([...joining].map(async ([batchId, documents]) => await this.join(batchId, documents, emit)));
	}

	private async join(batchId: string, documents: Document[], emit: Emit<Document>): Promise<void> {
		const isOwn = documents.every(({ plan }) => this.context.memory.of(plan.startKey).batchId === batchId);
		try {
			const batch = await this.context.extend.getBatch(batchId);
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

	private wasMadeLately({ document: { plan }, known }: FreshDocument<Document>): boolean {
		const made = this.context.registry.madeLately(plan.startKey);
		return made !== undefined && !known.has(idOf(made));
	}

	/** Uses what other executions of this process are starting, or have started a moment ago. */
	private async share(held: ReadonlyArray<FreshDocument<Document>>, emit: Emit<Document>): Promise<void> {
		if (held.length === 0) return;
		const sorted: Sorted<Document> = { joining: new Map(), fresh: [] };
		await Promise.all(held.map(async (one) => {
			const earlier = await this.awaitMade(one).catch((caught: unknown) => ({ kind: 'failed' as const, error: asExtendError(caught) }));
			this.sort(one.document, earlier, { sorted, emit });
		}));
		await Promise.all([this.joinAll(sorted.joining, emit), this.startFresh(sorted.fresh, emit)]);
	}

	private async awaitMade({ document: { plan }, known }: FreshDocument<Document>): Promise<Earlier> {
		const { registry, clock, extend } = this.context;
		const made = registry.madeLately(plan.startKey) ?? (await registry.awaitMade(plan.startKey, clock));
		if (clock.isCancelled()) throw stoppedError();
		if (made === undefined) return { kind: 'none', known };
		if (made.kind === 'batch') return await this.earlier.findInBatch(made.batchId, plan.startKey);
		const run = await readIfThere(made.runId, extend);
		if (run === undefined || hasFailed(run)) return { kind: 'none', known: new Set([...known, made.runId]) };
		return { kind: 'run', run, isOwn: false, isListed: false };
	}
}

function add<Document>(joining: Map<string, Document[]>, batchId: string, document: Document): void {
	joining.set(batchId, [...(joining.get(batchId) ?? []), document]);
}

function idOf(made: Made): string {
	return made.kind === 'run' ? made.runId : made.batchId;
}

function whileLookingFor(batchId: string, caught: unknown): ExtendError {
	const error = asExtendError(caught);
	const message = `${error.message}, while batch ${batchId} of an earlier try was looked for`;
	return new ExtendError(message, error.advice, { ...error.facts, batchId, cause: error });
}
