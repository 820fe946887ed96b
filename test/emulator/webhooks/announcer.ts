import type { Extend } from 'extend-ai';
import type { Shared } from '../context';
import { shapeBatch } from '../runs/batchRoutes';
import { phaseAt, type StoredRun } from '../runs/lifecycle';
import { shapeRun } from '../runs/shape';
import type { StoredBatch } from '../store';

/** Something that has happened, as endpoints hear of it. */
export interface WebhookEvent {
	eventId: string;
	eventType: string;
	payload: Extend.ClassifyRun | Extend.BatchRun;
	/** For subscriptions; null where the categories came with the run. */
	classifierId: string | null;
	/** When it happened; endpoints made later do not hear of it. */
	atMs: number;
}

/** How often it is looked whether runs have ended. */
const LOOK_MS = 20;

/** The last part of an event's name; other ends are silent, as there is no event for cancelled runs. */
const SUFFIXES: Record<string, string | undefined> = { PROCESSED: 'processed', FAILED: 'failed' };

/** Notices runs and batches that have ended. It looks only once there is an endpoint that could hear of them. */
export class Announcer {
	private readonly runs = new Set<StoredRun>();
	private readonly batches = new Set<StoredBatch>();
	private isLooking = false;

	constructor(
		private readonly context: Shared,
		private readonly announce: (event: WebhookEvent) => void,
	) {}

	addRun(run: StoredRun): void {
		this.runs.add(run);
	}

	addBatch(batch: StoredBatch): void {
		this.batches.add(batch);
	}

	/** Begins to look; once is enough. */
	start(): void {
		if (this.isLooking) return;
		this.isLooking = true;
		this.look();
	}

	private look(): void {
		const { options, queue, timers } = this.context;
		const nowMs = options.nowMs();
		queue.settle(nowMs);
		for (const run of this.runs) this.lookAtRun(run, nowMs);
		for (const batch of this.batches) this.lookAtBatch(batch, nowMs);
		timers.after(LOOK_MS, () => this.look());
	}

	private lookAtRun(run: StoredRun, nowMs: number): void {
		const { isFinal, sinceMs } = phaseAt(run, nowMs);
		if (!isFinal) return;
		this.runs.delete(run);
		if (!this.context.store.runs.has(run.id)) return;
		const payload = shapeRun(run, nowMs);
		this.tell({ run: 'classify_run', status: payload.status, payload, classifierId: run.classifier?.id ?? null, atMs: sinceMs });
	}

	private lookAtBatch(batch: StoredBatch, nowMs: number): void {
		const runs = batch.runIds.flatMap((id) => this.context.store.runs.get(id) ?? []);
		const phases = runs.map((run) => phaseAt(run, nowMs));
		if (!phases.every(({ isFinal }) => isFinal)) return;
		this.batches.delete(batch);
		const payload = shapeBatch(batch, this.context);
		const atMs = Math.max(batch.createdAtMs, ...phases.map(({ sinceMs }) => sinceMs));
		const classifierId = runs[0]?.classifier?.id ?? null;
		this.tell({ run: 'batch_processor_run', status: payload.status, payload, classifierId, atMs });
	}

	private tell({ run, status, ...happened }: { run: string; status: string } & Omit<WebhookEvent, 'eventId' | 'eventType'>): void {
		const suffix = SUFFIXES[status];
		if (suffix === undefined) return;
		this.announce({ ...happened, eventId: this.context.nextId('evt'), eventType: `${run}.${suffix}` });
	}
}
