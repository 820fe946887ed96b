import type { Call, CallPorts } from './call';
import { callExtend, callOnce } from './call';
import { asExtendError } from './errors';
import type { Upload } from './http';
import type { JsonObject } from './json';
import { stringAt } from './json';
import { SAFE_PAGE } from './pagination';
import { changeCall, CONFIRMATION, pageQuery, pathTo, readCall, readConfirmation, readIdentified, readPage, readRun, readUploaded, startCall } from './requests';
import type { BatchRequest, BatchRun, Page, Run, RunListQuery, StartRequest } from './types';

/** After n8n's Stop the answer to a start is still waited for so long: it names a run that is paid for. */
const START_GRACE_MS = 700;
/** A thousand inputs take their time, and an answer that is given up leaves a batch of which nothing is known. */
const BATCH_TIMEOUT_MS = 120_000;
/** An upload may take any time as long as bytes move; the answer to a large one takes its time too. */
const UPLOAD_IDLE_MS = 120_000;
/** A small file that stands still so long is on a dead line: it is sent again. */
const SMALL_UPLOAD_IDLE_MS = 60_000;
const SMALL_UPLOAD_BYTES = 8 * 1_024 * 1_024;
const PAGE_REFUSALS = new Set([400, 422]);

const RUNS = '/classify_runs';
const BATCHES = '/batch_runs';
const FILES = '/files';
const CLASSIFIERS = '/classifiers';

/** Extend's API as this package uses it. Every method throws ExtendError and nothing else. */
export class ExtendClient {
	private takesSafePagesOnly = false;

	/** @param call how requests are repeated; `callOnce` for who looks again anyway */
	constructor(
		private readonly ports: CallPorts,
		private readonly call: typeof callExtend = callExtend,
	) {}

	/**
	 * A client that tries everything once.
	 * @param onSent called when the turn of a request has come and it goes out
	 */
	once(onSent: () => void = () => undefined): ExtendClient {
		const { send } = this.ports;
		const sendAndTell: CallPorts['send'] = async (request) => {
			onSent();
			return await send(request);
		};
		return new ExtendClient({ ...this.ports, send: sendAndTell }, callOnce);
	}

	/**
	 * Starts a run. Never sent twice where the first may have acted: throws UnknownOutcome then, for a second run is billed too.
	 * @param isStillNeeded asked when the turn of the request has come
	 * @returns undefined where it was not needed any more
	 */
	async startRun(request: StartRequest, isStillNeeded?: () => Promise<boolean>): Promise<Run | undefined> {
		const { file, priority, metadata, ...target } = request;
		const body: JsonObject = { ...target, file };
		if (priority !== undefined) body.priority = priority;
		if (metadata !== undefined) body.metadata = metadata;
		const call = startCall(RUNS, body, { what: 'the started run', graceMs: START_GRACE_MS });
		const started = await this.call(ifStillNeeded(call, isStillNeeded), this.ports);
		return started === null ? undefined : (readRun(started) ?? (await this.getRun(String(started.id))));
	}

	async getRun(id: string): Promise<Run> {
		return await this.ofRun(id, readCall(pathTo(RUNS, id), { parse: readRun, what: 'a run' }));
	}

	/** One page of run summaries; they hold no `output` and no `config`. The page may be smaller than asked for. */
	async listRuns(query: RunListQuery, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		const list = async (size: number): Promise<Page<JsonObject>> =>
			await this.call(readCall(RUNS, { parse: readPage, what: 'a list of runs' }, pageQuery({ ...query }, size, pageToken)), this.ports);
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
		const expected = { parse: readConfirmation, what: 'the cancelled run' };
		const { body } = await this.ofRun(id, changeCall('POST', `${pathTo(RUNS, id)}/cancel`, expected));
		return readRun(body) ?? (await this.getRun(id));
	}

	async deleteRun(id: string): Promise<void> {
		await this.ofRun(id, changeCall('DELETE', pathTo(RUNS, id), CONFIRMATION));
	}

