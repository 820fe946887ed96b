/** An error whose message is all that the person at the terminal needs: what happened and what to do, no stack. */
export class ExplainedError extends Error {}

/**
 * Text of anything that was thrown: the bare message when it explains itself, else with the stack.
 * @param {unknown} thrown
 */
export function describeThrown(thrown) {
	if (thrown instanceof ExplainedError) return thrown.message;
	return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
