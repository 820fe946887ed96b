import { UnknownOutcome } from '../api/unknownOutcome';
import { asExtendError, stoppedError } from '../api/errors';
import type { Run, StartRequest } from '../api/types';
import { hasFailed } from '../runs/status';
import { EarlierRuns } from './earlierRuns';
import type { FreshStart } from './otherStarts';
import { OtherStarts } from './otherStarts';
import type { StartPlan } from './plan';
import { Recheck } from './recheck';
import { RunFinder } from './runFinder';
import type { StartContext } from './startContext';
import { provideFile, readMade } from './startContext';
import { canBeShared, classifierIdOf, isSharedByExecutions } from './startKey';
import type { Claim, Made } from './startRegistry';
import {
	afterUnknownOutcome,
	CancelledStart,
	MAX_UNKNOWN_STARTS,
	outcomeStillUnknown,
	outcomeUnknown,
} from './unknownOutcome';

export interface StartedRun {
	run: Run;
	/** Whether the run exists already, so that nothing was started now. */
	isReused: boolean;
	/** Whether this execution started it, or the one that this one goes on with. */
	isOwn: boolean;
	/** Whether the request was sent again after one with an unknown outcome. */
	wasSentAgain: boolean;
}

/** What a request has come to. */
type Sent =
	| { kind: 'made'; run: Run }
	/** Another execution was faster, so that nothing was sent. */
	| { kind: 'foundElsewhere'; run: Run }
	| { kind: 'unknown'; error: UnknownOutcome };

/** Starts single runs so that no document is ever paid for twice. */
export class RunStarter {
	private readonly finder: RunFinder;
	private readonly earlier: EarlierRuns;
	private readonly others: OtherStarts;

	constructor(private readonly context: StartContext) {
		this.finder = new RunFinder(context);
		this.earlier = new EarlierRuns(context, this.finder);
		this.others = new OtherStarts(context, this.finder);
	}

	/**
	 * The run of a document: one that exists, else a new one.
	 * @throws CancelledStart when the execution is cancelled while it is unknown whether a run exists; ExtendError when
	 * Extend does not take the document, or when that stays unknown
	 */
	async start(plan: StartPlan): Promise<StartedRun> {
		const earlier = await this.earlier.find(plan);
		switch (earlier.kind) {
			case 'run':
				return this.reused(plan.startKey, earlier.isListed ? await readMade(earlier.run.id, this.context) : earlier.run, earlier.isOwn);
			case 'batch':
				return this.reused(plan.startKey, await this.others.findInBatch(earlier.batchId, plan.startKey), true);
			case 'unknownOutcome':
				throw outcomeStillUnknown(plan.startKey, 'the start', this.context.memory.of(plan.startKey).answered);
			case 'none': {
				const fresh = { plan, known: new Set(earlier.known) };
				return canBeShared(plan.startKey) ? await this.startOrShare(fresh) : await this.startNew(fresh);
			}
		}
	}

	/** Whether the look for earlier runs had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		return await this.earlier.wasCutShort();
	}

	/** Another execution of this process may be starting the same, or have done so a moment ago. */
	private async startOrShare(fresh: FreshStart): Promise<StartedRun> {
		const { registry, clock } = this.context;
		const { startKey } = fresh.plan;
		for (let unusable: Made | undefined; ; ) {
			const made = registry.madeLately(startKey);
			const isNew = made !== undefined && made !== unusable;
			const run = isNew ? await this.readUsable(made, fresh) : undefined;
			if (run !== undefined) return this.reused(startKey, run, this.others.isOwn(run, startKey));
			unusable = made;
			// While it was read, somebody else may have started another.
			if (isNew) continue;
			const claim = registry.claim(startKey);
			if (claim !== undefined) return await this.startClaimed(fresh, claim);
			await registry.awaitMade(startKey, clock);
			if (clock.isCancelled()) throw stoppedError();
		}
	}

