import type { IExecuteFunctions, IHookFunctions, IHttpRequestOptions, ILoadOptionsFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { HttpRequest, HttpResult, Send } from '../api/http';
import { StreamForm } from '../api/upload';
import { describeNetworkError } from '../api/networkErrors';
import { createRedact } from './redact';
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
		body: upload === undefined ? body : new StreamForm(upload),
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
	const sendUntil = async (request: HttpRequest, end: AbortSignal | undefined): Promise<HttpResult> => {
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
		const { upload, graceMs } = request;
		if (upload !== undefined) return await sendUpload({ ...request, upload }, sendUntil, signal);
		if (signal === undefined || graceMs === undefined) return await sendUntil(request, signal);
		return await withGrace(signal, graceMs, async (end) => await sendUntil(request, end));
	};
}

/** Works on for `ms` after the signal has ended. */
async function withGrace<T>(signal: AbortSignal, ms: number, work: (end: AbortSignal) => Promise<T>): Promise<T> {
	const later = new AbortController();
	const endLater = (): void => void sleep(ms).then(() => later.abort());
	signal.addEventListener('abort', endLater, { once: true });
	if (signal.aborted) endLater();
	try {
		return await work(later.signal);
	} finally {
		signal.removeEventListener('abort', endLater);
	}
}

function readAnswer({ statusCode, headers, body }: IN8nHttpFullResponse, redact: (text: string) => string): HttpResult {
	const texts = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), redact(String(value))]);
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
	return { kind: 'answer', status: statusCode, headers: Object.fromEntries(texts), text: redact(text) };
}
