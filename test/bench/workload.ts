/** Run times as they are seen in practice: log-normal, most take seconds, a few a minute. */
const MEDIAN_MS = 8_000;
const SIGMA = 0.7;
const LONGEST_MS = 64_000;

/** Numbers in [0, 1), the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A normally distributed number of mean 0 and deviation 1 (Box and Muller). */
function normal(random: () => number): number {
	return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Milliseconds that each document's run takes; the same document takes the same time for every client. */
export function runTimesMs(count: number, seed: number): number[] {
	const random = seededRandom(seed);
	return Array.from({ length: count }, () => Math.round(Math.min(LONGEST_MS, MEDIAN_MS * Math.exp(SIGMA * normal(random)))));
}

/** The text of a document; its number in it tells the stand-in how long its run takes. */
export function textOf(document: number): string {
	return `Document ${document}: INVOICE number ${4_000 + document}. Amount due to the supplier within 14 days.`;
}

/** The number of a document, from its text; NaN for any other text. */
export function numberIn(text: string): number {
	return Number(/^Document (\d+):/.exec(text)?.[1]);
}
