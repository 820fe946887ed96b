const base = require('./jest.config.js');

/** The long tests: minutes, not seconds. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
	testTimeout: 15 * 60_000,
	maxConcurrency: 100,
	verbose: true,
};
