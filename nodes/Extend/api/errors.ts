import { adviceForAnswer } from './advice';
import type { HttpAnswer } from './http';
import type { JsonObject, JsonValue } from './json';
import { booleanAt, isObject, objectAt, parseJson, stringAt } from './json';

/** What is known about why an item did not succeed; becomes `details` of a failed item. Unknown facts stay unset. */
export interface ErrorFacts {
	/** Extend's code, `HTTP_<status>` where it gave none, or one of ours: INVALID_INPUT, TIMEOUT, … */
	code: string;
	/** HTTP status of the answer, or the status of the run where it is the run that ended badly. */
	status?: number | string;
	retryable?: boolean;
	requestId?: string;
	runId?: string;
	/** The batch it is about; not among the details, whose keys are fixed. */
	batchId?: string;
	/** The runs it is about where they are several; not among the details either. */
	runIds?: string[];
	dashboardUrl?: string;
	failureReason?: string;
	/** Where Extend refused the document before there was a run; not among the details either. */
	refusedAt?: 'upload' | 'start';
	/** How long Extend asks to wait before the next request; not among the details either. */
	retryAfterMs?: number;
}

/** Anything that makes an item fail: `message` says what happened, `advice` what to do. */
export class ExtendError extends Error {
	constructor(
		message: string,
		readonly advice: string,
		readonly facts: ErrorFacts,
	) {
		super(message);
		this.name = 'ExtendError';
	}

	/** The same, with more facts; what is known already wins. */
	withFacts(more: Partial<ErrorFacts>): ExtendError {
		const known = Object.entries(this.facts).filter(([, fact]) => fact !== undefined);
		return new ExtendError(this.message, this.advice, { ...more, code: this.facts.code, ...Object.fromEntries(known) });
	}
}

/** Input that was refused before anything was sent. */
export function inputError(message: string, advice: string): ExtendError {
	return new ExtendError(message, advice, { code: 'INVALID_INPUT', retryable: false });
}

const RETRYABLE_STATUSES = new Set([408, 429]);

export function isRetryableStatus(status: number): boolean {
	return RETRYABLE_STATUSES.has(status) || status >= 500;
}

/** A key, a credit or an ID does not come right by asking again, whatever the answer says of itself. */
const FINAL_STATUSES = new Set([401, 402, 403, 404]);

/** Whether an HTTP status is one of those. @see https://docs.extend.ai/2026-02-09/developers/error-codes */
export function isFinalStatus(status: number): boolean {
	return FINAL_STATUSES.has(status);
}

/** Whether asking again can change nothing for sure: such a status, or a request that cannot be sent at all. */
export function isFinalNo({ facts: { code, status } }: ExtendError): boolean {
	return isFinalStatus(Number(status)) || (status === undefined && code === 'INVALID_INPUT');
}

/** Whether Extend did answer, and with a no or with something else than was asked for: no outage, and nothing lost. */
export function isPlainNo(error: ExtendError): boolean {
	const { status, retryable } = error.facts;
	return isFinalNo(error) || (retryable === false && !isRetryableStatus(Number(status)));
}

/** Longest piece of a server's text that is shown; proxies answer with whole pages. */
const MAX_TEXT_LENGTH = 500;

/** Longest code or request ID that is shown. @see https://docs.extend.ai/developers/api-versioning IDs have up to 255 characters */
export const MAX_NAME_LENGTH = 255;

/** Longer texts are cut before they are searched for tags: that takes time with the square of the length. */
const MAX_CLEANED_LENGTH = 10_000;

/** A server's text as it is shown: without tags, on one line, and cut. */
export function plainText(text: string, maxLength = MAX_TEXT_LENGTH): string {
	const words = text.slice(0, MAX_CLEANED_LENGTH).replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
	return words.length > maxLength ? `${words.slice(0, maxLength)}…` : words;
}

/** The part of the body that holds code and message: some endpoints wrap it in `error`. */
function reportedIn(body: JsonValue | undefined): JsonObject | undefined {
	return objectAt(body, 'error') ?? (isObject(body) ? body : undefined);
}

