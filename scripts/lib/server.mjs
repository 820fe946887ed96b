import { ExplainedError } from './explained.mjs';
import { killChild, startChild, stopChild, tailOf, waitForExit } from './processes.mjs';
import { lookUntil } from './waiting.mjs';

const LOOK_INTERVAL_MS = 300;

/**
 * @typedef {object} ServerPlan
 * @property {string} name as people call it
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {string} logFile
 * @property {() => Promise<boolean>} isReady asked again and again until it is so; see answersHttp
 * @property {number} limitMs longest time until then
 * @property {{ uid: number, gid: number }} [user] whom it runs as; the same user when left out
 */

/**
 * A server that was started. `ended` resolves when it ends, for whatever reason; `kill` leaves it no time for anything.
 * @typedef {{ ended: Promise<number | string>, stop: () => Promise<void>, kill: () => Promise<void> }} Server
 */

/**
 * Starts a server and returns once it is ready.
 * @param {ServerPlan} plan
 * @returns {Promise<Server>}
 * @throws {ExplainedError} with the end of its log, when it ends before or is not ready in time
 */
export async function startServer(plan) {
	const { command, args, cwd, env, logFile, user } = plan;
	const child = startChild(command, args, { cwd, env, logFile, user });
	const ended = waitForExit(child);
	const end = ended.then((how) => ({ how }));
	const ready = lookUntil(async () => (await plan.isReady()) || undefined, { limitMs: plan.limitMs, intervalMs: LOOK_INTERVAL_MS });
	const first = await Promise.race([ready, end]);
	if (first === true) return { ended, stop: () => stopChild(child), kill: () => killChild(child) };
	await stopChild(child);
	const what = first ? `ended while starting (${first.how})` : `was not ready after ${plan.limitMs / 1_000} s`;
	throw new ExplainedError(`${plan.name} ${what}. The end of its log:\n${tailOf(logFile)}\nThe whole log is ${logFile}`);
}

/**
 * Whether the address answers with a status below 500.
 * @param {string} url
 */
export async function answersHttp(url) {
	const status = await statusOf(url);
	return status !== undefined && status < 500;
}

/**
 * The status that the address answers with; undefined when nothing answers.
 * @param {string} url
 */
export async function statusOf(url) {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status;
	} catch {
		return undefined; // Not listening yet.
	}
}
