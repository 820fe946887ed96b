/** What all tests have in common; of one project where there are several. @type {import('jest').Config} */
const base = {
	rootDir: __dirname,
	roots: ['<rootDir>/test'],
	testEnvironment: 'node',
	transform: {
		'^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
	},
	testTimeout: 30_000,
};

/** The same with the engine of the oldest n8n that is supported, in place of the newest. @type {import('jest').Config} */
const OLDEST_N8N = {
	...base,
	displayName: 'oldest n8n',
	moduleNameMapper: {
		'^n8n-core$': 'n8n-core-v1',
		'^n8n-workflow$': '<rootDir>/node_modules/n8n-core-v1/node_modules/n8n-workflow',
	},
	setupFiles: ['<rootDir>/test/engine/freeTimers.ts'],
};

module.exports = { base, OLDEST_N8N };
