import base from './jest.config.js';
import { CORE_FOLDERS } from './scripts/lib/coreFolders.mjs';

/** The unit tests, with the coverage of the pure core. @type {import('jest').Config} */
export default {
	...base,
	testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
	collectCoverageFrom: CORE_FOLDERS.map((folder) => `nodes/Extend/${folder}/**/*.ts`),
	coverageDirectory: '.artifacts/coverage',
	// By V8, which leaves the code as it is: n8n takes the text of routing/outputs.ts and runs it elsewhere.
	coverageProvider: 'v8',
	coverageReporters: ['text', 'html'],
	coverageThreshold: { global: { branches: 95 } },
};
