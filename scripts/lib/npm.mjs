import { delimiter } from 'node:path';
import { runToEnd } from './processes.mjs';

/**
 * Runs npm to its end, on the Node that runs this script.
 * @param {string[]} args
 * @param {{ cwd: string, logFile: string, task: string, env?: NodeJS.ProcessEnv }} options
 */
export async function runNpm(args, options) {
	const [command, ...before] = npmCommand(process.env);
	await runToEnd(command, [...before, ...args], { ...options, env: options.env ?? cleanEnvironment(process.env) });
}

/**
 * The npm that was called, if any, else the one on the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, ...string[]]}
 */
function npmCommand(env) {
	const script = env.npm_execpath;
	return script?.endsWith('npm-cli.js') ? [process.execPath, script] : ['npm'];
}

/**
 * The environment without what `npm start` adds: it hands the settings of this project's .npmrc to everything below,
 * and with them a second npm in another folder would skip the scripts that it is called for.
 * @param {NodeJS.ProcessEnv} env
 */
export function cleanEnvironment(env) {
	const added = /^npm_(package|lifecycle)_|^npm_config_(ignore_scripts|local_prefix|omit_lockfile_registry_resolved)$|^INIT_CWD$/;
	return Object.fromEntries(Object.entries(env).filter(([name]) => !added.test(name)));
}

/**
 * The environment with a folder in front of the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
export function withPath(env, folder) {
	return { ...env, PATH: [folder, env.PATH].filter(Boolean).join(delimiter) };
}
