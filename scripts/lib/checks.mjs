import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeThrown } from './explained.mjs';
import { projectRoot } from './paths.mjs';
import { ensureProjectPackages } from './projectPackages.mjs';
import { runSteps } from './steps.mjs';

/**
 * A command that checks the project: installs its packages where they are missing, runs the steps, sets the exit code.
 * @param {(args: string[]) => import('./steps.mjs').Step[]} stepsFor the arguments of the command line
 */
export async function runChecks(stepsFor) {
	try {
		const logs = join(projectRoot, '.n8n', 'logs');
		mkdirSync(logs, { recursive: true });
		await ensureProjectPackages(projectRoot, logs);
		process.exitCode = (await runSteps(stepsFor(process.argv.slice(2)), projectRoot)) ? 0 : 1;
	} catch (error) {
		process.stderr.write(`${describeThrown(error)}\n`);
		process.exitCode = 1;
	}
}
