import { UnknownOutcome } from '../api/call';
import type { Clock } from '../api/clock';
import { asExtendError, ExtendError, stoppedError } from '../api/errors';
import type { Upload } from '../api/http';
import type { JsonObject } from '../api/json';
import type { ClassifierTarget, FileInput, Run, StartRequest } from '../api/types';
import { hasFailed } from '../runs/status';
import type { FoundRun, RunFinder } from './finder';
import { findUsable } from './finder';
import { START_KEY } from './metadata';

export type DocumentSource = { kind: 'input'; file: FileInput } | { kind: 'upload'; upload: Upload };

/** One document with all that its run is started with. */
export interface StartPlan {
	target: ClassifierTarget;
	source: DocumentSource;
	priority?: number;
	/** Holds our token under `n8n:start`. */
	metadata: JsonObject;
	token: string;
	/** Whether to look for a run of an earlier try before starting one. */
	looksFirst: boolean;
}

export interface StarterPorts {
	startRun: (request: StartRequest) => Promise<Run>;
	getRun: (id: string) => Promise<Run>;
	uploadFile: (upload: Upload) => Promise<{ id: string }>;
	finder: Pick<RunFinder, 'listTokens' | 'findFresh'>;
	/** IDs of files uploaded and runs started in this execution, by token; they outlive a retry of the node. */
	uploadedFileIds: Record<string, string>;
	startedRunIds: Record<string, string>;
	clock: Clock;
}

export interface StartedRun {
	run: Run;
	/** Whether the run exists from an earlier try, so that nothing was started now. */
	wasAdopted: boolean;
	/** The file that was uploaded for the run, if one was. */
	uploadedFileId?: string;
}

/** Starts of one document that got no answer and left no run behind; after these the document is given up. */
const MAX_ATTEMPTS = 5;

export function classifierIdOf(target: ClassifierTarget): string | undefined {
	return 'classifier' in target ? target.classifier.id : undefined;
}

/** Starts runs so that no document is ever paid for twice. */
export class RunStarter {
	private readonly earlier = new Map<string | undefined, ReturnType<RunFinder['listTokens']>>();

	constructor(private readonly ports: StarterPorts) {}

	/**
	 * The run of a document: one that exists from an earlier try, else a new one.
	 * @throws ExtendError when Extend does not take the document, or when it stays unknown whether a run exists
	 */
	async start(plan: StartPlan): Promise<StartedRun> {
		const earlier = plan.looksFirst ? await this.findEarlier(plan) : { known: new Set<string>() };
		if (earlier.usable !== undefined) return await this.adopt(earlier.usable, plan.token);
		const file = await this.provideFile(plan);
		const request: StartRequest = { ...plan.target, file, metadata: plan.metadata, priority: plan.priority };
		for (let attempt = 1; ; attempt++) {
			const started = await this.tryToStart(request, plan, earlier.known);
			if (started !== undefined) {
				this.ports.startedRunIds[plan.token] = started.run.id;
				return { ...started, uploadedFileId: this.ports.uploadedFileIds[plan.token] };
			}
			if (attempt === MAX_ATTEMPTS) throw neverAnswered(plan.token);
		}
	}

	/** Whether the look for earlier tries had to end before it had gone 24 hours back. */
	async wasLookCutShort(): Promise<boolean> {
		const listings = await Promise.allSettled(this.earlier.values());
		return listings.some((listing) => listing.status === 'fulfilled' && listing.value.isCutShort);
	}

	private async findEarlier(plan: StartPlan): Promise<{ usable?: FoundRun; known: Set<string> }> {
		const remembered = this.ports.startedRunIds[plan.token];
		if (remembered !== undefined) return await this.checkRemembered(remembered, plan.token);
		const classifierId = classifierIdOf(plan.target);
		const listing = this.earlier.get(classifierId) ?? this.ports.finder.listTokens(classifierId);
		this.earlier.set(classifierId, listing);
		const ours = (await listing).runs.filter(({ token }) => token === plan.token);
		return { usable: findUsable(ours, plan.token), known: new Set(ours.map(({ id }) => id)) };
	}

	/** The list may not show yet what this very execution has started. */
	private async checkRemembered(id: string, token: string): Promise<{ usable?: FoundRun; known: Set<string> }> {
		const { status } = await this.ports.getRun(id);
		const usable = hasFailed({ status }) ? undefined : { id, status, token };
		return { usable, known: new Set([id]) };
	}

	private async adopt({ id }: FoundRun, token: string): Promise<StartedRun> {
		const run = await this.ports.getRun(id);
		return { run, wasAdopted: true, uploadedFileId: this.ports.uploadedFileIds[token] };
	}

	private async provideFile({ source, token }: StartPlan): Promise<FileInput> {
		if (source.kind === 'input') return source.file;
		const known = this.ports.uploadedFileIds[token];
		if (known !== undefined) return { id: known };
		const { id } = await this.ports.uploadFile(source.upload);
		this.ports.uploadedFileIds[token] = id;
		return { id };
	}

	/** Undefined when the start got no answer and has left no run that can be found. */
	private async tryToStart(request: StartRequest, plan: StartPlan, known: ReadonlySet<string>): Promise<StartedRun | undefined> {
		try {
			return { run: await this.ports.startRun(request), wasAdopted: false };
		} catch (caught) {
			if (!(caught instanceof UnknownOutcome)) throw asExtendError(caught);
		}
		const found = await this.findFresh(plan, known);
		if (this.ports.clock.stopped()) throw stoppedError();
		return found === undefined ? undefined : { run: await this.ports.getRun(found.id), wasAdopted: false };
	}

	private async findFresh(plan: StartPlan, known: ReadonlySet<string>): Promise<FoundRun | undefined> {
		try {
			return await this.ports.finder.findFresh(plan.token, classifierIdOf(plan.target), known);
		} catch {
			throw neverAnswered(plan.token);
		}
	}
}

function neverAnswered(token: string): ExtendError {
	return new ExtendError(
		`Extend did not confirm that it started a run, and none with the metadata ${START_KEY} = ${token} was found`,
		'Check the runs in the Extend dashboard before you start this document again, so that it is not paid twice.',
		{ code: 'OUTCOME_UNKNOWN', retryable: true },
	);
}
