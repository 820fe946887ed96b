import type { ExtendError } from '../api/errors';
import type { ClassifierTarget } from '../api/types';
import type { PlannedDocument } from './plannedDocument';
import type { WaitedRun } from './runWaiter';

/** A document whose run exists. */
export interface SubmittedRun<Target extends ClassifierTarget = ClassifierTarget> {
	kind: 'run';
	document: PlannedDocument<Target>;
	run: WaitedRun;
	/** Whether the run exists from an earlier try or another execution, so that nothing was started now. */
	isReused: boolean;
	/** Whether the request was sent again after one with an unknown outcome, so that another run may exist. */
	wasSentAgain: boolean;
}

/** A document, and what submitting it came to; single runs and batches alike. */
export type Submitted = SubmittedRun | { kind: 'failed'; document: PlannedDocument; error: ExtendError };

/** A way of submitting documents: each comes back as soon as its run is known, in any order. */
export interface Submission<Target extends ClassifierTarget> {
	submit(documents: ReadonlyArray<PlannedDocument<Target>>): AsyncGenerator<Submitted>;
	/** Whether the look for earlier runs had to end before it had gone 24 hours back. */
	wasLookCutShort(): Promise<boolean>;
}
