import { asTheyCome } from '../starting/asTheyCome';
import { RunStarter } from '../starting/runStarter';
import type { StartContext } from '../starting/startContext';
import { readError } from '../n8n/errors';
import type { ClassifierTarget } from '../api/types';
import type { PlannedDocument } from './plannedDocument';
import type { WaitedRun } from './runWaiter';
import type { Submission, Submitted } from './submission';

/** Submits each document as a run of its own, all at once. */
export class SingleRuns implements Submission<ClassifierTarget> {
	private readonly starter: RunStarter;

	constructor(private readonly context: StartContext) {
		this.starter = new RunStarter(context);
	}

	submit(documents: readonly PlannedDocument[]): AsyncGenerator<Submitted> {
		return asTheyCome(async (emit) => await Promise.all(documents.map(async (document) => emit(await this.submitOne(document)))));
	}

	async wasLookCutShort(): Promise<boolean> {
		return await this.starter.wasLookCutShort();
	}

	private async submitOne(document: PlannedDocument): Promise<Submitted> {
		try {
			const { run, isReused, isOwn, wasSentAgain } = await this.starter.start(document.plan);
			const waited: WaitedRun = { kind: 'known', run, sinceMs: this.context.clock.nowMs(), isForeign: !isOwn };
			return { kind: 'run', document, run: waited, isReused, wasSentAgain };
		} catch (caught) {
			return { kind: 'failed', document, error: readError(caught) };
		}
	}
}
