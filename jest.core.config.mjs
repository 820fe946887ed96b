const base = require('./jest.config.js');

/**
 * The pure core, which knows n8n by its types only: held by its unit tests alone, and closely.
 * `npm run test:coverage` and `npm run test:mutation` are about these folders.
 */
const CORE = ['api', 'runs', 'starting', 'waiting', 'routing', 'webhook'];

/** @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
	collectCoverageFrom: CORE.map((folder) => `nodes/Extend/${folder}/**/*.ts`),
	coverageDirectory: '.artifacts/coverage',
	// By V8, which leaves the code as it is: n8n takes the text of routing/outputs.ts and runs it elsewhere.
	coverageProvider: 'v8',
	coverageReporters: ['text', 'html'],
	coverageThreshold: { global: { branches: 95 } },
};
