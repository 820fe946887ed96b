import fc from 'fast-check';
import { SEED } from '../support/random';
import { PARSERS } from './fuzz/parsers';
import { withCanary } from './fuzz/watch';

/** `npm run test:faults` tries a million. */
const CASES = 5_000;

describe(`what parses texts from outside (seed ${SEED})`, () => {
	it.each(PARSERS.map((parser) => [parser.name, parser] as const))('throws nothing but its own errors and reaches no key of Object.prototype: %s', async (_, { property, share }) => {
		await withCanary(async () => await fc.assert(property, { seed: SEED, numRuns: Math.max(50, (CASES * share) / 1_000) }));
	});

	it('has a thousand shares in all', () => {
		expect(PARSERS.reduce((sum, { share }) => sum + share, 0)).toBe(1_000);
	});
});
