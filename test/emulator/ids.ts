const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 21;

export type NextId = (prefix: string) => string;

/**
 * A source of IDs such as `clr_N3kd82LmQpXz7VbTyR4sC`; the same seed gives the same sequence.
 * Not for secrets: Math.imul mixing (the public-domain "mulberry32") is merely well spread.
 */
export function createIds(seed: number): NextId {
	let state = seed >>> 0;
	const random = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const letter = () => ALPHABET.charAt(Math.floor(random() * ALPHABET.length));
	return (prefix) => `${prefix}_${Array.from({ length: LENGTH }, letter).join('')}`;
}
