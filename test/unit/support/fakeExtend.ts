import { UnknownOutcome } from '../../../nodes/Extend/api/call';
import type { ExtendError } from '../../../nodes/Extend/api/errors';
import { readApiError } from '../../../nodes/Extend/api/errors';
import type { Upload } from '../../../nodes/Extend/api/http';
import type { JsonObject } from '../../../nodes/Extend/api/json';
import type { Page, Run, RunListQuery, StartRequest } from '../../../nodes/Extend/api/types';
import { answer } from './answers';
import type { VirtualClock } from './virtualClock';

/** What becomes of a start: an answer, a lost answer with or without a run, or a refusal. */
export type StartFate = 'answered' | 'lostButMade' | 'lostAndNotMade' | ExtendError;

interface StoredRun {
	json: JsonObject;
	visibleFromMs: number;
}

/** The part of Extend that starting needs, in memory; its list shows new runs only after a while. */
export class FakeExtend {
	readonly requests: StartRequest[] = [];
	readonly listings: Array<RunListQuery & { pageToken?: string }> = [];
	/** IDs of the runs that were read, in order. */
	readonly readIds: string[] = [];
	uploadCount = 0;
	/** Fates of the next starts; answered when used up. */
	fates: StartFate[] = [];
	/** What listing throws, if anything. */
	listFault?: ExtendError;
	listTakesMs = 20;
	private readonly runs: StoredRun[] = [];
	private readonly newStatusById = new Map<string, string>();

	constructor(
		private readonly clock: VirtualClock,
		private readonly lagMs = 0,
	) {}

	/** Puts a run in front of the list. */
	add(json: JsonObject, lagMs = 0): void {
		const createdAt = new Date(this.clock.nowMs()).toISOString();
		this.runs.unshift({ json: { createdAt, ...json }, visibleFromMs: this.clock.nowMs() + lagMs });
	}

	startRun = async (request: StartRequest): Promise<Run> => {
		this.requests.push(request);
		const fate = this.fates.shift() ?? 'answered';
		await this.clock.elapse(50);
		if (typeof fate === 'object') throw fate;
		const json = this.make(request);
		if (fate !== 'lostAndNotMade') this.add(json, this.lagMs);
		if (fate === 'answered') return { id: String(json.id), status: 'PENDING', json };
		throw new UnknownOutcome('No answer came', 'Wait.', { code: 'NO_CONNECTION' });
	};

	/** The status with which a run is read from now on; the list shows the old one. */
	becomes(id: string, status: string): void {
		this.newStatusById.set(id, status);
	}

	getRun = async (id: string): Promise<Run> => {
		this.readIds.push(id);
		await this.clock.elapse(20);
		const json = this.runs.find((run) => run.json.id === id)?.json;
		if (json === undefined) throw readApiError(answer(404, { code: 'NOT_FOUND', message: `No run ${id}` }));
		return { id, status: this.newStatusById.get(id) ?? String(json.status), json };
	};

	uploadFile = async ({ fileName }: Upload): Promise<{ id: string }> => {
		this.uploadCount++;
		await this.clock.elapse(100);
		return { id: `file_${fileName}_${this.uploadCount}` };
	};

	listRuns = async (query: RunListQuery, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> => {
		this.listings.push({ ...query, ...(pageToken === undefined ? {} : { pageToken }) });
		const visible = this.runs.filter(({ visibleFromMs }) => visibleFromMs <= this.clock.nowMs()).map(({ json }) => json);
		await this.clock.elapse(this.listTakesMs);
		if (this.listFault !== undefined) throw this.listFault;
		const from = Number(pageToken ?? 0);
		const rest = visible.length > from + pageSize ? { nextPageToken: String(from + pageSize) } : {};
		return { entries: visible.slice(from, from + pageSize), ...rest };
	};

	private make(request: StartRequest): JsonObject {
		const classifier = 'classifier' in request ? { id: request.classifier.id } : null;
		return { id: `clr_${this.requests.length}`, status: 'PENDING', classifier, metadata: request.metadata ?? null };
	}
}
