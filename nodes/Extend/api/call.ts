import type { Backoff } from './backoff';
import { nextPauseMs, readAskedPauseMs } from './backoff';
import type { Clock } from './clock';
import type { ErrorFacts, ExtendError } from './errors';
import { connectionError, isPermanentStatus, isRetryableStatus, otherAnswer, readApiError, stoppedError, unreadableAnswer } from './errors';
import type { HttpAnswer, HttpRequest, HttpResult, Send } from './http';
import type { JsonValue } from './json';
import { parseJson } from './json';
import type { BucketName, Buckets } from './buckets';
import { asUnknown } from './unknownOutcome';
import type { UploadGate } from './uploadGate';

/** Without progress for this long a request is given up; waiting for our own turn does not count. */
export const RETRY_TIMEOUT_MS = 120_000;
/** So often in a row a request is refused for coming too fast while others are accepted: a workspace may have a limit of its own. */
const MAX_REFUSALS = 300;

const BACKOFF: Backoff = { firstMs: 500, growth: 2, capMs: 10_000, jitter: 0.25 };

/** What was sent is not valid: nothing was made of it. */
const INVALID_STATUSES = new Set([400, 422]);
/** Whatever calls itself retryable without being an outage comes right soon or not at all. */
const MAX_PLAIN_REPETITIONS = 3;

export interface CallPorts {
	send: Send;
	clock: Clock;
	buckets: Buckets;
	/** Bounds the uploads of the credential. */
	uploads: UploadGate;
	/** How long a request may go without progress, if not `RETRY_TIMEOUT_MS`. */
	retryTimeoutMs?: number;
}

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
	/** How much patience it has cost, if not all of its time. */
	idleMs?: number;
	/** Whether Extend did answer, only not with what was wanted: no outage, and nothing cut on its way. */
	isPlain?: boolean;
}

type Judgement<T> =
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
		const isPlain = parseJson(answer.text) !== undefined;
		return unknownOrRepeat(call, isPlain ? otherAnswer(answer, call.what) : unreadableAnswer(answer, call.what), { idleMs, isPlain });
	}
	const error = readApiError(answer, call.asks).withFacts({ retryAfterMs: readAskedPauseMs(answer.headers, nowMs) });
	if (answer.status === 429) return { kind: 'refused', error };
	if (isRetryableStatus(answer.status)) return unknownOrRepeat(call, error, { idleMs });
	// Any other status is permanent, unless Extend itself suggests to try again.
	const repeats = error.facts.retryable === true && !isPermanentStatus(answer.status);
	if (!repeats || (call.repeat === 'once' && INVALID_STATUSES.has(answer.status))) return { kind: 'final', error };
	return unknownOrRepeat(call, error, { idleMs, isPlain: true });
}

function unknownOrRepeat<T>(call: Call<T>, error: ExtendError, account: Account): Judgement<T> {
	if (call.repeat === 'freely') return { kind: 'repeat', error, ...account };
	const { status = 0 } = error.facts;
	return { kind: 'final', error: asUnknown(error, account.isPlain === true && status < 300) };
}

function judge<T>(call: Call<T>, result: HttpResult, nowMs: number): Judgement<T> {
	switch (result.kind) {
		case 'answer':
			return judgeAnswer(call, result, nowMs);
		case 'notSent':
			return { kind: 'repeat', error: connectionError(result.cause) };
		case 'impossible':
			return { kind: 'final', error: connectionError(result.cause, { retryable: false }) };
		case 'lost':
			return unknownOrRepeat(call, connectionError(result.cause), { idleMs: result.idleMs });
		case 'stopped':
			// It was on its way: Extend may carry it out all the same.
			return { kind: 'final', error: call.repeat === 'once' ? asUnknown(stoppedError()) : stoppedError() };
	}
}

interface Attempt<T> {
	judged: Judgement<T>;
	tookMs: number;
}

/** One attempt, when its turn has come; a file also waits until others have made room for it. */
async function attempt<T>(call: Call<T>, ports: CallPorts): Promise<Attempt<T>> {
	const { upload } = call.request;
	if (upload === undefined) return await attemptNow(call, ports);
	return await ports.uploads.pass(upload.sizeBytes, ports.clock, async () => await attemptNow(call, ports));
}

async function attemptNow<T>(call: Call<T>, { send, clock, buckets }: CallPorts): Promise<Attempt<T>> {
	const bucket = buckets[call.bucket];
	const slot = await bucket.take(clock);
	if (slot === undefined) return { judged: { kind: 'final', error: stoppedError() }, tookMs: 0 };
	const value = await call.instead?.();
	if (value !== undefined) {
		bucket.returned(slot, clock.nowMs());
		return { judged: { kind: 'value', value }, tookMs: 0 };
	}
	const result = await send(call.request);
	const nowMs = clock.nowMs();
	const judged = judge(call, result, nowMs);
	bucket.returned(slot, nowMs);
	if (judged.kind === 'refused') bucket.limiter.refused(nowMs, judged.error.facts.retryAfterMs);
	else if (result.kind === 'answer') bucket.limiter.accepted(nowMs);
	return { judged, tookMs: nowMs - slot.sentMs };
}

/**
 * The value of a request that is tried once, when its turn has come.
 * @throws ExtendError for everything but a good answer
 */
export async function callOnce<T>(call: Call<T>, ports: CallPorts): Promise<T> {
	const { judged } = await attempt(call, ports);
	if (judged.kind === 'value') return judged.value;
	throw judged.error;
}

/**
 * The value of a request that is repeated as far as `repeat` allows, for as long as the ports have patience.
 * A 429 is answered by waiting in line, for as long as Extend accepts other requests of the same bucket.
 * @throws UnknownOutcome when a `once` request may have acted; ExtendError for all other ends
 */
export async function callExtend<T>(call: Call<T>, ports: CallPorts): Promise<T> {
	const { clock, retryTimeoutMs = RETRY_TIMEOUT_MS } = ports;
	const { limiter } = ports.buckets[call.bucket];
	let remainingMs = retryTimeoutMs;
	let plainAnswers = 0;
	let refusals = 0;
	for (let repetition = 0; ; repetition++) {
		const { judged, tookMs } = await attempt(call, ports);
		if (judged.kind === 'value') return judged.value;
		if (judged.kind === 'final') return valueInSpite(call, judged.error, repetition);
		refusals = judged.kind === 'refused' ? refusals + 1 : 0;
		const isHopeless = refusals > MAX_REFUSALS || limiter.refusedForMs(clock.nowMs()) >= retryTimeoutMs;
		if (judged.kind === 'refused' && !isHopeless) continue;
		if (judged.kind === 'refused') throw judged.error;
		if (judged.isPlain === true) plainAnswers += 1;
		if (plainAnswers > MAX_PLAIN_REPETITIONS) throw judged.error;
		remainingMs -= judged.idleMs ?? tookMs;
		const left = { attempt: repetition, remainingMs, retryAfterMs: judged.error.facts.retryAfterMs };
		const pauseMs = nextPauseMs(left, BACKOFF, clock.random());
		if (pauseMs === undefined) throw judged.error;
		await clock.pause(pauseMs);
		remainingMs -= pauseMs;
	}
}

/** What an earlier attempt has deleted without an answer is not there any more. @throws ExtendError for any other end */
function valueInSpite<T>(call: Call<T>, error: ExtendError, repetition: number): T {
	const isGone = repetition > 0 && call.request.method === 'DELETE' && error.facts.status === 404;
	const value = isGone ? call.parse(null, {}) : undefined;
	if (value === undefined) throw error;
	return value;
}
