import core from './jest.core.config.js';

/** Tests that play through hours, or hundreds of generated cases: too slow to be repeated for each mutant. The others have to suffice. */
const SIMULATIONS = ['/properties/', 'simulation.test', 'watchMany.test', 'paceAgainstServer.test'];

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: core.collectCoverageFrom,
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	coverageAnalysis: 'perTest',
	jest: { configFile: 'jest.core.config.js', config: { testPathIgnorePatterns: SIMULATIONS } },
	ignorePatterns: ['dist', 'docs', 'examples', 'coverage', '*.tgz'],
	concurrency: 2,
	incremental: true,
	incrementalFile: '.artifacts/mutation/incremental.json',
	htmlReporter: { fileName: '.artifacts/mutation/index.html' },
	jsonReporter: { fileName: '.artifacts/mutation/report.json' },
	reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
	clearTextReporter: { allowColor: false, reportTests: false, allowEmojis: false },
	tempDirName: '.artifacts/mutation/sandbox',
	thresholds: { high: 95, low: 90, break: 85 },
};
