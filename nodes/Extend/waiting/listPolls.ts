import type { ExtendError } from '../api/errors';
import type { OpenRun } from './openRun';
import type { ListState } from './pollTimes';
import { nextListPollInMs } from './schedule';
import type { Sweep } from './sweep';

/** From so many open runs on, one list poll costs less than polling each. */
export const LIST_FROM = 3;
/** After so many list polls in a row that told little, runs are polled one by one, and list polls become rare. */
const MAX_USELESS = 3;
const RARE_MS = 15_000;
/** A list poll that takes longer does not hold up the others. */
const SLOW_MS = 5_000;

/** What the list polls of a credential have shown, and when the next one comes. */
export class ListPolls {
	/** When the next one may begin, once none is under way. */
	private nextMs = 0;
	/** Since when one is under way; there is one at most. */
	private begunMs: number | undefined;
	/** Whether it was noticed that the one under way is slow. */
	private isSlowNoted = false;
	/** The newest change that was seen, by Extend's clock: the next one need not read further back. */
	newestMs = Number.NEGATIVE_INFINITY;
	/** How many have ended well. */
	count = 0;
	/** When the last of them ended. */
	private lastToldMs = 0;
	/** The last of them that did not reach back to the one before: runs that have not shown since are not known of. */
	private lastGap = 0;
	/** How many runs are known of: those that have shown since the last gap and are still open. */
	private knownCount = 0;
	/** How many runs were open when the one under way began. */
	private openCount = 0;
	/** How many in a row told of less than half of the runs, or did not succeed. */
	private useless = 0;
	private fault: { error: ExtendError; atMs: number } | undefined;

	/** When the next one is due; infinite while one is under way, or few runs are open. */
	dueMs(openCount: number): number {
		return openCount < LIST_FROM || this.begunMs !== undefined ? Number.POSITIVE_INFINITY : this.nextMs;
	}

	state(nowMs: number, openCount: number): ListState {
		const isUseful = openCount >= LIST_FROM && this.isUseful(nowMs);
		return { isUseful, tellsOf: (open) => this.tellsOf(open), lastToldMs: this.lastToldMs };
	}

	isUseful(nowMs: number): boolean {
		const isSlow = this.begunMs !== undefined && nowMs >= this.begunMs + SLOW_MS;
		return this.useless < MAX_USELESS && !isSlow;
	}

	/** When the one under way becomes slow; infinite when none is, or it was noticed. */
	slowMs(): number {
		return this.begunMs === undefined || this.isSlowNoted ? Number.POSITIVE_INFINITY : this.begunMs + SLOW_MS;
	}

	/** Whether the one under way has become slow since this was asked last: the list is of no use then. */
	becomesSlow(nowMs: number): boolean {
		if (nowMs < this.slowMs()) return false;
		this.isSlowNoted = true;
		return true;
	}

	/** Why the last one did not succeed, if it was after that moment. */
	faultSince(ms: number): ExtendError | undefined {
		return this.fault !== undefined && this.fault.atMs > ms ? this.fault.error : undefined;
	}

	/** Whether the list was of use before. */
	begin(nowMs: number, openCount: number): boolean {
		this.begunMs = nowMs;
		this.openCount = openCount;
		this.isSlowNoted = false;
		return this.useless < MAX_USELESS;
	}

	/** Notes one that has ended well; then `noteShown` is due for each run that it has shown. */
	noteTold({ isComplete, newestMs }: Sweep, nowMs: number): void {
		this.count += 1;
		this.newestMs = newestMs;
		this.lastToldMs = nowMs;
		this.fault = undefined;
		if (isComplete) return;
		this.lastGap = this.count;
		this.knownCount = 0;
	}

	noteShown(open: OpenRun): void {
		if (!this.isKnown(open)) this.knownCount += 1;
		open.listedIn = this.count;
	}

	noteEnded(open: OpenRun): void {
		if (this.isKnown(open)) this.knownCount -= 1;
	}

	/** After `noteShown`: whether it has told of enough runs. */
	noteUse(): void {
		this.useless = this.knownCount * 2 >= this.openCount ? 0 : this.useless + 1;
	}

	noteFailed(error: ExtendError, nowMs: number): void {
		this.useless += 1;
		this.fault = { error, atMs: nowMs };
	}

	/** @param youngest the run that came last */
	end(youngest: OpenRun | undefined, { nowMs, random, askedForMs }: { nowMs: number; random: number; askedForMs: number }): void {
		this.begunMs = undefined;
		const { sinceMs = nowMs, timeoutMs = 0 } = youngest ?? {};
		const gapMs = this.useless < MAX_USELESS ? nextListPollInMs({ youngestAgeMs: nowMs - sinceMs, timeoutMs }, random) : RARE_MS;
		this.nextMs = nowMs + Math.max(gapMs, askedForMs);
	}

	/** When no run is open any more: the next ones find the list as good as new. */
	forget(): void {
		this.useless = 0;
		this.newestMs = Number.NEGATIVE_INFINITY;
	}

	/** Whether no list poll has ended since it came: that it has not shown means nothing. */
	isAwaited({ addedAfter }: OpenRun): boolean {
		return addedAfter === this.count;
	}

	/** Whether it has shown since the last gap: a list poll that does not show it then shows no change in it. */
	private isKnown({ listedIn }: OpenRun): boolean {
		return listedIn > 0 && listedIn >= this.lastGap;
	}

	private tellsOf(open: OpenRun): boolean {
		return (this.isKnown(open) || this.isAwaited(open)) && open.doubtedAfter < this.count;
	}
}
