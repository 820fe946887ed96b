import { ExplainedError } from './explained.mjs';

/** As in nodes/Extend/api/deployment.ts, which is not compiled yet when this is wanted; a test holds the two together. */
export const REGION_BASE_URLS = {
	us: 'https://api.extend.ai',
	us2: 'https://api.us2.extend.app',
	eu: 'https://api.eu1.extend.ai',
};

const API_VERSION = '2026-02-09';
const ANSWER_WITHIN_MS = 10_000;
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
const STAND_IN = 'Without EXTEND_API_KEY a stand-in on this computer answers instead.';

/**
 * Where the account's API is.
 * @param {import('./settings.mjs').ExtendAccount} account
 */
export function addressOf({ region, baseUrl }) {
	return baseUrl ?? REGION_BASE_URLS[/** @type {keyof typeof REGION_BASE_URLS} */ (region)];
}

/**
 * Returns when Extend can be reached and knows the key, which is cheaper to find out before n8n is installed.
 * Through a proxy only n8n gets there, so nothing is asked where one is set.
 * @param {import('./settings.mjs').ExtendAccount} account
 * @param {NodeJS.ProcessEnv} env
 * @throws {ExplainedError} when it is of no use to go on
 */
export async function requireExtend(account, env) {
	if (PROXIES.some((name) => env[name])) return;
	const address = addressOf(account);
	const status = await askExtend(address, account.apiKey);
	if (status === 401) {
		throw new ExplainedError(`Extend at ${address} does not know the key in EXTEND_API_KEY. Copy it again from the Extend dashboard under Developers, and check EXTEND_REGION.`);
	}
	if (status === 403) throw new ExplainedError(`The key in EXTEND_API_KEY may not read classifiers at ${address}. Check its rights in the Extend dashboard.`);
	if (status === 404) throw new ExplainedError(`There is no Extend API at ${address}. Check EXTEND_BASE_URL.`);
}

/**
 * The status of the cheapest read; what the others mean shows in the table of results.
 * @param {string} address
 * @param {string} apiKey
 */
async function askExtend(address, apiKey) {
	const headers = { authorization: `Bearer ${apiKey}`, 'x-extend-api-version': API_VERSION };
	try {
		const url = `${address.replace(/\/+$/, '')}/classifiers?maxPageSize=1`;
		const { status } = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
		return status;
	} catch (error) {
		throw new ExplainedError(`Extend cannot be reached at ${address} (${describeFault(error)}). Check that this computer is online. ${STAND_IN}`);
	}
}

/**
 * Without fetch's own text, in which the key may be quoted.
 * @param {unknown} error
 */
function describeFault(error) {
	if (!(error instanceof Error)) return 'the request could not be sent';
	if (error.name === 'TimeoutError') return `no answer within ${ANSWER_WITHIN_MS / 1_000} s`;
	const { cause } = error;
	return cause instanceof Error && 'code' in cause ? String(cause.code) : 'the request could not be sent';
}
