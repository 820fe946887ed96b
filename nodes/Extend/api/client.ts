import type { Call, CallPorts } from './call';
import { callExtend, callOnce } from './call';
import { asExtendError } from './errors';
import type { Upload } from './http';
import type { JsonObject } from './json';
import { stringAt } from './json';
import { PageSizes } from './pageSizes';
import { changeCall, CONFIRMATION, pageQuery, pathTo, readCall, readConfirmation, readIdentified, readPage, readRun, readUploaded, startCall } from './requests';
import type { BatchRequest, BatchRun, Page, Run, RunListQuery, StartRequest } from './types';
import { withUnknownVersion } from './unknownVersion';

/** After n8n's Stop the answer to a start is still waited for so long: it names a run that is paid for. */
const START_GRACE_MS = 700;
/** A thousand inputs take their time, and an answer that is given up leaves a batch of which nothing is known. */
const BATCH_TIMEOUT_MS = 120_000;
/** An upload may take any time as long as bytes move; the answer to a large one takes its time too. */
const UPLOAD_IDLE_MS = 120_000;
/** A small file that stands still so long is on a dead line: it is sent again. */
const SMALL_UPLOAD_IDLE_MS = 60_000;
const SMALL_UPLOAD_BYTES = 8 * 1_024 * 1_024;

const RUNS = '/classify_runs';
const BATCHES = '/batch_runs';
const FILES = '/files';
const CLASSIFIERS = '/classifiers';

/** Extend's API as this package uses it. Every method throws ExtendError and nothing else. */
export class ExtendClient {
	private readonly pageSizes: PageSizes;

	/** @param call how requests are repeated; `callOnce` for who looks again anyway */
	constructor(
		private readonly ports: CallPorts,
		private readonly call: typeof callExtend = callExtend,
	) {
		this.pageSizes = ports.pageSizes ?? new PageSizes();
	}

	/**
	 * A client that tries everything once.
	 * @param onSent called when the turn of a request has come and it goes out
	 */
	once(onSent: () => void = () => undefined): ExtendClient {
		const sendAndTell: CallPorts['send'] = async (request) => {
			onSent();
			return await this.ports.send(request);
		};
		return new ExtendClient({ ...this.ports, pageSizes: this.pageSizes, send: sendAndTell }, callOnce);
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
		const classifier = 'classifier' in request ? request.classifier : undefined;
		const started = await this.ofVersion(classifier, ifStillNeeded(call, isStillNeeded));
		return started === null ? undefined : (readRun(started) ?? (await this.getRun(String(started.id))));
	}

	async getRun(id: string): Promise<Run> {
		return await this.ofRun(id, readCall(pathTo(RUNS, id), { parse: readRun, what: 'a run' }));
	}

	/** One page of run summaries; they hold no `output` and no `config`. The page may be smaller than asked for. */
	async listRuns(query: RunListQuery, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		return await this.list({ path: RUNS, what: 'a list of runs' }, { ...query }, { pageSize, pageToken });
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
		const started = await this.ofVersion(classifier, ifStillNeeded(startCall(`${RUNS}/batch`, body, how), isStillNeeded));
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
		const list = { path: CLASSIFIERS, what: 'a list of classifiers' };
		return await this.list(list, { sortBy: 'updatedAt', sortDir: 'desc' }, { pageSize, pageToken });
	}

	/** The classifier with its draft, which is not what a published version runs. */
	async getClassifier(id: string): Promise<JsonObject> {
		return await this.call(readCall(pathTo(CLASSIFIERS, id), { parse: readIdentified, what: 'a classifier' }), this.ports);
	}

	/** Version summaries, the draft first, then the newest. */
	async listClassifierVersions(id: string, pageSize: number, pageToken?: string): Promise<Page<JsonObject>> {
		return await this.list({ path: `${pathTo(CLASSIFIERS, id)}/versions`, what: 'a list of versions' }, {}, { pageSize, pageToken });
	}

	/**
	 * A version with its configuration.
	 * @param version `latest`, which is the draft while none is published, `draft`, a number such as `1.0`, or an ID
	 */
	async getClassifierVersion(id: string, version: string): Promise<JsonObject> {
		const path = pathTo(`${pathTo(CLASSIFIERS, id)}/versions`, version);
		return await this.ofVersion({ id, version }, readCall(path, { parse: readIdentified, what: 'a version of a classifier' }));
	}

	private async list(
		{ path, what }: { path: string; what: string },
		fields: Record<string, string | undefined>,
		{ pageSize, pageToken }: { pageSize: number; pageToken?: string },
	): Promise<Page<JsonObject>> {
		// Lists of versions are alike, whichever classifier they are of.
		return await this.pageSizes.fetch(what, pageSize, async (size) =>
			await this.call(readCall(path, { parse: readPage, what }, pageQuery(fields, size, pageToken)), this.ports));
	}

	/** A call that names a version of a classifier. */
	private async ofVersion<T>(classifier: { id: string; version?: string } | undefined, call: Call<T>): Promise<T> {
		try {
			return await this.call(call, this.ports);
		} catch (caught) {
			throw classifier === undefined ? caught : withUnknownVersion(asExtendError(caught), classifier);
		}
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
