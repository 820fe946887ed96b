const base = require('./jest.config.js');

/** The long tests: minutes, not seconds. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
	testTimeout: 30 * 60_000,
	maxWorkers: 2,
	maxConcurrency: 250,
	verbose: true,
};