function nameAt(reported: JsonObject | undefined, key: string): string | undefined {
	const name = stringAt(reported, key);
	return name === undefined ? undefined : plainText(name, MAX_NAME_LENGTH);
}

/** The request ID that the headers give, cut like one of the body. */
function requestIdIn(headers: HttpAnswer['headers']): string | undefined {
	const id = plainText(headers['x-extend-request-id'] ?? '', MAX_NAME_LENGTH);
	return id === '' ? undefined : id;
}

/** Whether a body of another shape may tell what is wrong; undefined stands for one that is no JSON. */
function hasContent(body: JsonValue | undefined): boolean {
	return body !== null && (!isObject(body) || Object.keys(body).length > 0);
}

/**
 * One typed error from any answer outside 2xx.
 * @param asked what the request was to do with a document, if anything
 * @see https://docs.extend.ai/2026-02-09/developers/error-codes
 */
export function readApiError({ status, headers, text }: HttpAnswer, asked?: ErrorFacts['refusedAt']): ExtendError {
	const body = parseJson(text);
	const reported = reportedIn(body);
	const code = nameAt(reported, 'code');
	const said = stringAt(reported, 'message') ?? stringAt(body, 'error') ?? (hasContent(body) ? text : '');
	const requestId = nameAt(reported, 'requestId') ?? requestIdIn(headers);
	const marks = [code ?? `HTTP status ${status}`, ...(requestId === undefined ? [] : [`request ${requestId}`])];
	const cleaned = plainText(said).replace(/[.;:\s]+$/, '');
	const message = `Extend answered: ${cleaned === '' ? 'no text' : cleaned} (${marks.join(', ')})`;
	return new ExtendError(message, adviceForAnswer(code, status, asked), {
		code: code ?? `HTTP_${status}`,
		status,
		retryable: booleanAt(reported, 'retryable') ?? isRetryableStatus(status),
		requestId,
		...(asked !== undefined && status >= 400 && status < 500 ? { refusedAt: asked } : {}),
	});
}

const UNREADABLE_ADVICE = 'Try again; if it stays so, check the region or the Base URL in the credential.';

/**
 * For a 2xx answer whose body is not what the API promises.
 * @param retryable whether it may have been cut off on its way
 */
export function unreadableAnswer({ status, headers }: HttpAnswer, what: string, { retryable }: { retryable: boolean }): ExtendError {
	const requestId = requestIdIn(headers);
	const mark = requestId === undefined ? '' : ` (request ${requestId})`;
	return new ExtendError(`Extend sent an answer that could not be read: ${what}${mark}`, UNREADABLE_ADVICE, {
		code: 'UNREADABLE_ANSWER',
		status,
		retryable,
		requestId,
	});
}

/** For pages that each can be read, and yet make no list. */
export function unreadableList(why: string): ExtendError {
	return new ExtendError(`Extend sent a list that could not be read: ${why}`, UNREADABLE_ADVICE, { code: 'UNREADABLE_ANSWER', retryable: true });
}

/**
 * For a request that got no answer at all.
 * @param cause in words, without system codes
 * @param retryable whether a later try may get one
 */
export function connectionError(cause: string, { retryable } = { retryable: true }): ExtendError {
	return new ExtendError(
		`Extend could not be reached: ${cause}`,
		'Check the network of n8n and the region or the Base URL in the credential, then try again.',
		{ code: 'NO_CONNECTION', retryable },
	);
}

/** For whatever was under way when the workflow was stopped. */
export function stoppedError(): ExtendError {
	return new ExtendError('The workflow was stopped', 'Start the workflow again when you want it to go on.', {
		code: 'STOPPED',
		retryable: true,
	});
}

/** What was thrown, if it is one of ours; anything else is a defect of this package and says so. */
export function asExtendError(caught: unknown): ExtendError {
	if (caught instanceof ExtendError) return caught;
	const text = caught instanceof Error ? caught.message : String(caught);
	return new ExtendError(`Something unforeseen happened: ${text}`, 'Report this at https://github.com/n8n-nodes-extend-ai/n8n-nodes-extend-ai/issues.', {
		code: 'UNEXPECTED',
	});
}
