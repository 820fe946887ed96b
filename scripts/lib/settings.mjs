import { ExplainedError } from './explained.mjs';
import { REGION_BASE_URLS } from './extendAccount.mjs';

export const HELP = `npm start            Starts n8n with these nodes on this computer, and classifies the sample documents.
npm start -- --once  The same, then ends: exit code 0 when every document got the expected category.
npm start -- --help  This text.

The first start installs n8n and Node 24 into the folder .n8n (4.5 GB of free space, some minutes); later ones take seconds.
Without an API key a local stand-in for Extend answers: it looks for keywords and costs nothing.

Environment variables:
  EXTEND_API_KEY           your Extend API key; the documents then go to Extend, which uses credits
  EXTEND_REGION            region of the key: us (default), us2 or eu
  EXTEND_BASE_URL          another address of the Extend API, instead of a region
  EXTEND_DEMO_DIR          folder for n8n and its data (default .n8n)
  EXTEND_STAND_IN_PORT     port of the stand-in (default 8787)
  N8N_PORT                 port of n8n (default 5678)
  N8N_RUNNERS_BROKER_PORT  second port that n8n needs (default N8N_PORT + 1)`;

const LAST_PORT = 65_535;

/**
 * What the flags ask for.
 * @param {string[]} args
 * @throws {ExplainedError} on a flag that does not exist
 */
export function readFlags(args) {
	const unknown = args.find((arg) => !['--once', '--help', '-h'].includes(arg));
	if (unknown !== undefined) {
		throw new ExplainedError(`There is no flag "${unknown}". What there is:\n\n${HELP}`);
	}
	return { once: args.includes('--once'), help: args.includes('--help') || args.includes('-h') };
}

/**
 * What the environment asks for. `extend` is undefined when the stand-in shall answer.
 * @param {NodeJS.ProcessEnv} env
 * @throws {ExplainedError} on a value that cannot be used
 */
export function readSettings(env) {
	const n8nPort = readPort(env, 'N8N_PORT', 5678);
	return {
		demoDir: readDemoDir(env),
		n8nPort,
		// Another n8n on this computer also holds the port after its own, so the broker moves along.
		brokerPort: readPort(env, 'N8N_RUNNERS_BROKER_PORT', n8nPort < LAST_PORT ? n8nPort + 1 : n8nPort - 1),
		standInPort: readPort(env, 'EXTEND_STAND_IN_PORT', 8787),
		extend: readExtendAccount(env),
	};
}

/**
 * The folder for n8n, absolute or relative to the project.
 * @param {NodeJS.ProcessEnv} env
 */
export function readDemoDir(env) {
	return env.EXTEND_DEMO_DIR?.trim() || '.n8n';
}

/** @typedef {ReturnType<typeof readSettings>} Settings */
/** @typedef {{ apiKey: string, region: string, baseUrl?: string }} ExtendAccount */

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {string} name
 * @param {number} fallback
 */
function readPort(env, name, fallback) {
	const text = env[name]?.trim();
	const port = text ? Number(text) : fallback;
	if (!Number.isInteger(port) || port < 1 || port > LAST_PORT) {
		throw new ExplainedError(`${name} is "${text ?? port}", which is no port. Give a number from 1 to ${LAST_PORT}.`);
	}
	return port;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {ExtendAccount | undefined}
 */
function readExtendAccount(env) {
	const apiKey = env.EXTEND_API_KEY?.trim().replace(/^Bearer\s+/i, '');
	const baseUrl = env.EXTEND_BASE_URL?.trim();
	if (!apiKey) {
		if (!baseUrl && !env.EXTEND_REGION?.trim()) return undefined;
		throw new ExplainedError('EXTEND_REGION or EXTEND_BASE_URL is set, but EXTEND_API_KEY is not. Set it too, or none of them.');
	}
	if (baseUrl) return { apiKey, region: 'custom', baseUrl: checkAddress(baseUrl) };
	const region = env.EXTEND_REGION?.trim() || 'us';
	const regions = Object.keys(REGION_BASE_URLS);
	if (!regions.includes(region)) throw new ExplainedError(`EXTEND_REGION is "${region}". Give one of ${regions.join(', ')}.`);
	return { apiKey, region };
}

/** @param {string} baseUrl */
function checkAddress(baseUrl) {
	if (/^https?:\/\//i.test(baseUrl) && URL.canParse(baseUrl)) return baseUrl;
	throw new ExplainedError(`EXTEND_BASE_URL is "${baseUrl}". Give a whole address, such as https://extend.example.com`);
}
