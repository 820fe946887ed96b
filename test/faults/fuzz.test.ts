import fc from 'fast-check';
import { PARSERS } from '../unit/properties/fuzz/parsers';
import { withCanary } from '../unit/properties/fuzz/watch';
import { SEED } from '../unit/support/random';

const CASES = 1_000_000;

describe(`${CASES} hostile texts (seed ${SEED})`, () => {
	it.each(PARSERS.map((parser) => [(CASES * parser.share) / 1_000, parser.name, parser] as const))('%i %s', async (numRuns, _, { property }) => {
		await withCanary(async () => await fc.assert(property, { seed: SEED, numRuns }));
	});
});
