import type { HttpAnswer } from './http';
import { plainText } from './report';

/** Answers that are not Extend's own: pages of proxies, firewalls and gateways, and where a redirect leads. */

const CHECK_PROXY = 'Check the proxy or firewall between n8n and Extend, and the region or the Base URL in the credential.';
const SIGN_IN_TO_PROXY = 'The proxy wants a user name and a password: put them into the proxy settings of n8n (HTTPS_PROXY, HTTP_PROXY).';
const PROXY_WANTS_SIGN_IN = 407;
/** What these mean does not depend on who answers. */
const CLEAR_STATUSES = new Set([408, 413, 415, 429]);

/** Whether an answer is the page of a server between n8n and Extend, which itself answers in JSON. */
export function isPage({ status, headers, text }: HttpAnswer): boolean {
	if (status === PROXY_WANTS_SIGN_IN || /^\s{0,100}</.test(text)) return true;
	return /\bhtml\b/i.test((headers['content-type'] ?? '').slice(0, MAX_TYPE_LENGTH)) && !/^\s{0,100}[[{]/.test(text);
}

const MAX_TYPE_LENGTH = 100;

/** What to do about a page; undefined where its status says it all. */
export function adviceForPage(status: number): string | undefined {
	if (status === PROXY_WANTS_SIGN_IN) return SIGN_IN_TO_PROXY;
	return status >= 500 || CLEAR_STATUSES.has(status) ? undefined : CHECK_PROXY;
}

const MAX_PLACE_LENGTH = 300;

/** Where a redirect leads, for a message; without what can hold secrets. Undefined for anything else. */
export function redirectTarget({ status, headers }: HttpAnswer): string | undefined {
	if (status < 300 || status >= 400) return undefined;
	const [place = ''] = plainText(headers.location ?? '', MAX_PLACE_LENGTH).split(/[?#]/);
	const withoutUser = place.replace(/^([a-z]{1,10}:)?\/\/[^/@]{0,300}@/i, '$1//');
	return withoutUser === '' ? undefined : withoutUser;
}
