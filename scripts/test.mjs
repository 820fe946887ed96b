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
		name: 'Lint, with eslint-plugin-n8n-nodes-base 2 and our own limits',
		args: [tool('eslint', 'bin', 'eslint.js'), '--no-inline-config', '-c', 'eslint.n8n-base.config.mjs', '.'],
	},
	{ name: 'Imports, each in its direction', args: [tool('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), 'nodes', 'credentials', 'scripts', 'test'] },
	{ name: 'Types', args: [tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', join('test', 'tsconfig.json')] },
	{ name: 'Build', args: [tool('gulp', 'bin', 'gulp.js'), 'build'] },
	{ name: 'Scan, as n8n does before it verifies a package', args: [join('scripts', 'scan.mjs')] },
	{ name: 'Tests', args: [tool('jest', 'bin', 'jest.js'), ...jestArgs] },
];

await runChecks(steps);
