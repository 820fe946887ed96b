/** @type {import('jest').Config} */
module.exports = {
	roots: ['<rootDir>/test'],
	testMatch: ['<rootDir>/test/{unit,package,scripts,sdk,live,workflow,emulator}/**/*.test.ts'],
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	testTimeout: 30_000,
	// Most tests wait rather than calculate, so more of them run at once than jest would think of on two cores.
	maxWorkers: 3,
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
};
