import type { Backoff } from './backoff';
import { nextPauseMs } from './backoff';
import type { Clock } from './clock';
import type { ExtendError } from './errors';
import { askedToWait, isNotFound, stoppedError } from './errors';
import type { Send } from './http';
import type { Call, Judgement } from './judgement';
import { judge } from './judgement';
import type { Bucket, Buckets } from './buckets';
import type { PageSizes } from './pageSizes';
import type { UploadGate } from './uploadGate';

export type { Call } from './judgement';

/** Without progress for this long a request is given up; waiting for our own turn does not count. */
export const RETRY_TIMEOUT_MS = 120_000;
/** So often in a row a request is refused for coming too fast while others are accepted: a workspace may have a limit of its own. */
const MAX_REFUSALS = 300;

const BACKOFF: Backoff = { firstMs: 500, growth: 2, capMs: 10_000, jitter: 0.25 };

export interface CallPorts {
	send: Send;
	clock: Clock;
	buckets: Buckets;
	/** Bounds the uploads of the credential. */
	uploads: UploadGate;
	/** The page sizes that the credential is given; none are known when unset. */
	pageSizes?: PageSizes;
	/** How long a request may go without progress, if not `RETRY_TIMEOUT_MS`. */
	retryTimeoutMs?: number;
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

async function attemptNow<T>(call: Call<T>, ports: CallPorts): Promise<Attempt<T>> {
	const { send, clock, buckets } = ports;
	const bucket = buckets[call.bucket];
	const hold = holdOf(bucket, ports);
	if (hold !== undefined) return { judged: { kind: 'final', error: hold }, tookMs: 0 };
	const slot = await bucket.take(clock);
	if (slot === undefined) return { judged: { kind: 'final', error: stoppedError() }, tookMs: 0 };
	const instead = await insteadOfSending(call, ports);
	if (instead !== undefined) {
		bucket.returned(slot, clock.nowMs());
		return { judged: instead, tookMs: 0 };
	}
	const result = await send(call.request);
	const nowMs = clock.nowMs();
	const judged = judge(call, result, nowMs);
	bucket.returned(slot, nowMs);
	if (judged.kind === 'refused') bucket.refused(judged.error, nowMs, RETRY_TIMEOUT_MS);
	else if (result.kind === 'answer') bucket.limiter.accepted(nowMs);
	return { judged, tookMs: nowMs - slot.sentMs };
}

/** What the call comes to without being sent, though its turn has come. */
async function insteadOfSending<T>(call: Call<T>, ports: CallPorts): Promise<Judgement<T> | undefined> {
	const hold = holdOf(ports.buckets[call.bucket], ports);
	if (hold !== undefined) return { kind: 'final', error: hold };
	const value = await call.instead?.();
	return value === undefined ? undefined : { kind: 'value', value };
}

/** Why nothing can be sent in time, where Extend has asked for so long a pause. */
function holdOf(bucket: Bucket, { clock, retryTimeoutMs = RETRY_TIMEOUT_MS }: CallPorts): ExtendError | undefined {
	const { longRefusal } = bucket;
	if (longRefusal === undefined || longRefusal.untilMs - clock.nowMs() <= retryTimeoutMs) return undefined;
	return askedToWait(longRefusal.error, longRefusal.untilMs, clock.nowMs());
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
 * The value of a request that is repeated as far as `repeat` allows, until the retry timeout.
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
		if (judged.kind === 'final') return valueIfDeleted(call, judged.error, repetition);
		const { error } = judged;
		const { retryAfterMs = 0 } = error.facts;
		const nowMs = clock.nowMs();
		refusals = judged.kind === 'refused' ? refusals + 1 : 0;
		const end = judged.kind === 'refused' ? endOfRefusals(error, refusals, { leftMs: retryTimeoutMs - limiter.refusedForMs(nowMs), nowMs }) : undefined;
		if (end !== undefined) throw end;
		if (judged.kind === 'refused') continue;
		if (judged.maxRepetitions !== undefined) plainAnswers += 1;
		if (plainAnswers > (judged.maxRepetitions ?? plainAnswers)) throw error;
		remainingMs -= judged.idleMs ?? tookMs;
		if (retryAfterMs > Math.max(0, remainingMs)) throw askedToWait(error, nowMs + retryAfterMs, nowMs);
		const pauseMs = nextPauseMs({ attempt: repetition, remainingMs, retryAfterMs }, BACKOFF, clock.random());
		if (pauseMs === undefined) throw error;
		await clock.pause(pauseMs);
		remainingMs -= pauseMs;
	}
}

/** Why a request that was refused for coming too fast is not sent again; undefined where it may wait for its next turn. */
function endOfRefusals(error: ExtendError, refusals: number, { leftMs, nowMs }: { leftMs: number; nowMs: number }): ExtendError | undefined {
	const { retryAfterMs = 0 } = error.facts;
	if (refusals > MAX_REFUSALS || leftMs <= 0) return error;
	return retryAfterMs > leftMs ? askedToWait(error, nowMs + retryAfterMs, nowMs) : undefined;
}

/** What an earlier attempt has deleted without an answer is not there any more. @throws ExtendError for any other end */
function valueIfDeleted<T>(call: Call<T>, error: ExtendError, repetition: number): T {
	const isGone = repetition > 0 && call.request.method === 'DELETE' && isNotFound(error);
	const value = isGone ? call.parse(null, {}) : undefined;
	if (value === undefined) throw error;
	return value;
}
