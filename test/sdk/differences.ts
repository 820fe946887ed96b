import type { Snapshot } from './snapshot';
import { TOPICS } from './topics';

export interface Difference {
	topic: string;
	added: string[];
	removed: string[];
	/** Where in our code to look. */
	look: string;
}

/** What the SDK declares differently than recorded, by topic. The order of entries does not count. */
export function findDifferences(known: Snapshot, found: Snapshot): Difference[] {
	return TOPICS.map(({ name, look }) => {
		const [before, now] = [known.topics[name] ?? [], found.topics[name] ?? []];
		const added = now.filter((entry) => !before.includes(entry));
		const removed = before.filter((entry) => !now.includes(entry));
		return { topic: name, added, removed, look };
	}).filter(({ added, removed }) => added.length + removed.length > 0);
}

/** One block for each topic: what came and went, and where to look. */
export function describeDifference({ topic, added, removed, look }: Difference): string {
	const lines = [...removed.map((entry) => `  - ${entry}`), ...added.map((entry) => `  + ${entry}`)];
	return [`${topic}`, ...lines, `  Look at ${look}`].join('\n');
}
