import { UnknownOutcome } from '../../../nodes/Extend/api/call';
import type { ExtendError } from '../../../nodes/Extend/api/errors';
import { readApiError, stoppedError } from '../../../nodes/Extend/api/errors';
import type { Upload } from '../../../nodes/Extend/api/http';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { BatchRequest, BatchRun, Page, Run, RunListQuery, StartRequest } from '../../../nodes/Extend/api/types';
import type { StartContext } from '../../../nodes/Extend/starting/startContext';
import { answer } from './answers';
import type { VirtualClock } from './virtualClock';

/** What becomes of a start: an answer, a lost answer with or without a run, an answer of another shape, or a refusal. */
export type StartFate = 'answered' | 'lostButMade' | 'lostAndNotMade' | 'answeredOtherwise' | ExtendError;

interface StoredRun {
	json: JsonObject;
	batchId?: string;
	madeMs: number;
	visibleFromMs: number;
}

type Clock = StartContext['clock'];
type IsStillNeeded = () => Promise<boolean>;

/** The part of Extend that starting needs, in memory; its list shows new runs only after a while. */
export class FakeExtend {
	/** Starts of single runs that were sent. */
	readonly requests: StartRequest[] = [];
	readonly batchRequests: BatchRequest[] = [];
	readonly listings: Array<RunListQuery & { pageToken?: string }> = [];
	/** IDs of the runs that were read, in order. */
	readonly readIds: string[] = [];
	uploadCount = 0;
	/** Fates of the next starts, of single runs and batches; answered when used up. */
	fates: StartFate[] = [];
	/** What listing throws, if anything. */
	listFault?: ExtendError;
	/** What uploading throws, if anything. */
	uploadFault?: ExtendError;
	listTakesMs = 20;
	/** How long a start waits for its turn. */
	turnTakesMs = 0;
	/** How long after it was made a run is not given out by its ID. */
	readLagMs = 0;
	/** How far Extend's clock is ahead of n8n's. */
	aheadMs = 0;
	/** Whether answers name Extend's time. */
	tellsTime = true;
	private readonly runs: StoredRun[] = [];
	private readonly statusById = new Map<string, string>();
	private readonly batchSizes = new Map<string, number>();

	constructor(
		private readonly clock: VirtualClock,
		public lagMs = 0,
	) {}

	/** Puts a run in front of the list. */
	add(json: JsonObject, lagMs = 0, batchId?: string): void {
		const nowMs = this.clock.nowMs();
		const createdAt = new Date(nowMs + this.aheadMs).toISOString();
		this.runs.unshift({ json: { createdAt, ...json }, batchId, madeMs: nowMs, visibleFromMs: nowMs + lagMs });
	}

	/** The status with which a run is read from now on; the list shows the old one. */
	becomes(id: string, status: string): void {
		this.statusById.set(id, status);
	}

	/** How a run ended, for lists as well. */
	ends(id: string, status: string, failureReason?: string): void {
		this.becomes(id, status);
		for (const run of this.runs) if (run.json.id === id) Object.assign(run.json, { status, ...(failureReason === undefined ? {} : { failureReason }) });
	}

	/** IDs of all runs, the oldest first. */
	get runIds(): string[] {
		return this.runs.map(({ json }) => String(json.id)).reverse();
	}

	startRun = async (request: StartRequest, isStillNeeded?: IsStillNeeded): Promise<Run | undefined> => {
		await this.clock.elapse(this.turnTakesMs);
		if (isStillNeeded !== undefined && !(await isStillNeeded())) return undefined;
		this.requests.push(request);
		const fate = this.fates.shift() ?? 'answered';
		await this.clock.elapse(50);
		if (typeof fate === 'object') throw fate;
		const json = fate === 'lostAndNotMade' || fate === 'answeredOtherwise' ? undefined : this.make(request, request.metadata);
		if (json === undefined || fate !== 'answered') throw unknownOutcome(fate);
		return { id: String(json.id), status: 'PENDING', json };
	};

	startBatch = async (request: BatchRequest, isStillNeeded?: IsStillNeeded): Promise<BatchRun | undefined> => {
		await this.clock.elapse(this.turnTakesMs);
		if (isStillNeeded !== undefined && !(await isStillNeeded())) return undefined;
		this.batchRequests.push(request);
		const fate = this.fates.shift() ?? 'answered';
		await this.clock.elapse(50);
		if (typeof fate === 'object') throw fate;
		const id = `bpr_${this.batchRequests.length}`;
		if (fate === 'lostButMade' || fate === 'answered') {
			this.batchSizes.set(id, request.inputs.length);
			for (const { metadata } of request.inputs) this.make(request, metadata, id);
		}
		if (fate !== 'answered') throw unknownOutcome(fate);
		return await this.getBatch(id);
	};

