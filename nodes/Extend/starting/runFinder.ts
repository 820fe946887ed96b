import type { ExtendAccess } from '../api/access';
import { asExtendError, unreadableList } from '../api/errors';
import type { ExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isNewestFirst, LARGEST_PAGE } from '../api/pagination';
import type { Page, RunListQuery } from '../api/types';
import type { FoundRun } from './foundRun';
import { createdAtMs, readFound } from './foundRun';

/** How far back a start key counts. */
export const START_KEY_LIFETIME_MS = 24 * 60 * 60 * 1_000;
/** How many runs are looked through at most. */
export const MAX_RUNS_LOOKED_THROUGH = 10_000;
/** Pages may be small, and even empty though more follow; but a list has to end some time. */
const MAX_PAGES = 1_000;
/** A start is looked for among runs that are this much older than the newest at most, by Extend's own clock. */
const RECENT_MS = 10 * 60 * 1_000;
/** Pauses before the looks for a run whose start has an unknown outcome: a list may lag some seconds behind. */
const LOOK_PAUSES_MS = [300, 1_000, 2_500, 5_000];
const LAST_LOOK_PAUSE_MS = 5_000;
/** How much later than it was made a run may be listed. */
const OVERLAP_MS = 60_000;
/** IDs that earlier versions of Extend gave to classifiers: a list narrowed by one may hold nothing. */
const FORMER_ID = /^dp_/;

/** How far a look goes. */
interface Reach {
	/** The oldest `createdAt` that counts, by Extend's clock, which may not be n8n's. */
	sinceMs: (extendsTime: { newestMs: number; nowMs: number }) => number;
	maxRuns: number;
}

interface Listing {
	runs: FoundRun[];
	/** Whether the bound on the number of runs came before the bound in time. */
	isCutShort: boolean;
	/** Whether a run that was not found is not there: else it may be, without metadata or at another end of the list. */
	isConclusive: boolean;
	/** Extend's time at its beginning: a later listing need not go back further. */
	throughMs: number;
}

interface Day {
	/** When its newest part was begun, in ms of n8n's clock. */
	begunMs: number;
	listing: Promise<Listing>;
	/** The listing that brings it up to date, where one is waited for and not begun yet. */
	next?: Promise<Listing>;
}

const DAY: Reach = { sinceMs: ({ nowMs }) => nowMs - START_KEY_LIFETIME_MS, maxRuns: MAX_RUNS_LOOKED_THROUGH };
const RECENT: Reach = { sinceMs: ({ newestMs }) => newestMs - RECENT_MS, maxRuns: MAX_RUNS_LOOKED_THROUGH };
const WHOLE: Reach = { sinceMs: () => Number.NEGATIVE_INFINITY, maxRuns: Number.POSITIVE_INFINITY };

/** Finds runs by the start key in their metadata. @param classifierId undefined for runs with categories of their own */
export class RunFinder {
	private readonly dayByClassifier = new Map<string | undefined, Day>();
	private readonly waitingByClassifier = new Map<string | undefined, Promise<Listing>>();
	private readonly runningByClassifier = new Map<string | undefined, Promise<unknown>>();

	constructor(private readonly access: ExtendAccess<'listRuns'>) {}

	/**
	 * All runs of the last 24 hours that carry a start key, newest first. Later calls list only what is new since.
	 * @param maxAgeMs how long ago the listing may have begun; calls that need a newer one share it
	 */
	async listDay(classifierId: string | undefined, maxAgeMs = Number.POSITIVE_INFINITY): Promise<Listing> {
		const day = this.dayByClassifier.get(classifierId);
		if (day === undefined) return await this.beginDay(classifierId, this.list(narrowed(classifierId), DAY));
		if (this.access.clock.nowMs() - day.begunMs <= maxAgeMs) return await day.listing;
		day.next ??= day.listing.then(
			async (before) => await this.beginDay(classifierId, this.listSince(classifierId, before)),
			async () => await this.beginDay(classifierId, this.list(narrowed(classifierId), DAY)),
		);
		return await day.next;
	}

	private async beginDay(classifierId: string | undefined, listing: Promise<Listing>): Promise<Listing> {
		this.dayByClassifier.set(classifierId, { begunMs: this.access.clock.nowMs(), listing });
		return await listing;
	}

	private async listSince(classifierId: string | undefined, before: Listing): Promise<Listing> {
		const fresh = await this.list(narrowed(classifierId), { ...DAY, sinceMs: (time) => Math.max(DAY.sinceMs(time), before.throughMs - OVERLAP_MS) });
		const ids = new Set(fresh.runs.map(({ id }) => id));
		return { ...fresh, runs: [...fresh.runs, ...before.runs.filter(({ id }) => !ids.has(id))], isCutShort: fresh.isCutShort || before.isCutShort };
	}

