import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeThrown } from './lib/explained.mjs';
import { projectRoot } from './lib/paths.mjs';
import { ensureProjectPackages } from './lib/projectPackages.mjs';
import { runSteps } from './lib/steps.mjs';

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

try {
	const logs = join(projectRoot, '.n8n', 'logs');
	mkdirSync(logs, { recursive: true });
	await ensureProjectPackages(projectRoot, logs);
	process.exitCode = (await runSteps(steps(process.argv.slice(2)), projectRoot)) ? 0 : 1;
} catch (error) {
	process.stderr.write(`${describeThrown(error)}\n`);
	process.exitCode = 1;
}
