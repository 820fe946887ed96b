import type { Clock } from '../api/clock';
import { unreadableList } from '../api/errors';
import type { JsonObject } from '../api/json';
import { objectAt, stringAt } from '../api/json';
import { isNewestFirst, LARGEST_PAGE } from '../api/pagination';
import type { Page, RunListQuery } from '../api/types';
import { hasFailed } from '../runs/status';
import { START_KEY } from './metadata';
import { isUnique } from './token';

export interface FinderPorts {
	listRuns: (query: RunListQuery, pageSize: number, pageToken?: string) => Promise<Page<JsonObject>>;
	clock: Clock;
}

/** A run that carries one of our tokens, as a list shows it. */
export interface FoundRun {
	id: string;
	status: string;
	token: string;
	/** All that the list says of it: everything but its result. */
	json: JsonObject;
}

/** How far back a token counts. */
export const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1_000;
/** How many runs are looked through at most for tokens of earlier node runs. */
export const MAX_RUNS_LOOKED_THROUGH = 10_000;
/** How many of the newest runs are looked through for one whose start got no answer. */
const MAX_RECENT_RUNS = 2 * LARGEST_PAGE;
/** Pages may be small, and even empty though more follow; but a list has to end some time. */
const MAX_PAGES = 1_000;
/** A start is looked for among runs that are this much older than the newest at most, by Extend's own clock. */
const RECENT_MS = 10 * 60 * 1_000;
/** Pauses before the looks for a run whose start got no answer: a list may lag some seconds behind. */
const LOOK_PAUSES_MS = [300, 1_000, 2_500, 5_000];
const LAST_LOOK_PAUSE_MS = 5_000;

/** How far a look goes. */
interface Reach {
	/** The oldest `createdAt` that counts, given the newest that the list shows. */
	sinceMs: (newestMs: number) => number;
	maxRuns: number;
}

interface Listing {
	runs: FoundRun[];
	/** Whether the bound on the number of runs came before the bound in time. */
	isCutShort: boolean;
}

interface Look extends Listing {
	/** Whether a run that was not found is not there: else it may be, unnamed or at another end of the list. */
	isTelling: boolean;
}

/** Finds runs by the token in their metadata. @param classifierId undefined for runs with categories of their own */
export class RunFinder {
	private readonly waitingByReach = new Map<string, Promise<Look>>();
	private readonly runningByReach = new Map<string, Promise<unknown>>();

	constructor(private readonly ports: FinderPorts) {}

	/** All runs of the last 24 hours that carry a token, newest first; one pass through the list. */
	async listTokens(classifierId: string | undefined): Promise<Listing> {
		const sinceMs = this.ports.clock.nowMs() - TOKEN_LIFETIME_MS;
		const { runs, isCutShort } = await this.list({ classifierId }, { sinceMs: () => sinceMs, maxRuns: MAX_RUNS_LOOKED_THROUGH });
		return { runs, isCutShort };
	}

	/** All runs of a batch that carry a token, as far as the list shows them yet. */
	async listBatch(batchId: string): Promise<FoundRun[]> {
		return (await this.list({ batchId }, { sinceMs: () => Number.NEGATIVE_INFINITY, maxRuns: Number.POSITIVE_INFINITY })).runs;
	}

	/**
	 * The run that an unanswered start has made after all, else undefined after a bounded number of looks.
	 * @param known IDs of runs that carry the token from before
	 * @throws ExtendError when the list cannot be read, or does not tell
	 */
	async findFresh(token: string, classifierId: string | undefined, known: ReadonlySet<string>): Promise<FoundRun | undefined> {
		for (const pauseMs of LOOK_PAUSES_MS) {
			await this.ports.clock.pause(pauseMs);
			const { runs, isTelling } = await this.listRecent(classifierId);
			const fresh = runs.find((run) => run.token === token && !known.has(run.id));
			if (fresh !== undefined) return fresh;
			if (!isTelling) throw unreadableList('its runs come without metadata, or not in the order of their creation');
		}
		return undefined;
	}

