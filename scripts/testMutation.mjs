import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { CORE_FOLDERS } from './lib/coreFolders.mjs';

/**
 * Tests that the others have to make up for: three play through hours, too slow to be repeated for each mutant, and one
 * takes the text of a function, in which Stryker's marks would stand.
 */
const LEFT_OUT = ['simulation.test', 'watchMany.test', 'rateLimiterAgainstServer.test', 'routing/outputs.test'];

/**
 * Breaks each line of a folder, or of one of its files, in every way that Stryker knows, and looks whether the tests of
 * that folder notice.
 * @param {string} folder
 * @param {string} [file] without its ending
 * @returns {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
function optionsFor(folder, file = '**/*') {
	const testMatch = [`<rootDir>/test/unit/${folder}/**/*.test.ts`];
	return {
		mutate: [`nodes/Extend/${folder}/${file}.ts`],
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
 * What `npm run test:mutation` does, one folder of the pure core after the other; names choose among them, or a single
 * file: npm run test:mutation -- runs api/rateLimiter. A score below 85 % sets the exit code. Results are kept, so that the
 * next time only what has changed is tried again.
 */
const named = process.argv.slice(2);
for (const name of named.length > 0 ? named : CORE_FOLDERS) {
	const [folder = '', file] = name.split('/');
	if (!CORE_FOLDERS.includes(folder)) throw new Error(`${folder} is not one of ${CORE_FOLDERS.join(', ')}`);
	process.stdout.write(`\n=== Mutants in ${name}\n`);
	await new Stryker(optionsFor(folder, file)).runMutationTest();
}
