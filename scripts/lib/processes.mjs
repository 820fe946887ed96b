import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ExplainedError } from './explained.mjs';

const STOP_GRACE_MS = 20_000;

/** Everything that was started and still runs, so that Ctrl+C ends it whatever is going on. */
const running = new Set();

/**
 * @typedef {object} ChildOptions
 * @property {string} cwd
 * @property {string} logFile receives both outputs; emptied first
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Starts a process in a group of its own: a Ctrl+C in the terminal then reaches only us, and we end it in good order.
 * @param {string} command
 * @param {string[]} args
 * @param {ChildOptions} options
 */
export function startChild(command, args, { cwd, logFile, env }) {
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'w');
	const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
	closeSync(log);
	running.add(child);
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
	const child = startChild(command, args, options);
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
 * Asks a process and what it started to end, and insists after 20 s.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stopChild(child) {
	if (!running.has(child)) return;
	const ended = waitForExit(child);
	signalGroup(child, 'SIGTERM');
	const insist = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_GRACE_MS);
	await ended;
	clearTimeout(insist);
}

/** Stops all processes that this one started. */
export async function stopAllChildren() {
	await Promise.all([...running].map(stopChild));
}

/** Ends them at once, for a second Ctrl+C. */
export function killAllChildren() {
	for (const child of running) signalGroup(child, 'SIGKILL');
}

/**
 * What a log says about its end, indented: the first lines that npm marks, since usage texts follow them, else the last lines.
 * @param {string} file
 */
export function tailOf(file, lineCount = 15) {
	const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
	const marked = lines.filter((line) => /^npm error ./.test(line));
	const told = marked.length > 0 ? marked.slice(0, lineCount) : lines.slice(-lineCount);
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
