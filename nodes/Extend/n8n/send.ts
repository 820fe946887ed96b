import type { IExecuteFunctions, IHookFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import type { HttpRequest, HttpResult, Send } from '../api/http';
import { describeNetworkError } from '../api/networkErrors';
import { createRedact } from '../api/redact';
import { onAbort } from '../api/signals';
import { StreamForm } from './streamForm';
import type { SendUntil } from './upload';
import { sendUpload } from './upload';

export interface Line {
	baseUrl: string;
	/** Taken out of whatever comes back, in case a server repeats it. */
	apiKey: string;
	/** Ends a request early; n8n's own Stop, or another deadline. */
	signal?: AbortSignal;
}

function buildOptions({ method, path, query, body, upload, timeoutMs }: HttpRequest, baseUrl: string): IHttpRequestOptions {
	return {
		method,
		url: `${baseUrl}${path}`,
		qs: query,
		// As text: n8n's HTTP helper merges objects, and loses keys such as "constructor".
		body: upload === undefined ? body && JSON.stringify(body) : new StreamForm(upload),
		timeout: upload === undefined ? timeoutMs : 0,
		headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// Following one would carry the key to another host, and would keep all of an upload in memory.
		disableFollowRedirect: true,
	};
}

/** Sends through n8n's HTTP helper, which adds the credential; n8n's proxy and network rules apply. */
export function createSend(context: IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions, { baseUrl, apiKey, signal }: Line): Send {
	const redact = createRedact(apiKey);
	const sendUntil: SendUntil = async (request, end) => {
		// n8n's helper asks the context for its Stop signal; this puts ours in its place.
		const bound: typeof context = Object.create(context, { getExecutionCancelSignal: { value: () => end } });
		try {
			const answer = await context.helpers.httpRequestWithAuthentication.call(bound, 'extendApi', buildOptions(request, baseUrl));
			// The helper's result is untyped; with returnFullResponse it is always this.
			return readAnswer(answer as IN8nHttpFullResponse, redact);
		} catch (caught) {
			if (signal?.aborted) return { kind: 'stopped' };
			return describeNetworkError(caught, request.timeoutMs, redact);
		}
	};
	return async (request) => {
		const { upload } = request;
		return upload === undefined ? await sendWithin(request, sendUntil, signal) : await sendUpload({ ...request, upload }, sendUntil, signal);
	};
}

/** Sends a request whose whole answer has to come within its time; n8n's helper measures silence only. */
async function sendWithin(request: HttpRequest, send: SendUntil, stop: AbortSignal | undefined): Promise<HttpResult> {
	const ending = new AbortController();
	const end = (): void => ending.abort();
	const endLater = (ms: number): void => void onAbort(AbortSignal.timeout(ms), end);
	const outOfTime = AbortSignal.timeout(request.timeoutMs);
	const { graceMs } = request;
	const releases = [onAbort(outOfTime, end), onAbort(stop, graceMs === undefined ? end : () => endLater(graceMs))];
	const result = await send(request, ending.signal);
	for (const release of releases) release();
	const isLate = result.kind === 'lost' && outOfTime.aborted;
	return isLate ? { kind: 'lost', cause: `no whole answer came within ${request.timeoutMs / 1_000} s` } : result;
}

function readAnswer({ statusCode, headers, body }: IN8nHttpFullResponse, redact: (text: string) => string): HttpResult {
	const texts = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), redact(String(value))]);
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
	return { kind: 'answer', status: statusCode, headers: Object.fromEntries(texts), text: redact(text) };
}
