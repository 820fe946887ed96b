const base = require('./jest.base.js');

/** The long tests: minutes, not seconds. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
	testTimeout: 30 * 60_000,
	// They mostly wait, so that more of them fit onto two cores.
	maxWorkers: 3,
	maxConcurrency: 250,
	verbose: true,
};
