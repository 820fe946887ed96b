/** @param {number} durationMs */
export function pause(durationMs) {
	return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/**
 * Looks again and again until there is a result; undefined when the time is over.
 * @template T
 * @param {() => Promise<T | undefined>} look
 * @param {{ limitMs: number, intervalMs: number }} times
 * @returns {Promise<T | undefined>}
 */
export async function lookUntil(look, { limitMs, intervalMs }) {
	const endMs = Date.now() + limitMs;
	while (Date.now() < endMs) {
		const found = await look();
		if (found !== undefined) return found;
		await pause(intervalMs);
	}
	return undefined;
}
