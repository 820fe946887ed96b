import { asExtendError } from '../../api/errors';
import type { NodeExecution } from '../../n8n/nodeExecution';
import type { StartRecord } from '../../starting/doubles';
import { findDoubles } from '../../starting/doubles';
import { RunFinder } from '../../starting/finder';
import { hintDoubled } from './hints';

/** Names runs that exist beside those started here, which nobody would see otherwise. */
export async function reportDoubles(run: NodeExecution, started: readonly StartRecord[]): Promise<void> {
	const { clock, context } = run;
	const once = run.extend.once();
	const finder = new RunFinder({ listRuns: async (...query) => await once.listRuns(...query), clock });
	try {
		hintDoubled(run, await findDoubles(started, finder));
	} catch (caught) {
		// The results are there; they are not held back for a hint.
		context.logger.info(`Not looked for runs that exist twice: ${asExtendError(caught).message}`);
	}
}
