/**
 * For scripts/testMutation.mjs, which adds the folder and its tests.
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	coverageAnalysis: 'perTest',
	jest: {
		configFile: 'jest.core.config.mjs',
		// They play through hours: too slow to be repeated for each mutant. The other tests have to suffice.
		config: { testPathIgnorePatterns: ['simulation.test', 'watchMany.test', 'paceAgainstServer.test'] },
	},
	ignorePatterns: ['dist', 'docs', 'examples', 'coverage', '*.tgz'],
	incremental: true,
	concurrency: 2,
	// A busy computer must not pass for a test that has noticed something.
	timeoutMS: 30_000,
	timeoutFactor: 3,
	reporters: ['progress-append-only', 'clear-text'],
	clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, logTests: false },
	tempDirName: '.artifacts/mutation/sandbox',
	thresholds: { high: 95, low: 90, break: 85 },
};