	/** All runs of a batch that carry a start key, as far as the list shows them yet. */
	async listBatch(batchId: string): Promise<FoundRun[]> {
		return (await this.list({ batchId }, WHOLE)).runs;
	}

	/** The newest runs that carry a start key. The listing begins after this call; calls that come while one is under way share the next. */
	async listRecent(classifierId: string | undefined): Promise<Listing> {
		const waiting = this.waitingByClassifier.get(classifierId);
		if (waiting !== undefined) return await waiting;
		const running = this.runningByClassifier.get(classifierId) ?? Promise.resolve();
		const next = running.then(async () => {
			this.waitingByClassifier.delete(classifierId);
			return await this.list(narrowed(classifierId), RECENT);
		});
		this.waitingByClassifier.set(classifierId, next);
		this.runningByClassifier.set(classifierId, next.catch(() => undefined));
		return await next;
	}

	/**
	 * The runs that starts with an unknown outcome have made after all, by start key. Looks go on for as long as the list
	 * shows more of them, since it may lag.
	 * @param known IDs of runs that carry the start keys from before
	 * @returns `lookError` where the list could not be read, or does not tell, so that a run that was not found may be there
	 */
	async findMade(
		startKeys: ReadonlySet<string>,
		classifierId: string | undefined,
		known: ReadonlySet<string>,
	): Promise<{ runs: Map<string, FoundRun>; lookError?: ExtendError }> {
		const runs = new Map<string, FoundRun>();
		for (let look = 0, before = -1; runs.size < startKeys.size && (look < LOOK_PAUSES_MS.length || runs.size > before); look++) {
			before = runs.size;
			await this.access.clock.pause(LOOK_PAUSES_MS[look] ?? LAST_LOOK_PAUSE_MS);
			const { made, lookError } = await this.lookFor(startKeys, classifierId, known);
			for (const run of made) runs.set(run.startKey, runs.get(run.startKey) ?? run);
			if (lookError !== undefined && runs.size < startKeys.size) return { runs, lookError };
		}
		return { runs };
	}

	private async lookFor(
		startKeys: ReadonlySet<string>,
		classifierId: string | undefined,
		known: ReadonlySet<string>,
	): Promise<{ made: FoundRun[]; lookError?: ExtendError }> {
		try {
			const { runs, isConclusive } = await this.listRecent(classifierId);
			const made = runs.filter(({ id, startKey }) => startKeys.has(startKey) && !known.has(id));
			return isConclusive ? { made } : { made, lookError: unreadableList('it does not show all recent runs with their metadata') };
		} catch (caught) {
			return { made: [], lookError: asExtendError(caught) };
		}
	}

	private async list(query: RunListQuery, { sinceMs, maxRuns }: Reach): Promise<Listing> {
		const listing: Listing = { runs: [], isCutShort: false, isConclusive: true, throughMs: Number.NEGATIVE_INFINITY };
		const asked = new Set<string | undefined>();
		let newestMs = Number.NEGATIVE_INFINITY;
		let isInOrder = true;
		let seen = 0;
		let pageToken: string | undefined;
		do {
			asked.add(pageToken);
			const page: Page<JsonObject> = await this.access.extend.listRuns({ ...query, sortBy: 'createdAt', sortDir: 'desc' }, LARGEST_PAGE, pageToken);
			const times = page.entries.map(createdAtMs);
			newestMs = Math.max(newestMs, ...times.filter(Number.isFinite));
			const oldestMs = sinceMs({ newestMs, nowMs: page.answeredAtMs ?? this.access.clock.nowMs() });
			const recent = page.entries.filter((run) => createdAtMs(run) >= oldestMs);
			if (asked.size === 1) listing.throughMs = page.answeredAtMs ?? newestMs;
			listing.runs.push(...recent.flatMap(readFound));
			seen += page.entries.length;
			isInOrder &&= isNewestFirst(times);
			listing.isConclusive &&= page.entries.length === 0 || page.entries.some((run) => 'metadata' in run);
			const isOldEnough = recent.length < page.entries.length && isInOrder;
			const isRepeated = page.nextPageToken !== undefined && asked.has(page.nextPageToken);
			listing.isConclusive &&= isOldEnough || !isRepeated;
			pageToken = isOldEnough || isRepeated ? undefined : page.nextPageToken;
		} while (pageToken !== undefined && seen < maxRuns && asked.size < MAX_PAGES);
		listing.isCutShort = pageToken !== undefined;
		listing.isConclusive &&= pageToken === undefined;
		return listing;
	}
}

function narrowed(classifierId: string | undefined): RunListQuery {
	return classifierId === undefined || FORMER_ID.test(classifierId) ? {} : { classifierId };
}
