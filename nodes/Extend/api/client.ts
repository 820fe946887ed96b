import type { Call, CallPorts } from './call';
import { callExtend, callOnce } from './call';
import { asExtendError, inputError } from './errors';
import type { HttpRequest, Upload } from './http';
import type { JsonObject, JsonValue } from './json';
import { isObject, objectsAt, stringAt } from './json';
import type { Page, Run, RunListQuery, StartRequest } from './types';

/** A read that takes longer is lost: Extend answers these at once. */
const READ_TIMEOUT_MS = 30_000;
const CHANGE_TIMEOUT_MS = 60_000;
/** After n8n's Stop the answer to a start is still waited for so long: it names a run that is paid for. */
const START_GRACE_MS = 700;
/** An upload may take any time as long as bytes move. */
const UPLOAD_IDLE_MS = 120_000;

/** Extend does not say how large a page may be now, and may refuse the former maximum; this size is known to be taken. */
const SAFE_PAGE = 100;
const PAGE_REFUSALS = new Set([400, 422]);

type Query = HttpRequest['query'];

/** The run in a body; undefined where ID or status is missing, since nothing can be decided without them. */
export function readRun(body: JsonValue | undefined): Run | undefined {
	const id = stringAt(body, 'id');
	const status = stringAt(body, 'status');
	return isObject(body) && id !== undefined && status !== undefined ? { id, status, json: body } : undefined;
}

/** @see https://docs.extend.ai/2026-02-09/api-reference/pagination the token is absent, null or empty on the last page */
function readPage(body: JsonValue | undefined): Page<JsonObject> | undefined {
	if (!isObject(body) || !Array.isArray(body.data)) return undefined;
	return { entries: objectsAt(body, 'data'), nextPageToken: stringAt(body, 'nextPageToken') };
}

function readIdentified(body: JsonValue | undefined): JsonObject | undefined {
	return isObject(body) && stringAt(body, 'id') !== undefined ? body : undefined;
}

function get<T>(path: string, parse: Call<T>['parse'], what: string, query?: Query): Call<T> {
	return {
		request: { method: 'GET', path, query, timeoutMs: READ_TIMEOUT_MS },
		budget: 'get',
		repeat: 'freely',
		parse,
		what,
	};
}

/** The ID as a part of a path. @throws ExtendError for texts that would lead elsewhere or cannot be sent */
function encodeId(id: string): string {
	const isUsable = !/^\.{1,2}$/.test(id) && !/\p{Surrogate}/u.test(id);
	if (isUsable) return encodeURIComponent(id);
	throw inputError(`"${id}" is not an ID of Extend`, 'Enter an ID such as clr_1234567890.');
}

function runPath(id: string): string {
	return `/classify_runs/${encodeId(id)}`;
}

function classifierPath(id: string): string {
	return `/classifiers/${encodeId(id)}`;
}

/** Extend's API as this package uses it. Every method throws ExtendError and nothing else. */
export class ExtendClient {
	private takesSafePagesOnly = false;

	/** @param call how requests are repeated; `callOnce` for who looks again anyway */
	constructor(
		private readonly ports: CallPorts,
		private readonly call: typeof callExtend = callExtend,
	) {}

	/** A client that tries everything once. */
	once(): ExtendClient {
		return new ExtendClient(this.ports, callOnce);
	}

	/** Starts a run. Never sent twice where the first may have acted: throws UnknownOutcome then, for a second run is billed too. */
	async startRun(request: StartRequest): Promise<Run> {
		const { file, priority, metadata, ...target } = request;
		const body: JsonObject = { ...target, file };
		if (priority !== undefined) body.priority = priority;
		if (metadata !== undefined) body.metadata = metadata;
		const started = await this.call(
			{
				request: { method: 'POST', path: '/classify_runs', body, timeoutMs: CHANGE_TIMEOUT_MS, graceMs: START_GRACE_MS },
				budget: 'run',
				repeat: 'once',
				parse: readIdentified,
				what: 'the started run',
			},
			this.ports,
		);
		return readRun(started) ?? (await this.getRun(String(started.id)));
	}

	async getRun(id: string): Promise<Run> {
		return await this.ofRun(id, get(runPath(id), readRun, 'a run'));
	}

	/** One page of run summaries; they hold no `output` and no `config`. The page may be smaller than asked for. */
	async listRuns(query: RunListQuery, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		const list = async (size: number): Promise<Page<JsonObject>> =>
			await this.call(get('/classify_runs', readPage, 'a list of runs', pageQuery({ ...query }, size, pageToken)), this.ports);
		if (pageSize <= SAFE_PAGE || this.takesSafePagesOnly) return await list(Math.min(pageSize, SAFE_PAGE));
		try {
			return await list(pageSize);
		} catch (caught) {
			const error = asExtendError(caught);
			if (!PAGE_REFUSALS.has(Number(error.facts.status))) throw asExtendError(error);
		}
		const page = await list(SAFE_PAGE);
		this.takesSafePagesOnly = true;
		return page;
	}

	/** Asks Extend to cancel; refused with a 4xx for a run that has ended or, as documented, not begun. */
	async cancelRun(id: string): Promise<Run> {
		return await this.ofRun(id, this.change('POST', `${runPath(id)}/cancel`, readRun, 'the cancelled run'));
	}

	async deleteRun(id: string): Promise<void> {
		await this.ofRun(id, this.change('DELETE', runPath(id), isAnything, 'a confirmation'));
	}

	/** Uploads a file and returns it as Extend describes it, without its contents. */
	async uploadFile(upload: Upload): Promise<{ id: string; json: JsonObject }> {
		const call: Call<JsonObject> = {
			...this.change('POST', '/files/upload', readIdentified, 'the uploaded file'),
			request: { method: 'POST', path: '/files/upload', upload, timeoutMs: UPLOAD_IDLE_MS },
		};
		const json = await this.call(call, this.ports);
		return { id: stringAt(json, 'id') ?? '', json };
	}

	async deleteFile(id: string): Promise<void> {
		const path = `/files/${encodeId(id)}`;
		await this.call(this.change('DELETE', path, isAnything, 'a confirmation'), this.ports);
	}

	async listClassifiers(pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		const query = pageQuery({ sortBy: 'updatedAt', sortDir: 'desc' }, pageSize, pageToken);
		return await this.call(get('/classifiers', readPage, 'a list of classifiers', query), this.ports);
	}

	/** Version summaries, the draft first, then the newest. */
	async listClassifierVersions(id: string, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		const path = `${classifierPath(id)}/versions`;
		return await this.call(get(path, readPage, 'a list of versions', pageQuery({}, pageSize, pageToken)), this.ports);
	}

	/** A call about a run, whose ID goes along with what is thrown. */
	private async ofRun<T>(id: string, call: Call<T>): Promise<T> {
		try {
			return await this.call(call, this.ports);
		} catch (caught) {
			throw asExtendError(caught).withFacts({ runId: id });
		}
	}

	private change<T>(method: 'POST' | 'DELETE', path: string, parse: Call<T>['parse'], what: string): Call<T> {
		const request = { method, path, timeoutMs: CHANGE_TIMEOUT_MS };
		return { request, budget: 'write', repeat: 'freely', parse, what };
	}
}

function isAnything(): true {
	return true;
}

function pageQuery(fields: Record<string, string | undefined>, pageSize: number, pageToken?: string): Query {
	const set = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
	return {
		...Object.fromEntries(set),
		maxPageSize: pageSize,
		...(pageToken === undefined ? {} : { nextPageToken: pageToken }),
	};
}
