import type { Lab } from './lab/lab';

/** Facts in words, by name: what can be compared. */
export type Facts = Record<string, string>;

export interface Finding {
	facts: Facts;
	/** What a person may want to read, but differs from call to call. */
	seen?: string[];
}

/** Something about the API that is written down nowhere, and can be found out by a client. */
export interface Question {
	/** The key of its answer among what the stand-in believes. */
	name: string;
	asks: string;
	/** The most that asking can cost. */
	maxCredits: (settings: Lab['settings']) => number;
	/** Why it cannot be asked here; undefined when it can. */
	obstacle?: (lab: Pick<Lab, 'settings' | 'http'>) => string | undefined;
	/** @throws NotAskable, BoundReached, Stopped, or whatever kept it from an answer */
	ask: (lab: Lab) => Promise<Finding>;
}

/** Thrown when it turns out on the way that something is missing. */
export class NotAskable extends Error {}

export const free = () => 0;
