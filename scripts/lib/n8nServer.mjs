import { dirname } from 'node:path';
import { cleanEnvironment, withPath } from './npm.mjs';
import { answersHttp, startServer, statusOf } from './server.mjs';

const HOST = '127.0.0.1';
/** Measured: 8 to 20 s; the first start makes the database. */
const READY_LIMIT_MS = 180_000;

/**
 * @typedef {object} N8nPlan
 * @property {string} nodePath Node 24
 * @property {string} n8nScript path of n8n/bin/n8n
 * @property {string} userFolder its data: database, community packages
 * @property {number} port
 * @property {number} brokerPort
 * @property {string} encryptionKey of the stored credentials; the same at every start
 * @property {string} logFile
 * @property {string[]} [command] of n8n's command line: `start`, which is meant when left out, `worker` or `webhook`, with flags
 * @property {string[]} [readableFolders] where its nodes may read files
 * @property {Record<string, string>} [env] more settings of n8n
 */

/**
 * Starts n8n, or one of its processes in queue mode, on 127.0.0.1 and returns once it is ready.
 * @param {N8nPlan} plan
 * @throws {import('./explained.mjs').ExplainedError} with the end of its log, when it does not start
 */
export async function startN8n(plan) {
	const baseUrl = `http://${HOST}:${plan.port}`;
	const { command = ['start'] } = plan;
	const server = await startServer({
		name: 'n8n',
		command: plan.nodePath,
		args: [plan.n8nScript, ...command],
		cwd: plan.userFolder,
		env: n8nEnvironment(plan),
		logFile: plan.logFile,
		isReady: async () => (await answersHttp(`${baseUrl}/healthz/readiness`)) && (command[0] !== 'start' || (await servesRest(baseUrl))),
		limitMs: READY_LIMIT_MS,
	});
	return { baseUrl, ...server };
}

/**
 * Whether it has the routes of its editor. n8n 1 calls itself ready some moments before, and answers 404 until then.
 * @param {string} baseUrl
 */
async function servesRest(baseUrl) {
	const status = await statusOf(`${baseUrl}/rest/login`);
	return status !== undefined && status !== 404;
}

/**
 * Its settings come from here alone: variables meant for another n8n, and the Extend key, are left out.
 * @param {N8nPlan} plan
 * @returns {NodeJS.ProcessEnv}
 * @see https://docs.n8n.io/hosting/configuration/environment-variables/
 */
function n8nEnvironment(plan) {
	const foreign = /^(N8N|DB|EXECUTIONS|QUEUE|WEBHOOK|NODES|EXTEND)_|^(WEBHOOK_URL|NODE_OPTIONS|NODE_PATH|NODE_ENV)$/;
	const inherited = Object.entries(cleanEnvironment(process.env)).filter(([name]) => !foreign.test(name));
	return {
		...withPath(Object.fromEntries(inherited), dirname(plan.nodePath)),
		N8N_USER_FOLDER: plan.userFolder,
		N8N_ENCRYPTION_KEY: plan.encryptionKey,
		N8N_LISTEN_ADDRESS: HOST,
		N8N_PORT: String(plan.port),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: HOST,
		N8N_RUNNERS_BROKER_PORT: String(plan.brokerPort),
		...WORKER_HEALTH,
		QUEUE_HEALTH_CHECK_PORT: String(plan.port),
		// The browser talks http to this computer.
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: [...(plan.readableFolders ?? []), '~/.n8n-files'].join(';'),
		...QUIET,
		...plan.env,
	};
}

/** A worker listens only when it is asked how it is; the other processes do not read these. */
const WORKER_HEALTH = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', N8N_WORKER_SERVER_ADDRESS: HOST };

/** No calls home, no questionnaires. */
const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LOG_LEVEL: 'info',
};
