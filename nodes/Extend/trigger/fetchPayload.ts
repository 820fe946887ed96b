import type { IN8nHttpFullResponse, IWebhookFunctions } from 'n8n-workflow';
import type { CredentialFields } from '../api/deployment';
import { ExtendError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { isObject, parseJson } from '../api/json';
import { checkPayloadUrl } from '../webhook/payloadUrl';
import { checkBaseUrl } from '../n8n/connection';
import { readError } from '../n8n/errors';
import { describeFault } from '../n8n/faults';

/** For the whole download: Extend waits 30 s for the answer to a delivery. @see https://docs.extend.ai/product/webhooks/best-practices */
const LIMIT_MS = 15_000;
const MAX_BYTES = 25 * 1_024 * 1_024;

/**
 * The payload of an event that was sent as a signed URL. No credential is sent, and redirects are not followed.
 * @throws ExtendError when it does not arrive within 15 s, or is larger than 25 MB
 */
export async function fetchPayload(context: IWebhookFunctions, url: string): Promise<JsonObject> {
	const baseUrl = checkBaseUrl(await readCredential(context));
	const payload = parseJson(await download(context, checkPayloadUrl(url, baseUrl)));
	if (isObject(payload)) return payload;
	throw payloadError('it is no JSON object');
}

async function readCredential(context: IWebhookFunctions): Promise<CredentialFields> {
	try {
		return await context.getCredentials('extendApi');
	} catch (caught) {
		throw readError(caught);
	}
}

async function download(context: IWebhookFunctions, url: string): Promise<string> {
	const signal = AbortSignal.timeout(LIMIT_MS);
	try {
		const answer: unknown = await context.helpers.httpRequest({
			url,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
			timeout: LIMIT_MS,
			abortSignal: signal,
		});
		// The helper's result is untyped; with these options it is always this.
		return await readText(answer as IN8nHttpFullResponse);
	} catch (caught) {
		throw signal.aborted ? payloadError(`it took more than ${LIMIT_MS / 1_000} s`) : toPayloadError(caught);
	}
}

async function readText({ statusCode, body }: IN8nHttpFullResponse): Promise<string> {
	// A stream of n8n's helper; its type is wider.
	const stream = body as unknown as AsyncIterable<Uint8Array>;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		if (size > MAX_BYTES) throw payloadError(`it is larger than ${MAX_BYTES / 1_024 / 1_024} MB`);
		chunks.push(chunk);
	}
	if (statusCode !== 200) throw payloadError(`its address answered with status ${statusCode}`);
	return Buffer.concat(chunks).toString();
}

function toPayloadError(caught: unknown): ExtendError {
	if (caught instanceof ExtendError) return caught;
	const fault = describeFault(caught, LIMIT_MS, (text) => text);
	return payloadError('cause' in fault ? fault.cause : 'its address could not be reached');
}

function payloadError(why: string): ExtendError {
	return new ExtendError(`The payload of the event could not be fetched: ${why}`, 'Extend sends the event again by itself.', {
		code: 'PAYLOAD_NOT_FETCHED',
		retryable: true,
	});
}
