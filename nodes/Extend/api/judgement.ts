import { readAskedPauseMs } from './backoff';
import type { ErrorFacts, ExtendError } from './errors';
import {
	asExtendError,
	connectionError,
	isPermanentStatus,
	isRetryableStatus,
	otherAnswer,
	readApiError,
	stoppedError,
	unreadableAnswer,
} from './errors';
import type { HttpAnswer, HttpRequest, HttpResult } from './http';
import type { JsonValue } from './json';
import { parseJson } from './json';
import { isPage } from './otherServers';
import type { BucketName } from './buckets';
import { asUnknown } from './unknownOutcome';

/** What was sent is not valid: nothing was made of it. */
const INVALID_STATUSES = new Set([400, 422]);

/** Whatever is no outage, and nothing cut on its way, comes right soon or not at all. */
const PLAIN_REPETITIONS = 3;
/** The page of another server: one that is being started anew is back within seconds, and a wrong address stays wrong. */
const PAGE_REPETITIONS = 6;

export interface Call<T> {
	request: HttpRequest;
	bucket: BucketName;
	/** `once` for requests that must not act twice: they are repeated only where nothing can have happened. */
	repeat: 'freely' | 'once';
	/**
	 * The value in the body of a 2xx answer (null: empty; undefined: no JSON); undefined where it is not what it should be.
	 * The headers have names in lower case.
	 */
	parse: (body: JsonValue | undefined, headers: Readonly<Record<string, string>>) => T | undefined;
	/** Asked when the request's turn has come: a value is returned, and nothing is sent. */
	instead?: () => Promise<T | undefined>;
	/** What the value is, for messages: "a run". */
	what: string;
	/** What it asks Extend to do with a document, if anything. */
	asks?: ErrorFacts['refusedAt'];
}

/** How an answer that settles nothing is counted. */
interface Account {
	/** How much of the retry timeout it has cost, in ms; all of its time when unset. */
	idleMs?: number;
	/** How often it is repeated where it is no outage, so that the next answer is the same most likely; as long as there is time when unset. */
	maxRepetitions?: number;
	/** See UnknownOutcome. */
	wasAnswered?: boolean;
}

/** What the result of a request means for the call. */
export type Judgement<T> =
	| { kind: 'value'; value: T }
	| { kind: 'refused'; error: ExtendError }
	| ({ kind: 'repeat'; error: ExtendError } & Account)
	| { kind: 'final'; error: ExtendError };

function bodyOf({ text }: HttpAnswer): JsonValue | undefined {
	return text.trim() === '' ? null : parseJson(text);
}

function judgeAnswer<T>(call: Call<T>, answer: HttpAnswer, nowMs: number): Judgement<T> {
	const { idleMs } = answer;
	if (answer.status >= 200 && answer.status < 300) {
		const value = call.parse(bodyOf(answer), answer.headers);
		if (value !== undefined) return { kind: 'value', value };
		const isJson = parseJson(answer.text) !== undefined;
		const error = isJson ? otherAnswer(answer, call.what) : unreadableAnswer(answer, call.what);
		return unknownOrRepeat(call, error, { idleMs, maxRepetitions: isJson || isPage(answer) ? PLAIN_REPETITIONS : undefined, wasAnswered: isJson });
	}
	const error = readApiError(answer, call.asks).withFacts({ retryAfterMs: readAskedPauseMs(answer.headers, nowMs) });
	if (answer.status === 429) return { kind: 'refused', error };
	if (isRetryableStatus(answer.status)) return unknownOrRepeat(call, error, { idleMs });
	if (isPermanentStatus(answer.status) && error.facts.isExtendsOwn === false) return judgeForeignRefusal(call, answer, error);
	// Any other status is permanent, unless Extend itself suggests to try again.
	const repeats = error.facts.retryable === true && !isPermanentStatus(answer.status);
	if (!repeats || (call.repeat === 'once' && INVALID_STATUSES.has(answer.status))) return { kind: 'final', error };
	return unknownOrRepeat(call, error, { idleMs, maxRepetitions: PLAIN_REPETITIONS });
}

/**
 * For a refusal that may come from a server on the way. JSON is a gateway's, which refuses before it lets a request
 * through; a page can also take the place of what Extend has answered, and is gone once that server has started anew.
 */
function judgeForeignRefusal<T>(call: Call<T>, { text, idleMs }: HttpAnswer, error: ExtendError): Judgement<T> {
	const isJson = parseJson(text) !== undefined;
	if (isJson && call.repeat === 'once') return { kind: 'final', error };
	return unknownOrRepeat(call, error, { idleMs, maxRepetitions: isJson ? PLAIN_REPETITIONS : PAGE_REPETITIONS });
}

function unknownOrRepeat<T>(call: Call<T>, error: ExtendError, account: Account): Judgement<T> {
	return call.repeat === 'freely' ? { kind: 'repeat', error, ...account } : { kind: 'final', error: asUnknown(error, account.wasAnswered) };
}

/** Whether the request has done its work, is to be repeated, or has come to an end. */
export function judge<T>(call: Call<T>, result: HttpResult, nowMs: number): Judgement<T> {
	switch (result.kind) {
		case 'answer':
			return judgeAnswer(call, result, nowMs);
		case 'notSent':
			return { kind: 'repeat', error: connectionError(result.cause) };
		case 'impossible':
			return { kind: 'final', error: connectionError(result.cause, { retryable: false }) };
		case 'lost':
			return unknownOrRepeat(call, connectionError(result.cause), { idleMs: result.idleMs });
		case 'unsendable':
			return { kind: 'final', error: asExtendError(result.error) };
		case 'stopped':
			// It was on its way: Extend may carry it out all the same.
			return { kind: 'final', error: call.repeat === 'once' ? asUnknown(stoppedError()) : stoppedError() };
	}
}