	getBatch = async (id: string): Promise<BatchRun> => {
		await this.clock.elapse(20);
		const runCount = this.batchSizes.get(id);
		if (runCount === undefined) throw notFound(id);
		return { id, status: 'PROCESSING', json: { id, status: 'PROCESSING', runCount } };
	};

	getRun = async (id: string): Promise<Run> => {
		this.readIds.push(id);
		await this.clock.elapse(20);
		const run = this.runs.find(({ json }) => json.id === id);
		if (run === undefined || run.madeMs + this.readLagMs > this.clock.nowMs()) throw notFound(id);
		return { id, status: this.statusById.get(id) ?? String(run.json.status), json: run.json };
	};

	uploadFile = async ({ fileName }: Upload): Promise<{ id: string; json: JsonObject }> => {
		this.uploadCount++;
		await this.clock.elapse(100);
		if (this.uploadFault !== undefined) throw this.uploadFault;
		const id = `file_${fileName}_${this.uploadCount}`;
		return { id, json: { id } };
	};

	listRuns = async (query: RunListQuery, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> => {
		this.listings.push({ ...query, ...(pageToken === undefined ? {} : { pageToken }) });
		const nowMs = this.clock.nowMs();
		const visible = this.runs.filter((run) => run.visibleFromMs <= nowMs && isOf(run, query)).map(({ json }) => ({ ...json }));
		await this.clock.elapse(this.listTakesMs);
		if (this.listFault !== undefined) throw this.listFault;
		const from = Number(pageToken ?? 0);
		const rest = visible.length > from + pageSize ? { nextPageToken: String(from + pageSize) } : {};
		const time = this.tellsTime ? { answeredAtMs: Math.floor((nowMs + this.aheadMs) / 1_000) * 1_000 } : {};
		return { entries: visible.slice(from, from + pageSize), ...rest, ...time };
	};

	/** Extend as one execution reaches it, whose requests end when it is cancelled. */
	seenBy(clock: Clock): StartContext['extend'] {
		const until = async <T>(error: ExtendError, work: () => Promise<T>): Promise<T> => {
			if (clock.isCancelled()) throw stoppedError();
			return await Promise.race([work(), clock.whenCancelled.then((): T => throwing(error))]);
		};
		return {
			startRun: async (...args) => await until(unknownOutcome('lostAndNotMade'), async () => await this.startRun(...args)),
			startBatch: async (...args) => await until(unknownOutcome('lostAndNotMade'), async () => await this.startBatch(...args)),
			getRun: async (id) => await until(stoppedError(), async () => await this.getRun(id)),
			getBatch: async (id) => await until(stoppedError(), async () => await this.getBatch(id)),
			listRuns: async (...args) => await until(stoppedError(), async () => await this.listRuns(...args)),
			uploadFile: async (...args) => await until(stoppedError(), async () => await this.uploadFile(...args)),
		};
	}

	private make(request: StartRequest | BatchRequest, metadata: JsonObject | undefined, batchId?: string): JsonObject {
		const classifier = 'classifier' in request ? { id: request.classifier.id } : null;
		const json = { id: `clr_${this.runs.length + 1}`, status: 'PENDING', classifier, metadata: metadata ?? null };
		this.add(json, this.lagMs, batchId);
		return json;
	}
}

function isOf({ json, batchId }: StoredRun, query: RunListQuery): boolean {
	const classifierId = (json.classifier as { id?: string } | null | undefined)?.id;
	return (query.batchId ?? batchId) === batchId && (query.classifierId ?? classifierId) === classifierId;
}

function unknownOutcome(fate: StartFate): UnknownOutcome {
	if (fate !== 'answeredOtherwise') return new UnknownOutcome('No answer came', 'Wait.', { code: 'NO_CONNECTION', retryable: true });
	const facts = { code: 'UNREADABLE_ANSWER', status: 200, retryable: false, wasAnswered: true };
	return new UnknownOutcome('Extend sent an answer that does not hold a run: Your plan is over', 'Change your plan.', facts);
}

function notFound(id: string): ExtendError {
	return readApiError(answer(404, { code: 'NOT_FOUND', message: `No ${id}` }));
}

function throwing(error: ExtendError): never {
	throw error;
}
