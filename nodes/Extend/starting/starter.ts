import { UnknownOutcome } from '../api/call';
import type { Clock } from '../api/clock';
import { asExtendError, ExtendError, stoppedError } from '../api/errors';
import type { Run, StartRequest } from '../api/types';
import { hasFailed } from '../runs/status';
import type { Earlier, EarlierPorts } from './earlierRuns';
import { EarlierRuns } from './earlierRuns';
import type { FoundRun, RunFinder } from './finder';
import { START_KEY } from './metadata';
import type { FilePorts, StartPlan } from './plan';
import { classifierIdOf, provideFile } from './plan';
import { isUnique } from './token';

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

/** Starts of one document that got no answer and left no run behind; after these the document is given up. */
const MAX_ATTEMPTS = 5;

/** Starts runs so that no document is ever paid for twice. */
export class RunStarter {
	private readonly earlier: EarlierRuns;

	constructor(private readonly ports: StarterPorts) {
		this.earlier = new EarlierRuns(ports);
	}

	/**
	 * The run of a document: one that exists from an earlier try, else a new one.
	 * @throws ExtendError when Extend does not take the document, or when it stays unknown whether a run exists
	 */
	async start(plan: StartPlan): Promise<StartedRun> {
		const earlier = await this.earlier.find(plan);
		const adopted = await this.adopt(earlier);
		if (adopted !== undefined) return { run: adopted, wasAdopted: true, mayHaveDouble: false, uploadedFileId: this.ports.uploadedFileIds[plan.token] };
		const file = await provideFile(plan, this.ports);
		const request: StartRequest = { ...plan.target, file, metadata: plan.metadata, priority: plan.priority };
		for (let attempt = 1; ; attempt++) {
			const run = await this.tryToStart(request, plan, earlier.known);
			if (run instanceof UnknownOutcome) {
				if (attempt === MAX_ATTEMPTS) throw neverAnswered(plan.token, run);
				continue;
			}
			this.ports.startedRunIds[plan.token] = run.id;
			const mayHaveDouble = attempt > 1 || !isUnique(plan.token);
			return { run, wasAdopted: false, mayHaveDouble, uploadedFileId: this.ports.uploadedFileIds[plan.token] };
		}
	}

	/** Whether the look for earlier tries had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		return await this.earlier.wasCutShort();
	}

	/** The usable run of an earlier try, unless it has failed since it was listed. */
	private async adopt({ usable, run }: Earlier): Promise<Run | undefined> {
		if (usable === undefined) return undefined;
		const found = run ?? (await this.ports.getRun(usable.id));
		return hasFailed(found) ? undefined : found;
	}

	/** Why there was no answer, when there was none and no run can be found that the start has left. */
	private async tryToStart(request: StartRequest, plan: StartPlan, known: ReadonlySet<string>): Promise<Run | UnknownOutcome> {
		try {
			return await this.ports.startRun(request);
		} catch (caught) {
			if (!(caught instanceof UnknownOutcome)) throw asExtendError(caught);
			// What is remembered from before would hide from a later try what this start may have made.
			delete this.ports.startedRunIds[plan.token];
			const found = await this.findFresh(plan, known, caught);
			if (this.ports.clock.stopped()) throw stoppedError();
			return found === undefined ? caught : await this.ports.getRun(found.id);
		}
	}

	private async findFresh(plan: StartPlan, known: ReadonlySet<string>, unanswered: UnknownOutcome): Promise<FoundRun | undefined> {
		try {
			return await this.ports.finder.findFresh(plan.token, classifierIdOf(plan.target), known);
		} catch (caught) {
			throw neverAnswered(plan.token, unanswered, asExtendError(caught));
		}
	}
}

/**
 * For a start of which neither an answer nor a run was to be had.
 * @param unanswered what became of the last request
 * @param lookFault why the runs could not be looked through
 */
export function neverAnswered(token: string, unanswered?: ExtendError, lookFault?: ExtendError): ExtendError {
	const look = lookFault === undefined ? 'none was found' : `they could not be looked through (${lookFault.message})`;
	const last = unanswered === undefined ? '' : `. The last start: ${unanswered.message}`;
	return new ExtendError(
		`Extend did not confirm that it started a run, and of the runs with the metadata ${START_KEY} = ${token} ${look}${last}`,
		'Check the runs in the Extend dashboard before you start this document again, so that it is not paid twice.',
		{ ...unanswered?.facts, code: 'OUTCOME_UNKNOWN', retryable: true },
	);
}
