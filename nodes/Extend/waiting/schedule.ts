/** Runs usually finish within seconds, so the first polls come at this distance. */
const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;
/** Polling after a tenth of a run's age finds it at most about a tenth late, with ever fewer requests. */
const SHARE_OF_AGE = 0.1;
const JITTER = 0.1;
/** One list poll serves all runs, so it may come sooner than the polls of single ones. */
const SHORTEST_LIST_GAP_MS = 300;
const LIST_SHARE_OF_AGE = 0.07;
/** Whether a queue at Extend moves on has to be known well before a timeout. */
const LIST_SHARE_OF_TIMEOUT = 0.1;
/** A run is polled by its ID now and then, whatever the list says of it. */
const TRUST_SHARE_OF_AGE = 0.2;
const SHORTEST_TRUST_MS = 20_000;

function jittered(ms: number, random: number): number {
	return Math.round(ms * (1 + JITTER * (2 * random - 1)));
}

/**
 * Milliseconds from one poll of a run to the next.
 * @param ageMs how long the run has been known to be under way
 * @param random in [0, 1)
 */
export function nextPollInMs(ageMs: number, random: number): number {
	return jittered(Math.min(Math.max(ageMs * SHARE_OF_AGE, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS), random);
}

/**
 * Milliseconds from a poll that did not succeed to the next: soon, since the run may have ended long ago, and twice as
 * late each time, up to the usual distance.
 * @param faults how many polls in a row did not succeed, from 1
 */
export function nextTryInMs(faults: number, ageMs: number, random: number): number {
	return Math.min(jittered(SHORTEST_PAUSE_MS * 2 ** (faults - 1), random), nextPollInMs(ageMs, random));
}

/** Milliseconds from one list poll to the next; the youngest run is the one that can finish soonest for its age. */
export function nextListPollInMs({ youngestAgeMs, timeoutMs }: { youngestAgeMs: number; timeoutMs: number }, random: number): number {
	const longestMs = Math.min(LONGEST_PAUSE_MS, timeoutMs * LIST_SHARE_OF_TIMEOUT);
	return jittered(Math.max(Math.min(youngestAgeMs * LIST_SHARE_OF_AGE, longestMs), SHORTEST_LIST_GAP_MS), random);
}

/** Milliseconds for which the list alone is believed about a run. */
export function trustListForMs(ageMs: number): number {
	return Math.max(ageMs * TRUST_SHARE_OF_AGE, SHORTEST_TRUST_MS);
}
