import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { projectRoot } from './lib/paths.mjs';

/**
 * A command line tool of the project's packages, to be run by node itself: npx would ask before it installs.
 * @param {string[]} path below node_modules
 */
const tool = (...path) => join(projectRoot, 'node_modules', ...path);

/**
 * What `npm test` does, in this order. Further arguments go to jest: npm test -- backoff
 * @param {string[]} jestArgs
 */
const steps = (jestArgs) => [
	{ name: 'Lint, with the rules n8n verifies packages by', args: [tool('@n8n', 'node-cli', 'bin', 'n8n-node.mjs'), 'lint'] },
	{
		name: 'Lint, with eslint-plugin-n8n-nodes-base 2',
		args: [tool('eslint', 'bin', 'eslint.js'), '-c', 'eslint.n8n-base.config.mjs', '.'],
	},
	{ name: 'Types', args: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', join('test', 'tsconfig.json')] },
	{ name: 'Build', args: [tool('gulp', 'bin', 'gulp.js'), 'build'] },
	{ name: 'Scan, as n8n does before it verifies a package', args: [join('scripts', 'scan.mjs')] },
	{ name: 'Tests', args: [tool('jest', 'bin', 'jest.js'), ...jestArgs] },
];

await runChecks(steps);
