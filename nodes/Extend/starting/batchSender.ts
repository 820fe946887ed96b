import { UnknownOutcome } from '../api/unknownOutcome';
import { asExtendError, ExtendError } from '../api/errors';
import type { BatchRequest, BatchRun, FileInput } from '../api/types';
import type { BatchGroup } from './batches';
import { groupIntoBatches } from './batches';
import type { BatchDocument, FreshDocument, Placement, ReusedRun } from './batchPlacement';
import { failed } from './batchPlacement';
import type { FoundRun } from './foundRun';
import { Recheck } from './recheck';
import type { RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { provideFile } from './startContext';
import { isSharedByExecutions } from './startKey';
import type { Claim } from './startRegistry';
import { CancelledStart, outcomeUnknown } from './unknownOutcome';

/** A document that nobody else is starting. */
export interface ClaimedDocument<Document> extends FreshDocument<Document> {
	/** Unset for a document that nobody else can start. */
	claim?: Claim;
}

interface Input<Document> extends ClaimedDocument<Document> {
	file: FileInput;
}

type Emit<Document> = (placement: Placement<Document>) => void;

/**
 * Sends documents in as few requests as Extend takes. One with an unknown outcome is not sent again, whatever is found
 * of it: up to 1,000 documents would be paid for twice.
 */
export class BatchSender<Document extends BatchDocument> {
	constructor(
		private readonly context: StartContext,
		private readonly finder: RunFinder,
	) {}

	async send(documents: ReadonlyArray<ClaimedDocument<Document>>, emit: Emit<Document>): Promise<void> {
		const groups = groupIntoBatches(documents.map((one) => ({ ...one, plan: one.document.plan })));
		await Promise.all(groups.map(async (group) => await this.sendGroup(group, emit)));
	}

	private async sendGroup(group: BatchGroup<ClaimedDocument<Document>>, emit: Emit<Document>): Promise<void> {
		try {
			const uploads = await Promise.all(group.documents.map(async (one) => await this.upload(one, emit)));
			await this.sendUploaded({ ...group, documents: uploads.flat() }, emit);
		} finally {
			for (const { claim } of group.documents) claim?.settle(undefined);
		}
	}

	private async upload(one: ClaimedDocument<Document>, emit: Emit<Document>): Promise<Array<Input<Document>>> {
		try {
			return [{ ...one, file: await provideFile(one.document.plan, this.context) }];
		} catch (caught) {
			emit(failed(one.document, asExtendError(caught)));
			return [];
		}
	}

	private async sendUploaded(group: BatchGroup<Input<Document>>, emit: Emit<Document>): Promise<void> {
		let { documents } = group;
		while (documents.length > 0) {
			const rest = { ...group, documents };
			const recheck = new Recheck(this.finder, group.target, new Set(documents.map(startKeyOf).filter(isSharedByExecutions)));
			const sent = await this.request(rest, recheck).catch(asExtendError);
			if (sent !== undefined) return await this.place(rest, sent, emit);
			documents = takeFound(documents, recheck.found, emit);
		}
	}

	private async place(group: BatchGroup<Input<Document>>, sent: BatchRun | ExtendError, emit: Emit<Document>): Promise<void> {
		const { documents } = group;
		if (sent instanceof UnknownOutcome) return await this.findMade(group, sent, emit);
		if (!(sent instanceof ExtendError)) return this.accept(sent, documents, emit);
		const error = refusedWith(sent, documents.length);
		for (const { document } of documents) emit(failed(document, error));
	}

	private async request({ target, priority, documents }: BatchGroup<Input<Document>>, recheck: Recheck): Promise<BatchRun | undefined> {
		const inputs = documents.map(({ document: { plan }, file }) => ({ file, metadata: plan.metadata }));
		const request: BatchRequest = { ...target, inputs, priority };
		const known = knownOf(documents);
		return await this.context.extend.startBatch(request, recheck.isWorthwhile ? async () => await recheck.isStillNeeded(known) : undefined);
	}

	private accept(batch: BatchRun, documents: ReadonlyArray<Input<Document>>, emit: Emit<Document>): void {
		for (const one of documents) {
			this.context.memory.rememberBatch(startKeyOf(one), batch.id, one.known);
			one.claim?.settle({ kind: 'batch', batchId: batch.id });
		}
		emit({ kind: 'batch', batch, documents: documents.map(({ document }) => document), isReused: false, isOwn: true });
	}

	private async findMade({ target, documents }: BatchGroup<Input<Document>>, sent: UnknownOutcome, emit: Emit<Document>): Promise<void> {
		const { clock, memory } = this.context;
		for (const one of documents) memory.rememberUnknownOutcome(startKeyOf(one), one.known, sent);
		const startKeys = new Set(documents.map(startKeyOf));
		const { runs, lookError } = await this.finder.findMade(startKeys, target.classifier.id, knownOf(documents));
		for (const { document, known, claim } of documents) {
			const { startKey } = document.plan;
			const run = runs.get(startKey);
			if (run === undefined) {
				claim?.settle({ kind: 'unknown' });
				emit(failed(document, clock.isCancelled() ? new CancelledStart(startKey, known) : outcomeUnknown(startKey, sent, lookError)));
				continue;
			}
			memory.rememberRuns(startKey, [...known, run.id]);
			claim?.settle({ kind: 'run', runId: run.id });
			emit({ kind: 'made', runs: [{ document, run }] });
		}
	}
}

/** Others were faster with some documents, so that nothing was sent: those use what was found, and the rest is left. */
function takeFound<Document extends BatchDocument>(
	documents: ReadonlyArray<Input<Document>>,
	found: ReadonlyMap<string, FoundRun>,
	emit: Emit<Document>,
): Array<Input<Document>> {
	const runs = documents.flatMap((one): Array<ReusedRun<Document>> => {
		const run = found.get(startKeyOf(one));
		if (run === undefined) return [];
		one.claim?.settle({ kind: 'run', runId: run.id });
		return [{ document: one.document, run, isOwn: false }];
	});
	emit({ kind: 'reused', runs });
	return documents.filter((one) => !found.has(startKeyOf(one)));
}

function startKeyOf({ document }: { document: BatchDocument }): string {
	return document.plan.startKey;
}

function knownOf(documents: ReadonlyArray<FreshDocument<unknown>>): ReadonlySet<string> {
	return new Set(documents.flatMap(({ known }) => [...known]));
}

/** One document can be the reason why Extend takes none of its batch. */
function refusedWith(error: ExtendError, count: number): ExtendError {
	if (count === 1) return error;
	const message = `${error.message}; none of the ${count} documents of this batch was started`;
	return new ExtendError(message, error.advice, { ...error.facts, cause: error });
}