	/**
	 * The runs that unanswered starts have made after all, by token. Looks go on for as long as the list shows more of
	 * them, since it may lag; where it cannot be read, what was found before counts.
	 * @param known IDs of runs that carry the tokens from before
	 */
	async findAllFresh(tokens: ReadonlySet<string>, classifierId: string | undefined, known: ReadonlySet<string>): Promise<Map<string, FoundRun>> {
		const found = new Map<string, FoundRun>();
		for (let look = 0, before = -1; found.size < tokens.size && (look < LOOK_PAUSES_MS.length || found.size > before); look++) {
			before = found.size;
			await this.ports.clock.pause(LOOK_PAUSES_MS[look] ?? LAST_LOOK_PAUSE_MS);
			const runs = await this.listRecent(classifierId, MAX_RUNS_LOOKED_THROUGH).then((listing) => listing.runs, () => []);
			const fresh = runs.filter(({ id, token }) => tokens.has(token) && !known.has(id));
			for (const run of fresh) found.set(run.token, found.get(run.token) ?? run);
		}
		return found;
	}

	/** A listing that begins after this call; calls that come while one is under way share the next. */
	private async listRecent(classifierId: string | undefined, maxRuns = MAX_RECENT_RUNS): Promise<Look> {
		const key = `${maxRuns} ${classifierId ?? ''}`;
		const waiting = this.waitingByReach.get(key);
		if (waiting !== undefined) return await waiting;
		const running = this.runningByReach.get(key) ?? Promise.resolve();
		const next = running.then(async () => {
			this.waitingByReach.delete(key);
			const dayAgoMs = this.ports.clock.nowMs() - TOKEN_LIFETIME_MS;
			return await this.list({ classifierId }, { sinceMs: (newestMs) => Math.max(newestMs - RECENT_MS, dayAgoMs), maxRuns });
		});
		this.waitingByReach.set(key, next);
		this.runningByReach.set(key, next.catch(() => undefined));
		return await next;
	}

	private async list(narrowed: RunListQuery, { sinceMs, maxRuns }: Reach): Promise<Look> {
		const query: RunListQuery = { ...narrowed, sortBy: 'createdAt', sortDir: 'desc' };
		const runs: FoundRun[] = [];
		const asked = new Set<string | undefined>();
		let newestMs = Number.NEGATIVE_INFINITY;
		let isInOrder = true;
		let showsMetadata = true;
		let seen = 0;
		let token: string | undefined;
		do {
			asked.add(token);
			const page: Page<JsonObject> = await this.ports.listRuns(query, LARGEST_PAGE, token);
			const times = page.entries.map(createdAtMs);
			newestMs = Math.max(newestMs, ...times.filter(Number.isFinite));
			const recent = page.entries.filter((run) => createdAtMs(run) >= sinceMs(newestMs));
			runs.push(...recent.flatMap((run) => readFound(run, query)));
			seen += page.entries.length;
			isInOrder &&= isNewestFirst(times);
			showsMetadata &&= page.entries.length === 0 || page.entries.some((run) => 'metadata' in run);
			const isLast = (recent.length < page.entries.length && isInOrder) || asked.has(page.nextPageToken);
			token = isLast ? undefined : page.nextPageToken;
		} while (token !== undefined && seen < maxRuns && asked.size < MAX_PAGES);
		return { runs, isCutShort: token !== undefined, isTelling: showsMetadata && (isInOrder || token === undefined) };
	}
}

/** The newest run that can stand for a new start: one that failed or was cancelled is started anew. */
export function findUsable(runs: readonly FoundRun[], token: string): FoundRun | undefined {
	return runs.find((run) => run.token === token && !hasFailed(run));
}

/** When a run was made, by Extend's clock; one that does not say counts as the newest. */
export function createdAtMs(run: JsonObject): number {
	const ms = Date.parse(stringAt(run, 'createdAt') ?? '');
	return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}

/** Our token on a run; undefined where it was not started by this package. */
export function tokenOf(run: JsonObject): string | undefined {
	return stringAt(objectAt(run, 'metadata'), START_KEY);
}

/** Our token on a run of this classifier; a run with categories of its own has no classifier. */
function readFound(run: JsonObject, { batchId, classifierId }: RunListQuery): FoundRun[] {
	const id = stringAt(run, 'id');
	const status = stringAt(run, 'status') ?? '';
	const token = tokenOf(run);
	if (id === undefined || token === undefined) return [];
	// A key can be used with several classifiers; the other tokens are unique, whatever ID Extend knows the classifier by.
	const isOfTarget = batchId !== undefined || isUnique(token) || stringAt(objectAt(run, 'classifier'), 'id') === classifierId;
	if (!isOfTarget) return [];
	return [{ id, status, token, json: run }];
}
