import { delimiter } from 'node:path';
import { ExplainedError } from './explained.mjs';
import { runToEnd } from './processes.mjs';

/** What npm reports when it cannot get to the registry. */
const NO_WAY = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/;
const OFFLINE = '\nnpm could not reach its registry. Check that this computer is online, and whether npm needs a proxy, then start again.';

/**
 * Runs npm to its end, on the Node that runs this script.
 * @param {string[]} args
 * @param {{ cwd: string, logFile: string, task: string, env?: NodeJS.ProcessEnv }} options
 */
export async function runNpm(args, options) {
	const [command, ...before] = npmCommand(process.env);
	try {
		await runToEnd(command, [...before, ...args], { ...options, env: options.env ?? cleanEnvironment(process.env) });
	} catch (error) {
		if (error instanceof ExplainedError && NO_WAY.test(error.message)) error.message += OFFLINE;
		throw error;
	}
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
