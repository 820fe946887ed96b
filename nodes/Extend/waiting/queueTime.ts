/** So long a queue at Extend can put off a timeout. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

/**
 * The deadline, in ms, of what was still in Extend's queue when the queue was last seen to move on.
 * @param movedOnMs when a run was last seen to finish; the timeout counts from there
 */
export function putOffMs(wait: { sinceMs: number; timeoutMs: number; deadlineMs: number }, movedOnMs: number): number {
	return Math.max(wait.deadlineMs, Math.min(movedOnMs + wait.timeoutMs, wait.sinceMs + LONGEST_WAIT_MS));
}
