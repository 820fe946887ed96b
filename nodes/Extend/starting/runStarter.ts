import { UnknownOutcome } from '../api/unknownOutcome';
import { asExtendError, stoppedError } from '../api/errors';
import type { Run, StartRequest } from '../api/types';
import { hasFailed } from '../runs/status';
import { EarlierRuns } from './earlierRuns';
import type { StartPlan } from './plan';
import { Recheck } from './recheck';
import { findUsable, RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { provideFile, readIfThere } from './startContext';
import { canBeShared, classifierIdOf, isSharedByExecutions } from './startKey';
import type { Claim, Made } from './startRegistry';
import { CancelledStart, notListedInBatch, outcomeUnknown } from './unknownOutcome';

export interface StartedRun {
	run: Run;
	/** Whether the run exists already, so that nothing was started now. */
	isReused: boolean;
	/** Whether this execution started it, or the one that this one goes on with. */
	isOwn: boolean;
	/** Whether the request was sent again after one with an unknown outcome. */
	wasSentAgain: boolean;
}

/**
 * Starts of one document with an unknown outcome that left no run behind; after these the document is given up. Few,
 * since an Extend that is slow to answer may act later than anybody looks, and each may then be paid for.
 */
const MAX_ATTEMPTS = 3;
/** Pauses before the looks for a run in the list of its batch. */
const BATCH_LOOK_PAUSES_MS = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

const NONE: ReadonlySet<string> = new Set();

/** What a request has come to. */
type Sent =
	| { kind: 'made'; run: Run }
	/** Another execution was faster, so that nothing was sent. */
	| { kind: 'foundElsewhere'; runId: string }
	| { kind: 'unknown'; error: UnknownOutcome };

/** Starts single runs so that no document is ever paid for twice. */
export class RunStarter {
	private readonly finder: RunFinder;
	private readonly earlier: EarlierRuns;

	constructor(private readonly context: StartContext) {
		this.finder = new RunFinder(context);
		this.earlier = new EarlierRuns(context, this.finder);
	}

	/**
	 * The run of a document: one that exists, else a new one.
	 * @throws CancelledStart when the execution is cancelled while it is unknown whether a run exists; ExtendError when
	 * Extend does not take the document, or when that stays unknown
	 */
	async start(plan: StartPlan): Promise<StartedRun> {
		const earlier = await this.earlier.find(plan);
		if (earlier.kind === 'run') return reused(earlier.isListed ? await this.context.extend.getRun(earlier.run.id) : earlier.run, earlier.isOwn);
		if (earlier.kind === 'batch') return reused(await this.findInBatch(earlier.batchId, plan.startKey), true);
		const known = earlier.kind === 'none' ? earlier.known : NONE;
		return canBeShared(plan.startKey) ? await this.startOrShare(plan, known) : await this.startNew(plan, known);
	}

	/** Whether the look for earlier runs had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		return await this.earlier.wasCutShort();
	}

	/** Another execution of this process may be starting the same, or have done so a moment ago. */
	private async startOrShare(plan: StartPlan, known: ReadonlySet<string>): Promise<StartedRun> {
		const { registry, clock } = this.context;
		for (;;) {
			const made = registry.madeLately(plan.startKey);
			const run = made === undefined ? undefined : await this.readMade(made, plan.startKey);
			if (run !== undefined && !hasFailed(run)) return reused(run, this.isOwn(run, plan));
			const claim = registry.claim(plan.startKey);
			if (claim !== undefined) return await this.startClaimed(plan, known, claim);
			await registry.awaitMade(plan.startKey, clock);
			if (clock.isCancelled()) throw stoppedError();
		}
	}

	private async startClaimed(plan: StartPlan, known: ReadonlySet<string>, claim: Claim): Promise<StartedRun> {
		let runId: string | undefined;
		try {
			const started = await this.startNew(plan, known);
			runId = started.run.id;
			return started;
		} finally {
			claim.settle(runId === undefined ? undefined : { kind: 'run', runId });
		}
	}

	private async startNew(plan: StartPlan, known: ReadonlySet<string>): Promise<StartedRun> {
		const file = await provideFile(plan, this.context);
		const request: StartRequest = { ...plan.target, file, metadata: plan.metadata, priority: plan.priority };
		for (let attempt = 1; ; attempt++) {
			const sent = await this.send(request, plan, known);
			if (sent.kind === 'foundElsewhere') return reused(await this.context.extend.getRun(sent.runId), false);
			if (sent.kind === 'made') {
				this.context.memory.rememberRuns(plan.startKey, [...known, sent.run.id]);
				return { run: sent.run, isReused: false, isOwn: true, wasSentAgain: attempt > 1 };
			}
			if (attempt === MAX_ATTEMPTS || sent.error.wasAnswered) throw outcomeUnknown(plan.startKey, sent.error);
		}
	}

	private async send(request: StartRequest, plan: StartPlan, known: ReadonlySet<string>): Promise<Sent> {
		const { extend, memory } = this.context;
		const recheck = new Recheck(this.finder, plan.target, new Set([plan.startKey]));
		try {
			const run = await extend.startRun(request, isSharedByExecutions(plan.startKey) ? async () => await recheck.isStillNeeded(known) : undefined);
			if (run !== undefined) return { kind: 'made', run };
			return { kind: 'foundElsewhere', runId: recheck.found.get(plan.startKey)?.id ?? '' };
		} catch (caught) {
			if (!(caught instanceof UnknownOutcome)) throw asExtendError(caught);
			memory.rememberUnknownOutcome(plan.startKey, known);
			const run = await this.findMade(plan, known, caught);
			return run === undefined ? { kind: 'unknown', error: caught } : { kind: 'made', run };
		}
	}

	/** The run that a start with an unknown outcome has made after all. */
	private async findMade(plan: StartPlan, known: ReadonlySet<string>, start: UnknownOutcome): Promise<Run | undefined> {
		const { clock, extend } = this.context;
		const { runs, lookError } = await this.finder.findMade(new Set([plan.startKey]), classifierIdOf(plan.target), known);
		const found = runs.get(plan.startKey);
		if (found !== undefined) {
			const { id, status, json } = found;
			// It exists, whatever keeps us from reading it.
			return await extend.getRun(id).catch(() => ({ id, status, json }));
		}
		if (clock.isCancelled()) throw new CancelledStart(plan.startKey, known);
		if (lookError !== undefined) throw outcomeUnknown(plan.startKey, start, lookError);
		return undefined;
	}

	private async readMade(made: Made, startKey: string): Promise<Run | undefined> {
		if (made.kind === 'batch') return await this.findInBatch(made.batchId, startKey);
		return await readIfThere(made.runId, this.context.extend);
	}

	/** Its run is listed soon, since Extend has taken the batch. @throws ExtendError when it is not */
	private async findInBatch(batchId: string, startKey: string): Promise<Run> {
		const { clock, extend } = this.context;
		for (const pauseMs of BATCH_LOOK_PAUSES_MS) {
			await clock.pause(pauseMs);
			const found = findUsable(await this.finder.listBatch(batchId), startKey);
			if (found !== undefined) return await extend.getRun(found.id);
			if (clock.isCancelled()) throw stoppedError();
		}
		throw notListedInBatch(batchId);
	}

	private isOwn({ id }: Run, { startKey }: StartPlan): boolean {
		return this.context.memory.of(startKey).runIds?.includes(id) ?? false;
	}
}

function reused(run: Run, isOwn: boolean): StartedRun {
	return { run, isReused: true, isOwn, wasSentAgain: false };
}
