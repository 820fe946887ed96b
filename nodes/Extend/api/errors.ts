import { adviceForAnswer } from './advice';
import type { HttpAnswer } from './http';
import { parseJson } from './json';
import { adviceForPage, isPage, redirectTarget } from './otherServers';
import { readReport, requestIdIn, shownText } from './report';

export { MAX_NAME_LENGTH, plainText } from './report';

/** What is known about why an item did not succeed; becomes `details` of a failed item. Unknown facts stay unset. */
export interface ErrorFacts {
	/** Extend's code, `HTTP_<status>` where it gave none, or one of ours: INVALID_INPUT, TIMEOUT, … */
	code: string;
	/** HTTP status of the answer. */
	status?: number;
	/** Status of the run, where it is the run that ended badly or did not end in time. */
	runStatus?: string;
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
	/** False for an answer that may be one of a server on the way to Extend; not among the details either. */
	isExtendsOwn?: boolean;
	/** How long Extend asks to wait before the next request; not among the details either. */
	retryAfterMs?: number;
}

export type FactsAndCause = ErrorFacts & { cause?: unknown };

/** Anything that makes an item fail: `message` says what happened, `advice` what to do. */
export class ExtendError extends Error {
	readonly facts: ErrorFacts;

	constructor(
		message: string,
		readonly advice: string,
		{ cause, ...facts }: FactsAndCause,
	) {
		super(message, cause === undefined ? undefined : { cause });
		this.name = 'ExtendError';
		this.facts = facts;
	}

	/** The same with more facts, its cause and stack included; what is known already wins. */
	withFacts(more: Partial<ErrorFacts>): ExtendError {
		return withStackOf(this, new ExtendError(this.message, this.advice, { ...this.mergedWith(more), cause: this.cause }));
	}

	/** The facts of this error, and those that only the others know. */
	protected mergedWith(more: Partial<ErrorFacts>): ErrorFacts {
		const known = Object.entries(this.facts).filter(([, fact]) => fact !== undefined);
		return { ...more, code: this.facts.code, ...Object.fromEntries(known) };
	}
}

/** The copy of an error, which names the place where the original was made. */
export function withStackOf<T extends Error>(original: Error, copy: T): T {
	copy.stack = original.stack;
	return copy;
}

/** Input that was refused before anything was sent. */
export function inputError(message: string, advice: string): ExtendError {
	return new ExtendError(message, advice, { code: 'INVALID_INPUT', retryable: false });
}

const RETRYABLE_STATUSES = new Set([408, 429]);

export function isRetryableStatus(status: number): boolean {
	return RETRYABLE_STATUSES.has(status) || status >= 500;
}

/** A key, a credit or an ID is as wrong at the next try, whatever the answer says of itself. */
const PERMANENT_STATUSES = new Set([401, 402, 403, 404]);

/** Whether an HTTP status is one of those. @see https://docs.extend.ai/2026-02-09/developers/error-codes */
export function isPermanentStatus(status: number): boolean {
	return PERMANENT_STATUSES.has(status);
}

/** Whether trying again cannot change anything: such a status in an answer of Extend's own, or a request that cannot be sent at all. */
export function isPermanent({ facts: { code, status, isExtendsOwn = true } }: ExtendError): boolean {
	return (isExtendsOwn && isPermanentStatus(Number(status))) || (status === undefined && code === 'INVALID_INPUT');
}

/** Whether Extend itself says that something is not there; a server on the way may say so of Extend as a whole. */
export function isNotFound({ facts: { status, isExtendsOwn = true } }: ExtendError): boolean {
	return isExtendsOwn && status === 404;
}

/**
 * Whether an error is permanent, or will most likely prove so: Extend did answer, but refused the request or sent
 * something else than was asked for. All others are transient, such as an outage or a lost answer.
 */
export function isLikelyPermanent(error: ExtendError): boolean {
	const { status, retryable } = error.facts;
	return isPermanent(error) || (retryable === false && !isRetryableStatus(Number(status)));
}

/** Code and request ID of an answer of Extend, as its message ends with them; undefined for what is no answer. */
export function marksOf({ code, status, requestId }: ErrorFacts): string | undefined {
	if (status === undefined) return undefined;
	const known = code === `HTTP_${status}` ? `HTTP status ${status}` : code;
	return requestId === undefined ? known : `${known}, request ${requestId}`;
}

