import type { ClassifierTarget } from '../api/types';
import type { FoundRun } from './foundRun';
import { findUsable } from './foundRun';
import type { RunFinder } from './runFinder';
import { classifierIdOf } from './startKey';

/** A listing that began so short a while ago will do: it is shared by all starts that are due. */
const MAX_AGE_MS = 300;

/**
 * A last look before a start is sent: waiting for its turn and uploading take time in which an execution of another
 * process may have started the same.
 */
export class Recheck {
	/** The runs that others have made meanwhile, by start key. */
	readonly found = new Map<string, FoundRun>();

	constructor(
		private readonly finder: Pick<RunFinder, 'listDay'>,
		private readonly target: ClassifierTarget,
		private readonly startKeys: ReadonlySet<string>,
	) {}

	/** Whether there is anything to look for. */
	get isWorthwhile(): boolean {
		return this.startKeys.size > 0;
	}

	/** Whether nobody has made any of the runs. @param known IDs of runs that carry the start keys from before */
	async isStillNeeded(known: ReadonlySet<string>): Promise<boolean> {
		const { runs } = await this.finder.listDay(classifierIdOf(this.target), MAX_AGE_MS);
		const fresh = runs.filter(({ id }) => !known.has(id));
		for (const startKey of this.startKeys) {
			const run = findUsable(fresh, startKey);
			if (run !== undefined) this.found.set(startKey, run);
		}
		return this.found.size === 0;
	}
}
