const base = require('./jest.base.js');

/** The engine of the oldest n8n that is supported, in place of the newest. */
const OLDEST_ENGINE = {
	'^n8n-core$': 'n8n-core-v1',
	'^n8n-workflow$': '<rootDir>/node_modules/n8n-core-v1/node_modules/n8n-workflow',
};

/** @type {import('jest').Config} */
module.exports = {
	projects: [
		{ ...base, testMatch: ['<rootDir>/test/{unit,package,scripts,sdk,live,workflow,emulator}/**/*.test.ts'] },
		{
			...base,
			displayName: 'oldest n8n',
			testMatch: ['<rootDir>/test/workflow/bothEngines/**/*.test.ts'],
			moduleNameMapper: OLDEST_ENGINE,
			setupFiles: ['<rootDir>/test/engine/freeTimers.ts'],
		},
	],
	// Jest heeds it here only, not in a project.
	testTimeout: 30_000,
	// Most tests wait rather than calculate, so more of them run at once than jest would think of on two cores.
	maxWorkers: 3,
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
};
