import { spawn } from 'node:child_process';
import { cleanEnvironment } from './npm.mjs';
import { minutes } from './progress.mjs';

/** @typedef {{ name: string, args: string[], env?: Record<string, string> }} Step `args` are those of node, `env` is in addition */

/**
 * Runs the steps one after the other, each under a header, up to the first that does not succeed.
 * @param {Step[]} steps
 * @param {string} cwd
 * @returns {Promise<boolean>} whether all succeeded
 */
export async function runSteps(steps, cwd) {
	const startMs = Date.now();
	for (const [index, step] of steps.entries()) {
		process.stdout.write(`\n=== ${index + 1}/${steps.length}  ${step.name}\n`);
		const stepStartMs = Date.now();
		const ended = await runStep(step, cwd);
		const took = minutes(Date.now() - stepStartMs);
		process.stdout.write(`=== ${step.name}: ${ended === 0 ? 'passed' : `did not pass (${ended})`} in ${took}\n`);
		if (ended !== 0) return false;
	}
	process.stdout.write(`\nAll ${steps.length} steps passed in ${minutes(Date.now() - startMs)}.\n`);
	return true;
}

/**
 * @param {Step} step
 * @param {string} cwd
 * @returns {Promise<number | string>}
 */
function runStep({ args, env }, cwd) {
	const child = spawn(process.execPath, args, { cwd, stdio: 'inherit', env: { ...cleanEnvironment(process.env), ...env } });
	return new Promise((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (code, signal) => resolve(code ?? signal ?? 'ended'));
	});
}
