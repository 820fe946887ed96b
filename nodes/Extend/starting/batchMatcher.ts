import type { ExtendAccess } from '../api/access';
import type { ExtendError } from '../api/errors';
import { asExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { stringAt } from '../api/json';
import type { BatchRun, Run } from '../api/types';
import { describeMissing, describeUnmatched } from '../waiting/batchEnd';
import type { BatchListEnd } from '../waiting/batchRuns';
import type { BatchDocument } from './batchPlacement';
import { startKeyOf } from './foundRun';

/** A document of a batch and its run, or why that is not to be had. */
export type Match<Document> = { kind: 'run'; document: Document; listed: JsonObject } | { kind: 'failed'; document: Document; error: ExtendError };

/** Tells which run of a batch is that of which document, from the runs that the list shows one after the other. */
export class BatchMatcher<Document extends BatchDocument> {
	/** Documents whose run has not shown yet, by start key. */
	private readonly missing: Map<string, Document>;
	/** Runs that do not say whose they are, by ID: not every workspace need keep the metadata that tells it. */
	private readonly unmatched = new Map<string, Run>();

	constructor(
		private readonly batch: BatchRun,
		documents: readonly Document[],
	) {
		this.missing = new Map(documents.map((document) => [document.plan.startKey, document]));
	}

	/** The documents whose runs these are. */
	match(listed: readonly JsonObject[]): Array<Match<Document>> {
		return listed.flatMap((run): Array<Match<Document>> => {
			const id = stringAt(run, 'id') ?? '';
			const startKey = startKeyOf(run);
			const document = this.missing.get(startKey ?? '');
			if (document === undefined) {
				if (startKey === undefined) this.unmatched.set(id, { id, status: stringAt(run, 'status') ?? '', json: run });
				return [];
			}
			this.missing.delete(document.plan.startKey);
			this.unmatched.delete(id);
			return [{ kind: 'run', document, listed: run }];
		});
	}

	/**
	 * The documents whose run says so only when it is read itself: a list may leave the metadata out. Where the first does
	 * not say it either, the workspace keeps none.
	 * @param warn told of runs that cannot be read, which stay unmatched
	 */
	async matchUnlisted(extend: ExtendAccess['extend'], warn: (message: string) => void): Promise<Array<Match<Document>>> {
		const [first, ...others] = this.runsOfMissing();
		if (first === undefined) return [];
		const read = async ({ id }: Run): Promise<JsonObject[]> => {
			try {
				return [(await extend.getRun(id)).json];
			} catch (caught) {
				warn(`Extend run ${id} could not be read: ${asExtendError(caught).message}`);
				return [];
			}
		};
		const [json] = await read(first);
		if (json !== undefined && startKeyOf(json) === undefined) return [];
		const rest = await Promise.all(others.map(read));
		return this.match([...(json === undefined ? [] : [json]), ...rest.flat()]);
	}

	/** Runs that do not say whose they are; more of them than documents are missing cannot all be of this batch. */
	runsOfMissing(): Run[] {
		return this.unmatched.size <= this.missing.size ? [...this.unmatched.values()] : [];
	}

	/** Why the documents that are left have no run. */
	matchNone(end: BatchListEnd, timeoutSeconds: number): Array<Match<Document>> {
		const runIds = this.runsOfMissing().map(({ id }) => id);
		const isUnmatched = runIds.length > 0 && (end.kind === 'complete' || end.kind === 'over');
		const error = isUnmatched ? describeUnmatched(this.batch, runIds) : describeMissing(this.batch, timeoutSeconds, end);
		return [...this.missing.values()].map((document) => ({ kind: 'failed', document, error }));
	}
}
