import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { CORE_FOLDERS } from './lib/coreFolders.mjs';

/**
 * Tests that the others have to make up for: three play through hours, too slow to be repeated for each mutant, and one
 * takes the text of a function, in which Stryker's marks would stand.
 */
const LEFT_OUT = ['simulation.test', 'watchMany.test', 'paceAgainstServer.test', 'routing/outputs.test'];

/**
 * Breaks each line of a folder in every way that Stryker knows, and looks whether the tests of that folder notice.
 * @param {string} folder
 * @returns {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
function optionsFor(folder) {
	const testMatch = [`<rootDir>/test/unit/${folder}/**/*.test.ts`];
	return {
		mutate: [`nodes/Extend/${folder}/**/*.ts`],
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner'],
		coverageAnalysis: 'perTest',
		jest: { configFile: 'jest.core.config.mjs', config: { testMatch, testPathIgnorePatterns: LEFT_OUT } },
		ignorePatterns: ['dist', 'docs', 'examples', 'coverage', '*.tgz'],
		incremental: true,
		incrementalFile: join('.artifacts', 'mutation', `${folder}.json`),
		// A busy computer must not pass for a test that has noticed something.
		timeoutMS: 30_000,
		timeoutFactor: 3,
		reporters: ['progress-append-only', 'clear-text'],
		clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false },
		tempDirName: join('.artifacts', 'mutation', 'sandbox'),
		thresholds: { high: 95, low: 90, break: 85 },
	};
}

/**
 * What `npm run test:mutation` does, one folder of the pure core after the other; names of folders choose among them:
 * npm run test:mutation -- api runs. A folder below 85 % sets the exit code. Results are kept, so that the next time
 * only what has changed is tried again.
 */
const only = process.argv.slice(2);
for (const folder of CORE_FOLDERS.filter((name) => only.length === 0 || only.includes(name))) {
	process.stdout.write(`\n=== Mutants in ${folder}\n`);
	await new Stryker(optionsFor(folder)).runMutationTest();
}
