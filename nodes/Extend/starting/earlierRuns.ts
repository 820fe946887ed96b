import { asExtendError } from '../api/errors';
import type { Run } from '../api/types';
import { vanishedError } from '../runs/outcome';
import { hasFailed } from '../runs/status';
import type { FoundRun, RunFinder } from './finder';
import { findUsable } from './finder';
import type { StartPlan } from './plan';
import { classifierIdOf } from './plan';

export interface EarlierPorts {
	getRun: (id: string) => Promise<Run>;
	finder: Pick<RunFinder, 'listTokens'>;
	/** IDs of the runs of this execution, by token, with commas between them, newest last; they outlive a retry of the node. */
	startedRunIds: Record<string, string>;
}

/** What earlier tries have left of a document. */
export interface Earlier {
	/** A run that can stand for a new one. */
	usable?: FoundRun;
	/** The usable run, where it was read already. */
	run?: Run;
	/** IDs of all runs that are known to carry the token. */
	known: ReadonlySet<string>;
}

/** Looks for runs of earlier tries, in one pass through the list for each classifier. */
export class EarlierRuns {
	private readonly listings = new Map<string | undefined, ReturnType<RunFinder['listTokens']>>();

	constructor(private readonly ports: EarlierPorts) {}

	/** Nothing for a document that is not to be looked for. */
	async find(plan: StartPlan): Promise<Earlier> {
		if (!plan.looksFirst) return { known: new Set() };
		const remembered = this.ports.startedRunIds[plan.token]?.split(',');
		if (remembered !== undefined) return await this.checkRemembered(remembered, plan.token);
		const classifierId = classifierIdOf(plan.target);
		const listing = this.listings.get(classifierId) ?? this.ports.finder.listTokens(classifierId);
		this.listings.set(classifierId, listing);
		return earlierIn((await listing).runs, plan.token);
	}

	/** The usable run as it is now; undefined where it has failed since it was listed. */
	async readUsable({ usable, run }: Earlier): Promise<Run | undefined> {
		if (usable === undefined) return undefined;
		const read = run ?? (await this.ports.getRun(usable.id));
		return hasFailed(read) ? undefined : read;
	}

	/** Whether the look had to end before it had gone 24 hours back. */
	async wasCutShort(): Promise<boolean> {
		const listings = await Promise.allSettled(this.listings.values());
		return listings.some((listing) => listing.status === 'fulfilled' && listing.value.isCutShort);
	}

	/** The list may not show yet what this very execution has started. */
	private async checkRemembered(ids: string[], token: string): Promise<Earlier> {
		const id = ids.at(-1) ?? '';
		const known = new Set(ids);
		const run = await this.ports.getRun(id).catch((caught: unknown) => {
			const error = asExtendError(caught);
			throw error.facts.status === 404 ? vanishedError({ id, status: '', json: {} }, error) : error;
		});
		return hasFailed(run) ? { known } : { usable: { id, status: run.status, token, json: run.json }, run, known };
	}
}

/** What a list shows of the runs with a token. */
export function earlierIn(runs: FoundRun[], token: string): Earlier {
	const ours = runs.filter((run) => run.token === token);
	return { usable: findUsable(ours, token), known: new Set(ours.map(({ id }) => id)) };
}