	/** Starts up to 1,000 runs in one request, which names none of them. Otherwise as a single start. */
	async startBatch({ classifier, inputs, priority }: BatchRequest, isStillNeeded?: () => Promise<boolean>): Promise<BatchRun | undefined> {
		const listed = inputs.map(({ file, metadata }): JsonObject => ({ file, metadata }));
		const body: JsonObject = { classifier, inputs: listed, ...(priority === undefined ? {} : { priority }) };
		const how = { what: 'the started batch', timeoutMs: BATCH_TIMEOUT_MS, graceMs: START_GRACE_MS };
		const started = await this.call(ifStillNeeded(startCall(`${RUNS}/batch`, body, how), isStillNeeded), this.ports);
		if (started === null) return undefined;
		// A new batch is PENDING; that it does not say so must not lose its ID.
		return readRun(started) ?? { id: String(started.id), status: 'PENDING', json: started };
	}

	async getBatch(id: string): Promise<BatchRun> {
		return await this.call(readCall(pathTo(BATCHES, id), { parse: readRun, what: 'a batch' }), this.ports);
	}

	/** Uploads a file and returns it as Extend describes it, without its contents. */
	async uploadFile(upload: Upload, query?: { convertToPdf: boolean }): Promise<{ id: string; json: JsonObject }> {
		const path = `${FILES}/upload`;
		const call = changeCall('POST', path, { parse: readUploaded, what: 'the uploaded file' });
		const request = { ...call.request, query, upload, timeoutMs: idleMsFor(upload) };
		const json = await this.call({ ...call, request, asks: 'upload' }, this.ports);
		return { id: stringAt(json, 'id') ?? '', json };
	}

	async getFile(id: string): Promise<JsonObject> {
		return await this.call(readCall(pathTo(FILES, id), { parse: readIdentified, what: 'a file' }), this.ports);
	}

	async deleteFile(id: string): Promise<void> {
		await this.call(changeCall('DELETE', pathTo(FILES, id), CONFIRMATION), this.ports);
	}

	async listClassifiers(pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		const query = pageQuery({ sortBy: 'updatedAt', sortDir: 'desc' }, pageSize, pageToken);
		return await this.call(readCall(CLASSIFIERS, { parse: readPage, what: 'a list of classifiers' }, query), this.ports);
	}

	/** The classifier with its draft, which is not what a published version runs. */
	async getClassifier(id: string): Promise<JsonObject> {
		return await this.call(readCall(pathTo(CLASSIFIERS, id), { parse: readIdentified, what: 'a classifier' }), this.ports);
	}

	/** Version summaries, the draft first, then the newest. */
	async listClassifierVersions(id: string, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		const path = `${pathTo(CLASSIFIERS, id)}/versions`;
		return await this.call(readCall(path, { parse: readPage, what: 'a list of versions' }, pageQuery({}, pageSize, pageToken)), this.ports);
	}

	/**
	 * A version with its configuration.
	 * @param version `latest`, which is the draft while none is published, `draft`, a number such as `1.0`, or an ID
	 */
	async getClassifierVersion(id: string, version: string): Promise<JsonObject> {
		const path = pathTo(`${pathTo(CLASSIFIERS, id)}/versions`, version);
		return await this.call(readCall(path, { parse: readIdentified, what: 'a version of a classifier' }), this.ports);
	}

	/** A call about a run, whose ID goes along with what is thrown. */
	private async ofRun<T>(id: string, call: Call<T>): Promise<T> {
		try {
			return await this.call(call, this.ports);
		} catch (caught) {
			throw asExtendError(caught).withFacts({ runId: id });
		}
	}
}

/** The call; null in place of its value where nothing was sent. */
function ifStillNeeded(call: Call<JsonObject>, isStillNeeded?: () => Promise<boolean>): Call<JsonObject | null> {
	if (isStillNeeded === undefined) return call;
	return { ...call, instead: async () => ((await isStillNeeded()) ? undefined : null) };
}

function idleMsFor({ sizeBytes }: Upload): number {
	return sizeBytes <= SMALL_UPLOAD_BYTES ? SMALL_UPLOAD_IDLE_MS : UPLOAD_IDLE_MS;
}
