const { base, OLDEST_N8N } = require('./jest.base.js');

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		{ ...base, testMatch: ['<rootDir>/test/{unit,package,scripts,sdk,live,workflow,emulator}/**/*.test.ts'] },
		{
			...OLDEST_N8N,
			testMatch: ['<rootDir>/test/workflow/bothEngines/**/*.test.ts'],
		},
	],
	// Jest heeds it here only, not in a project.
	testTimeout: 30_000,
	// Most tests wait rather than calculate, so more of them run at once than jest would think of on two cores.
	maxWorkers: 3,
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
};
