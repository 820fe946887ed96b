import { base } from './jest.base.js';
import { CORE_FOLDERS } from './scripts/lib/coreFolders.mjs';

/** The unit tests, with the coverage of the pure core. @type {import('jest').Config} */
export default {
	...base,
	// With the sources, or those that no test loads would not count.
	roots: ['<rootDir>/test', '<rootDir>/nodes'],
	testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
	collectCoverageFrom: CORE_FOLDERS.map((folder) => `nodes/Extend/${folder}/**/*.ts`),
	coverageDirectory: '.artifacts/coverage',
	coverageReporters: ['text', 'html'],
	coverageThreshold: { global: { branches: 95 } },
};
