/** Runs usually finish within seconds, so the first looks come at this distance. */
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Looking after a tenth of a run's age finds it at most about a tenth late, with ever fewer requests. */
const SHARE_OF_AGE = 0.1;
const JITTER = 0.1;

/**
 * Milliseconds from one look at a run to the next.
 * @param ageMs how long the run has been known to be under way
 * @param random in [0, 1)
 */
export function nextLookInMs(ageMs: number, random: number): number {
	const pauseMs = Math.min(Math.max(ageMs * SHARE_OF_AGE, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
	return Math.round(pauseMs * (1 + JITTER * (2 * random - 1)));
}
