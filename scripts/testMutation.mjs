import { join } from 'node:path';
import { runChecks } from './lib/checks.mjs';
import { CORE_FOLDERS } from './lib/coreFolders.mjs';
import { projectRoot } from './lib/paths.mjs';

const stryker = join(projectRoot, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

/**
 * What `npm run test:mutation` does: breaks each line of a folder of the pure core, and looks whether the tests of that
 * folder notice. Arguments choose among the folders, and go to Stryker from the first that begins with a dash:
 * npm run test:mutation -- api runs --concurrency 1
 * @param {string[]} args
 */
function stepsFor(args) {
	const firstOption = args.findIndex((arg) => arg.startsWith('-'));
	const only = firstOption === -1 ? args : args.slice(0, firstOption);
	const options = args.slice(only.length);
	const folders = CORE_FOLDERS.filter((folder) => only.length === 0 || only.includes(folder));
	return folders.map((folder) => ({
		name: `Mutants in ${folder}`,
		args: [
			...[stryker, 'run', '--mutate', `nodes/Extend/${folder}/**/*.ts`, '--testFiles', `test/unit/${folder}/**/*.test.ts`],
			...['--incrementalFile', join('.artifacts', 'mutation', `${folder}.json`), ...options],
		],
	}));
}

await runChecks(stepsFor);
