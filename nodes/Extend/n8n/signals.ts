/**
 * A signal that ends when the first of these does.
 *
 * Not AbortSignal.any: the garbage collector may take a timeout that nothing else holds, which then never ends anything;
 * a listener keeps it.
 * @see https://github.com/nodejs/node/issues/57736
 */
export function firstToEnd(signals: Array<AbortSignal | undefined>): AbortSignal {
	const ending = new AbortController();
	const end = (): void => ending.abort();
	for (const signal of signals) {
		signal?.addEventListener('abort', end, { signal: ending.signal });
		if (signal?.aborted === true) end();
	}
	return ending.signal;
}
