import type { UnknownOutcome } from '../api/unknownOutcome';
import { MAX_UNKNOWN_STARTS } from './unknownOutcome';

/** What is remembered of the start of one document. Plain data: n8n saves it with the execution. */
export interface RememberedStart {
	/** The file that was uploaded for it. */
	fileId?: string;
	/** Runs that are known to carry its start key, the newest last. */
	runIds?: string[];
	/** The batch that it went into. */
	batchId?: string;
	/** Set while the outcome of its last start is unknown: the runs that were known before. */
	knownBefore?: string[];
	/** How many starts with an unknown outcome this execution has sent. */
	unknownStarts?: number;
	/** What Extend answered to the last start in place of a run. */
	answered?: string;
	/** Whether it was sent again after a start with an unknown outcome, so that Extend may have several runs of it. */
	mayHaveSeveralRuns?: boolean;
}

/** What a node remembers of its starts in one execution, across tries. */
export interface RememberedStarts {
	/** The execution in which the node was first tried. */
	executionId: string;
	/** The one in which it was last tried. */
	lastExecutionId?: string;
	/** How often the node was tried, by its run index. */
	tries: Record<string, number>;
	starts: Record<string, RememberedStart>;
}

/** Of a start with another end; the runs that may be paid for stay known. */
const NOTHING: RememberedStart = {
	runIds: undefined,
	batchId: undefined,
	knownBefore: undefined,
	unknownStarts: undefined,
	answered: undefined,
};

/** What tries of one node in one execution, and in executions that go on with it, know of each other. */
export class StartMemory {
	/** Whether the node was tried before, so that runs of its documents may exist. */
	readonly hasEarlierTry: boolean;
	/** Whether somebody goes on with a failed execution by hand, after having changed something perhaps. */
	readonly isNewExecution: boolean;

	/** @param remembered changed in place; what is in it when n8n saves the execution is there at the next try */
	constructor(
		private readonly remembered: RememberedStarts,
		{ executionId, runIndex }: { executionId: string; runIndex: number },
	) {
		const tries = remembered.tries[runIndex] ?? 0;
		this.hasEarlierTry = tries > 0;
		this.isNewExecution = remembered.executionId !== executionId;
		if ((remembered.lastExecutionId ?? remembered.executionId) !== executionId) this.forgetUnknownStarts();
		remembered.lastExecutionId = executionId;
		remembered.tries[runIndex] = tries + 1;
	}

	/** The execution in which the node was first tried: start keys are made of it, so that later tries find its runs. */
	get executionId(): string {
		return this.remembered.executionId;
	}

	/** What is remembered of a document; nothing yet for a new one. */
	of(startKey: string): Readonly<RememberedStart> {
		return this.remembered.starts[startKey] ?? {};
	}

	rememberFile(startKey: string, fileId: string): void {
		this.change(startKey, { fileId });
	}

	forgetFile(startKey: string): void {
		this.change(startKey, { fileId: undefined });
	}

	/**
	 * @param runIds all that are known to carry the start key, the newest last
	 * @param wasSentAgain whether a start with an unknown outcome came before
	 */
	rememberRuns(startKey: string, runIds: string[], wasSentAgain = false): void {
		this.change(startKey, { ...NOTHING, runIds, ...(wasSentAgain ? { mayHaveSeveralRuns: true } : {}) });
	}

	/** @param known IDs of runs that carry the start key from before */
	rememberBatch(startKey: string, batchId: string, known: Iterable<string>): void {
		this.change(startKey, { ...NOTHING, batchId, runIds: [...known] });
	}

	/**
	 * What was remembered of runs would hide from a later try what this start may have made.
	 * @param start what was answered once is answered again: it counts as all starts that there may be
	 */
	rememberUnknownOutcome(startKey: string, knownBefore: Iterable<string>, start: Pick<UnknownOutcome, 'wasAnswered' | 'message'>): void {
		const { wasAnswered, message } = start;
		const { unknownStarts = 0, mayHaveSeveralRuns } = this.of(startKey);
		this.change(startKey, {
			...NOTHING,
			knownBefore: [...knownBefore],
			unknownStarts: unknownStarts + (wasAnswered ? MAX_UNKNOWN_STARTS : 1),
			answered: wasAnswered ? message : undefined,
			mayHaveSeveralRuns: this.isOutcomeUnknown(startKey) || mayHaveSeveralRuns,
		});
	}

	/** Whether a start was sent for the document of which nobody knows what it has made. */
	isOutcomeUnknown(startKey: string): boolean {
		return this.of(startKey).knownBefore !== undefined;
	}

	/** Whoever starts a new execution by hand has looked at what there is. */
	private forgetUnknownStarts(): void {
		for (const startKey of Object.keys(this.remembered.starts)) this.change(startKey, { unknownStarts: undefined });
	}

	private change(startKey: string, change: RememberedStart): void {
		const { starts } = this.remembered;
		const changed = { ...starts[startKey], ...change };
		starts[startKey] = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
	}
}
