import { COVERS, type Covers } from './coverage';
import { LEFT_OUT } from './leftOut';
import type { Snapshot } from './snapshot';
import { TOPICS } from './topics';

export interface Gap {
	topic: string;
	entry: string;
	text: string;
}

/** `name?: type` -> name; a value is itself. */
function nameOf(entry: string): string {
	return /^([\w-]+)\??: /.exec(entry)?.[1] ?? entry;
}

/**
 * Where our code does not match what is recorded: entries it has no place for, and notes on what is left out
 * that are out of date.
 */
export function findGaps(known: Snapshot, covers: Record<string, Covers> = COVERS, leftOut = LEFT_OUT): Gap[] {
	return TOPICS.flatMap(({ name: topic, look }) => {
		const isCovered = covers[topic];
		if (isCovered === undefined) return [];
		const entries = (known.topics[topic] ?? []).map(nameOf);
		const notes = leftOut[topic] ?? {};
		const missing = entries.filter((entry) => !isCovered(entry) && !(entry in notes));
		const stale = Object.keys(notes).filter((entry) => !entries.includes(entry) || isCovered(entry));
		return [
			...missing.map((entry) => ({ topic, entry, text: `our code has no place for it; look at ${look}, or say in test/sdk/leftOut.ts why not` })),
			...stale.map((entry) => ({ topic, entry, text: 'is noted as left out in test/sdk/leftOut.ts, but is used or gone' })),
		];
	});
}

/** "failure reasons, TOO_LARGE: our code has no place for it; …" */
export function describeGap({ topic, entry, text }: Gap): string {
	return `${topic}, ${entry}: ${text}`;
}
