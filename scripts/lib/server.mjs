import { ExplainedError } from './explained.mjs';
import { startChild, stopChild, tailOf, waitForExit } from './processes.mjs';
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
 * @property {string} readyUrl answers with a status below 500 once the server is ready
 * @property {number} limitMs longest time until then
 */

/**
 * Starts a server and returns once it is ready.
 * @param {ServerPlan} plan
 * @returns {Promise<{ ended: Promise<number | string>, stop: () => Promise<void> }>} `ended` resolves when it ends, for whatever reason
 * @throws {ExplainedError} with the end of its log, when it ends before or is not ready in time
 */
export async function startServer(plan) {
	const { command, args, cwd, env, logFile } = plan;
	const child = startChild(command, args, { cwd, env, logFile });
	const ended = waitForExit(child);
	const end = ended.then((how) => ({ how }));
	const ready = lookUntil(() => isReady(plan.readyUrl), { limitMs: plan.limitMs, intervalMs: LOOK_INTERVAL_MS });
	const first = await Promise.race([ready, end]);
	if (first === true) return { ended, stop: () => stopChild(child) };
	await stopChild(child);
	const what = first ? `ended while starting (${first.how})` : `was not ready after ${plan.limitMs / 1_000} s`;
	throw new ExplainedError(`${plan.name} ${what}. The end of its log:\n${tailOf(logFile)}\nThe whole log is ${logFile}`);
}

/**
 * @param {string} url
 * @returns {Promise<true | undefined>}
 */
async function isReady(url) {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		return answer.status < 500 ? true : undefined;
	} catch {
		return undefined; // Not listening yet.
	}
}
