import type { JsonObject } from '../../../nodes/Extend/api/json';
import { ExtendError } from '../../../nodes/Extend/api/errors';
import { Bucket } from '../../../nodes/Extend/api/buckets';
import type { Page, Run, RunListQuery } from '../../../nodes/Extend/api/types';
import type { RunSource } from '../../../nodes/Extend/waiting/openRun';
import type { VirtualClock } from '../support/virtualClock';

export interface WorldOptions {
	random: () => number;
	/** ms that Extend's clock is ahead of ours. */
	skewMs?: number;
	/** ms after which a change shows in the list. */
	listLagMs?: number;
	/** Changes of other people's runs per second. */
	neighboursPerSecond?: number;
	/** Share of requests that do not succeed. */
	faultShare?: number;
	/** Share of entries that a list leaves out, each time anew. */
	lossShare?: number;
	/** Share of our runs that never show in a list. */
	unlistedShare?: number;
	/** Largest page that is granted. */
	pageSize?: number;
}

interface Entry {
	id: string;
	startMs: number;
	finishMs: number;
	isListed: boolean;
	foundMs?: number;
}

/** Extend as the watcher sees it, in virtual time and with the plan's ten reads a second. */
export class World {
	readonly entries = new Map<string, Entry>();
	gets = 0;
	lists = 0;
	private readonly bucket = new Bucket();

	constructor(
		private readonly clock: VirtualClock,
		private readonly options: WorldOptions,
	) {}

	add(id: string, runMs: number): Run {
		const startMs = this.clock.nowMs();
		this.entries.set(id, { id, startMs, finishMs: startMs + runMs, isListed: this.options.random() >= (this.options.unlistedShare ?? 0) });
		return this.read(id);
	}

	source(): RunSource {
		return {
			clock: this.clock,
			poll: async (id, onSent) => {
				this.gets += 1;
				await this.travel(onSent);
				return this.read(id);
			},
			list: async (query, size, token) => {
				this.lists += 1;
				await this.travel();
				return this.page(query, size, Number(token ?? 0));
			},
		};
	}

	private async travel(onSent?: () => void): Promise<void> {
		const slot = await this.bucket.take(this.clock);
		onSent?.();
		await this.clock.elapse(20 + this.options.random() * 80);
		if (slot !== undefined) this.bucket.returned(slot, this.clock.nowMs());
		this.bucket.limiter.accepted(this.clock.nowMs());
		if (this.options.random() < (this.options.faultShare ?? 0)) throw new ExtendError('Gone for a moment', 'Try again.', { code: 'X', status: 503 });
	}

	private statusOf({ startMs, finishMs }: Entry, nowMs: number): { status: string; changedMs: number } {
		if (nowMs >= finishMs) return { status: 'PROCESSED', changedMs: finishMs };
		const begunMs = Math.min(startMs + 500, finishMs);
		return nowMs >= begunMs ? { status: 'PROCESSING', changedMs: begunMs } : { status: 'PENDING', changedMs: startMs };
	}

	private read(id: string): Run {
		const entry = this.entries.get(id);
		if (entry === undefined) throw new ExtendError('Not found', 'Check the ID.', { code: 'NOT_FOUND', status: 404 });
		const { status } = this.statusOf(entry, this.clock.nowMs());
		return { id, status, json: { id, status, classifier: { id: 'cl_1' } } };
	}

	private page({ sortBy }: RunListQuery, size: number, from: number): Page<JsonObject> {
		const { skewMs = 0, listLagMs = 0, lossShare = 0, random, pageSize = 1_000 } = this.options;
		const shownMs = this.clock.nowMs() - listLagMs;
		const ours = [...this.entries.values()].filter(({ isListed, startMs }) => isListed && startMs <= shownMs);
		const shown = ours.map((entry) => ({ id: entry.id, ...this.statusOf(entry, shownMs) }));
		const rows = [...shown, ...this.neighbours(shownMs)].sort((one, other) => other.changedMs - one.changedMs);
		const granted = Math.min(size, pageSize);
		const cut = rows.slice(from, from + granted).filter(() => random() >= lossShare);
		const entries = cut.map(({ id, status, changedMs }) => ({ id, status, [sortBy ?? 'updatedAt']: new Date(changedMs + skewMs).toISOString() }));
		return { entries, nextPageToken: from + granted < rows.length ? String(from + granted) : undefined };
	}

	private neighbours(nowMs: number): Array<{ id: string; status: string; changedMs: number }> {
		const { neighboursPerSecond = 0 } = this.options;
		const spacingMs = 1_000 / neighboursPerSecond;
		const count = neighboursPerSecond === 0 ? 0 : Math.min(5_000, neighboursPerSecond * 60);
		const newest = Math.floor(nowMs / spacingMs);
		return Array.from({ length: count }, (_, back) => ({ id: `other_${newest - back}`, status: 'PROCESSED', changedMs: (newest - back) * spacingMs }));
	}
}