	private async readUsable(made: Made, fresh: FreshStart): Promise<Run | undefined> {
		const run = await this.others.read(made, fresh);
		if (run === undefined || !hasFailed(run)) return run;
		fresh.known.add(run.id);
		return undefined;
	}

	private async startClaimed(fresh: FreshStart, claim: Claim): Promise<StartedRun> {
		let made: Made | undefined;
		try {
			const started = await this.startNew(fresh);
			made = { kind: 'run', runId: started.run.id };
			return started;
		} finally {
			claim.settle(made ?? (this.context.memory.isOutcomeUnknown(fresh.plan.startKey) ? { kind: 'unknown' } : undefined));
		}
	}

	private async startNew({ plan, known }: FreshStart): Promise<StartedRun> {
		const { memory } = this.context;
		const file = await provideFile(plan, this.context);
		const request: StartRequest = { ...plan.target, file, metadata: plan.metadata, priority: plan.priority };
		for (;;) {
			const wasSentAgain = memory.isOutcomeUnknown(plan.startKey);
			const sent = await this.send(request, { plan, known });
			if (sent.kind === 'made') {
				memory.rememberRuns(plan.startKey, [...known, sent.run.id], wasSentAgain);
				return { run: sent.run, isReused: false, isOwn: true, wasSentAgain };
			}
			if (sent.kind === 'unknown' && this.isGivenUp(plan.startKey)) throw outcomeUnknown(plan.startKey, sent.error);
			if (sent.kind === 'unknown') continue;
			if (!hasFailed(sent.run)) return this.reused(plan.startKey, sent.run, this.others.isOwn(sent.run, plan.startKey));
			known.add(sent.run.id);
		}
	}

	private async send(request: StartRequest, { plan, known }: FreshStart): Promise<Sent> {
		const { startKey, target } = plan;
		const { extend, memory, clock } = this.context;
		const recheck = new Recheck(this.finder, target, new Set([startKey]));
		const mayExist = isSharedByExecutions(startKey) || memory.isOutcomeUnknown(startKey);
		try {
			const run = await extend.startRun(request, mayExist ? async () => await recheck.isStillNeeded(known) : undefined);
			if (run !== undefined) return { kind: 'made', run };
			return { kind: 'foundElsewhere', run: await readMade(recheck.found.get(startKey)?.id ?? '', this.context) };
		} catch (caught) {
			if (caught instanceof UnknownOutcome) return await this.findMade({ plan, known }, caught);
			if (!memory.isOutcomeUnknown(startKey)) throw asExtendError(caught);
			throw clock.isCancelled() ? new CancelledStart(startKey, known) : afterUnknownOutcome(startKey, asExtendError(caught));
		}
	}

	/** The run that a start with an unknown outcome has made after all. */
	private async findMade({ plan: { startKey, target }, known }: FreshStart, start: UnknownOutcome): Promise<Sent> {
		const { clock, extend, memory } = this.context;
		memory.rememberUnknownOutcome(startKey, known, start);
		const { runs, lookError } = await this.finder.findMade(new Set([startKey]), classifierIdOf(target), known);
		const found = runs.get(startKey);
		if (found !== undefined) {
			const { id, status, json } = found;
			// It exists, whatever keeps us from reading it.
			return { kind: 'made', run: await extend.getRun(id).catch(() => ({ id, status, json })) };
		}
		if (clock.isCancelled()) throw new CancelledStart(startKey, known);
		if (lookError !== undefined) throw outcomeUnknown(startKey, start, lookError);
		return { kind: 'unknown', error: start };
	}

	/** One that is found after several starts may not be the only one of them. */
	private reused(startKey: string, run: Run, isOwn: boolean): StartedRun {
		return { run, isReused: true, isOwn, wasSentAgain: this.context.memory.of(startKey).mayHaveSeveralRuns ?? false };
	}

	private isGivenUp(startKey: string): boolean {
		return (this.context.memory.of(startKey).unknownStarts ?? 0) >= MAX_UNKNOWN_STARTS;
	}
}