/**
 * One typed error from any answer outside 2xx.
 * @param asked what the request was to do with a document, if anything
 * @see https://docs.extend.ai/2026-02-09/developers/error-codes
 */
export function readApiError(answer: HttpAnswer, asked?: ErrorFacts['refusedAt']): ExtendError {
	const { status, headers, text } = answer;
	const { code, said, retryable, isExtendsOwn, requestId = requestIdIn(headers) } = readReport(text);
	const target = redirectTarget(answer);
	const shown = target === undefined ? shownText(said, text) : `it redirects to ${target}`;
	const known = { code: code ?? `HTTP_${status}`, status, requestId };
	const who = isPage(answer) ? 'A proxy, firewall or gateway answered instead of Extend' : 'Extend answered';
	const pageAdvice = isPage(answer) ? adviceForPage(status) : undefined;
	const isAboutDocument = asked !== undefined && status >= 400 && status < 500 && pageAdvice === undefined;
	// A server on the way that refuses or does not find Extend may be about to start anew.
	const isTransient = isRetryableStatus(status) || (isPermanentStatus(status) && parseJson(text) === undefined);
	return new ExtendError(`${who}: ${shown} (${marksOf(known)})`, pageAdvice ?? adviceForAnswer(code, status, asked), {
		...known,
		retryable: retryable ?? isTransient,
		...(isExtendsOwn ? {} : { isExtendsOwn }),
		...(isAboutDocument ? { refusedAt: asked } : {}),
	});
}

const UNREADABLE_ADVICE = 'Try again. If it happens again, check the region or the Base URL in the credential.';

/** For a 2xx answer that is no JSON, or was cut off on its way. */
export function unreadableAnswer(answer: HttpAnswer, what: string): ExtendError {
	const { status, headers, text } = answer;
	const requestId = requestIdIn(headers);
	const [happened, advice] = isPage(answer)
		? [`A web page came instead of Extend's answer, which should hold ${what}: ${shownText('', text)}`, adviceForPage(status)]
		: [`Extend sent an answer that could not be read: it should hold ${what}`, undefined];
	const message = `${happened}${requestMark(requestId)}`;
	return new ExtendError(message, advice ?? UNREADABLE_ADVICE, { code: 'UNREADABLE_ANSWER', status, retryable: true, requestId });
}

/** For a 2xx answer with a JSON body that is not what was asked for; the message holds what it says. */
export function otherAnswer({ status, headers, text }: HttpAnswer, what: string): ExtendError {
	const { code, said, requestId = requestIdIn(headers) } = readReport(text);
	const message = `Extend sent an answer that does not hold ${what}: ${shownText(said, text)}${requestMark(requestId)}`;
	const advice = said === '' ? UNREADABLE_ADVICE : adviceForAnswer(code, status);
	return new ExtendError(message, advice, { code: 'UNREADABLE_ANSWER', status, retryable: false, requestId });
}

function requestMark(requestId: string | undefined): string {
	return requestId === undefined ? '' : ` (request ${requestId})`;
}

/** For pages that each can be read, and yet make no list. */
export function unreadableList(why: string): ExtendError {
	return new ExtendError(`Extend sent a list that could not be read: ${why}`, UNREADABLE_ADVICE, { code: 'UNREADABLE_ANSWER', retryable: true });
}

/**
 * For a request that is not repeated since Extend asks to wait for longer than it may take.
 * @param untilMs the moment that Extend asks to wait for
 */
export function askedToWait({ message, advice, facts, cause }: ExtendError, untilMs: number, nowMs: number): ExtendError {
	const moment = new Date(untilMs).toISOString().replace('T', ' ').slice(0, 19);
	return new ExtendError(`${message}. Extend asks to wait until ${moment} UTC`, advice, { ...facts, retryAfterMs: untilMs - nowMs, cause });
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
	return new ExtendError('The workflow was stopped', 'Start the workflow again if you still need the result.', { code: 'STOPPED', retryable: true });
}

/** What was thrown, if it is one of ours; anything else is a defect of this package and says so. */
export function asExtendError(caught: unknown): ExtendError {
	if (caught instanceof ExtendError) return caught;
	const text = caught instanceof Error ? caught.message : String(caught);
	const report = 'Report this at https://github.com/n8n-nodes-extend-ai/n8n-nodes-extend-ai/issues.';
	return new ExtendError(`Something unforeseen happened: ${text}`, report, { code: 'UNEXPECTED', cause: caught });
}
