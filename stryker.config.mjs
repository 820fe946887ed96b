import core from './jest.core.config.js';

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
	mutate: core.collectCoverageFrom,
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	coverageAnalysis: 'perTest',
	// Without those that try hundreds of cases in one test: they take seconds for each mutant, and the others have to suffice.
	jest: { configFile: 'jest.core.config.js', config: { testPathIgnorePatterns: ['/properties/', 'simulation.test.ts'] } },
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
