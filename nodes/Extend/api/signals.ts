/** What is to happen when a signal ends, by signal. */
const actsBySignal = new WeakMap<AbortSignal, Set<() => void>>();

function start(this: AbortSignal): void {
	const acts = actsBySignal.get(this) ?? [];
	actsBySignal.delete(this);
	for (const act of acts) act();
}

/**
 * Acts when the signal ends, at once if it has. The signal has one listener, however many act: an execution sends
 * hundreds of requests that all end with its Stop, and Node warns of a leak from the eleventh listener on.
 * @returns takes it back; nothing stays at the signal when nobody acts any more
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): () => void {
	if (signal === undefined) return () => undefined;
	if (signal.aborted) act();
	if (signal.aborted) return () => undefined;
	const acts = actsBySignal.get(signal) ?? new Set();
	if (acts.size === 0) signal.addEventListener('abort', start, { once: true });
	// The same function given twice acts twice.
	const once = (): void => act();
	actsBySignal.set(signal, acts.add(once));
	return () => {
		if (acts.delete(once) && acts.size === 0) signal.removeEventListener('abort', start);
	};
}

/**
 * A signal that ends when the first of these does.
 *
 * Not AbortSignal.any: the garbage collector may take a timeout that nothing else holds, which then never ends anything;
 * a listener keeps it.
 * @see https://github.com/nodejs/node/issues/57736
 */
export function firstToEnd(signals: Array<AbortSignal | undefined>): AbortSignal {
	const ending = new AbortController();
	const releases = signals.map((signal) => onAbort(signal, () => ending.abort()));
	onAbort(ending.signal, () => releases.forEach((release) => release()));
	return ending.signal;
}
