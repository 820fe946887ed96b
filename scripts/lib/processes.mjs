import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ExplainedError } from './explained.mjs';

/** A server may finish what it does. */
const SERVER_GRACE_MS = 20_000;
/** An npm would undo a whole install first; what it leaves half done is made anew at the next start anyway. */
const COMMAND_GRACE_MS = 2_000;
/** Lines quoted from each end of a log. */
const TOLD_LINES = 8;

/**
 * Everything that was started and still runs, with the time it gets to end: Ctrl+C ends it whatever is going on.
 * @type {Map<import('node:child_process').ChildProcess, number>}
 */
const running = new Map();

// They have process groups of their own, so nothing else would end them after a crash of this one.
process.once('exit', killAllChildren);

/**
 * @typedef {object} ChildOptions
 * @property {string} cwd
 * @property {string} logFile receives both outputs; emptied first
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [graceMs] time it gets to end when asked to; 20 s when left out
 * @property {{ uid: number, gid: number }} [user] whom it runs as; the same user when left out
 */

/**
 * Starts a process in a group of its own: a Ctrl+C in the terminal then reaches only us, and we end it in good order.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} options
 */
export function startChild(command, args, { cwd, logFile, env, graceMs = SERVER_GRACE_MS, user }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	const child = spawn(command, args, { cwd, env, ...user, detached: true, stdio: ['ignore', log, log] });
	closeSync(log);
	running.set(child, graceMs);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions & { task: string }} options `task` says in the message what did not succeed
 * @throws {ExplainedError} with the last lines of its output
 */
export async function runToEnd(command, args, options) {
	const child = startChild(command, args, { ...options, graceMs: COMMAND_GRACE_MS });
	const ended = await waitForExit(child);
	if (ended === 0) return;
	const { task, logFile } = options;
	throw new ExplainedError(`${task} did not succeed (${ended}).\n${tailOf(logFile)}\nThe whole output is in ${logFile}`);
}

/**
 * Its exit code, or a word about why there is none.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number | string>}
 */
export function waitForExit(child) {
	return new Promise((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', (code, signal) => resolve(code ?? signal ?? 'ended'));
	});
}

/**
 * Asks a process and what it started to end, and insists when its time is over.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stopChild(child) {
	const graceMs = running.get(child);
	if (graceMs === undefined) return;
	const ended = waitForExit(child);
	signalGroup(child, 'SIGTERM');
	const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
	await ended;
	clearTimeout(insist);
}

/**
 * Ends a process and what it started at once, as a power cut would, and returns when it is gone.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function killChild(child) {
	if (!running.has(child)) return;
	const ended = waitForExit(child);
	signalGroup(child, 'SIGKILL');
	await ended;
}

/** Stops all processes that this one started. */
export async function stopAllChildren() {
	await Promise.all([...running.keys()].map(stopChild));
}

/** Ends them at once. */
export function killAllChildren() {
	for (const child of running.keys()) signalGroup(child, 'SIGKILL');
}

/**
 * The lines of a log that tell why something ended, indented: the last ones. Of an npm that did not succeed also the
 * first that it marks, since usage texts or a compiler's whole output follow them.
 * @param {string} file
 */
export function tailOf(file) {
	const lines = readFileSync(file, 'utf8').split('\n').filter((line) => /\S/.test(line) && !/^npm (warn|error)\s*$|^npm warn/.test(line));
	const marked = lines.filter((line) => line.startsWith('npm error'));
	const told = marked.length > 2 * TOLD_LINES ? [...marked.slice(0, TOLD_LINES), '...', ...marked.slice(-TOLD_LINES)] : lines.slice(-2 * TOLD_LINES);
	return told.map((line) => `  ${line}`).join('\n');
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
	if (child.pid === undefined) return;
	try {
		process.kill(-child.pid, signal);
	} catch {
		// It ended by itself in between.
	}
}
