/* eslint-disable @n8n/community-nodes/no-restricted-globals */

/**
 * What `work` gives with a signal that ends after so many milliseconds or with `signal`.
 * Not AbortSignal.any: the garbage collector may take a timeout that nothing else holds.
 */
export async function withTimeLimit<T>(signal: AbortSignal, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const over = new AbortController();
	const end = (): void => over.abort();
	const timer = setTimeout(end, ms);
	signal.addEventListener('abort', end);
	if (signal.aborted) end();
	try {
		return await work(over.signal);
	} finally {
		clearTimeout(timer);
		signal.removeEventListener('abort', end);
	}
}
