import { UnknownOutcome } from '../api/call';
import type { Clock } from '../api/clock';
import { asExtendError } from '../api/errors';
import type { Run, StartRequest } from '../api/types';
import type { EarlierPorts } from './earlierRuns';
import { EarlierRuns } from './earlierRuns';
import type { RunFinder } from './finder';
import type { FilePorts, StartPlan } from './plan';
import { classifierIdOf, provideFile } from './plan';
import { isUnique } from './token';
import { neverAnswered, StoppedStart } from './unconfirmed';

export interface StarterPorts extends EarlierPorts, FilePorts {
	startRun: (request: StartRequest) => Promise<Run>;
	finder: Pick<RunFinder, 'listTokens' | 'findFresh'>;
	clock: Clock;
}

export interface StartedRun {
	run: Run;
	/** Whether the run exists from an earlier try, so that nothing was started now. */
	wasAdopted: boolean;
	/** Whether another run may exist that nobody knew of: one was started again, or a key was shared at the same moment. */
	mayHaveDouble: boolean;
	/** The file that was uploaded for the run, if one was. */
	uploadedFileId?: string;
}

/**
 * Starts of one document that got no answer and left no run behind; after these the document is given up. Few, since an
 * Extend that is slow to answer may act later than anybody looks, and each may then be paid for.
 */
const MAX_ATTEMPTS = 3;

/** Starts runs so that no document is ever paid for twice. */
export class RunStarter {
	private readonly earlier: EarlierRuns;

	constructor(private readonly ports: StarterPorts) {
		this.earlier = new EarlierRuns(ports);
	}

	/**
	 * The run of a document: one that exists from an earlier try, else a new one.
	 * @throws StoppedStart when the workflow is stopped while it is unknown whether a run exists; ExtendError when Extend
	 * does not take the document, or when that stays unknown
	 */
	async start(plan: StartPlan): Promise<StartedRun> {
		const earlier = await this.earlier.find(plan);
		const adopted = await this.earlier.readUsable(earlier);
		if (adopted !== undefined) return { run: adopted, wasAdopted: true, mayHaveDouble: false, uploadedFileId: this.ports.uploadedFileIds[plan.token] };
		const file = await provideFile(plan, this.ports);
		const request: StartRequest = { ...plan.target, file, metadata: plan.metadata, priority: plan.priority };
		for (let attempt = 1; ; attempt++) {
			const run = await this.tryToStart(request, plan, earlier.known);
			if (run instanceof UnknownOutcome && attempt === MAX_ATTEMPTS) throw neverAnswered(plan.token, run);
			if (run instanceof UnknownOutcome) continue;
			this.ports.startedRunIds[plan.token] = [...earlier.known, run.id].join(',');
			const mayHaveDouble = attempt > 1 || !isUnique(plan.token);
			return { run, wasAdopted: false, mayHaveDouble, uploadedFileId: this.ports.uploadedFileIds[plan.token] };
		}
	}

	/** Whether the look for earlier tries had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		return await this.earlier.wasCutShort();
	}

	/** Why there was no answer, when there was none and no run can be found that the start has left. */
	private async tryToStart(request: StartRequest, plan: StartPlan, known: ReadonlySet<string>): Promise<Run | UnknownOutcome> {
		try {
			return await this.ports.startRun(request);
		} catch (caught) {
			if (!(caught instanceof UnknownOutcome)) throw asExtendError(caught);
			// What is remembered from before would hide from a later try what this start may have made.
			delete this.ports.startedRunIds[plan.token];
			return (await this.findStarted(plan, known, caught)) ?? caught;
		}
	}

	/** The run that an unanswered start has made after all. @throws StoppedStart when the workflow is stopped before that is known */
	private async findStarted(plan: StartPlan, known: ReadonlySet<string>, unanswered: UnknownOutcome): Promise<Run | undefined> {
		const { clock, finder, getRun } = this.ports;
		try {
			const found = await finder.findFresh(plan.token, classifierIdOf(plan.target), known).catch((caught: unknown) => {
				throw neverAnswered(plan.token, unanswered, asExtendError(caught));
			});
			if (found !== undefined) return await getRun(found.id);
		} catch (caught) {
			if (!clock.isCancelled()) throw asExtendError(caught);
		}
		if (clock.isCancelled()) throw new StoppedStart(plan.token, known);
		return undefined;
	}
}
