import { trimEndOf } from './report';
import { PACKAGE_VERSION } from './version';

/** Base URLs of Extend's deployments. @see https://docs.extend.ai/2026-02-09/api-reference/deployments */
export const REGION_BASE_URLS = {
	us: 'https://api.extend.ai',
	us2: 'https://api.us2.extend.app',
	eu: 'https://api.eu1.extend.ai',
} as const;

/** The one API version all requests and webhooks of this package speak. */
export const API_VERSION = '2026-02-09';

/** The fields of the `extendApi` credential as n8n hands them over; nothing in them is checked yet. */
export interface CredentialFields {
	apiKey?: unknown;
	region?: unknown;
	baseUrl?: unknown;
	workspaceId?: unknown;
}

function text(value: unknown): string {
	return typeof value === 'string' ? value.trim() : '';
}

/** The bare API key: surrounding blanks and a pasted `Bearer ` are dropped. */
export function readApiKey({ apiKey }: CredentialFields): string {
	return text(apiKey).replace(/^Bearer(\s+|$)/i, '');
}

/** Whether paths can follow, and whether nothing in it takes the place of the key. */
function isAddress(url: string): boolean {
	if (!/^https?:\/\/[^/\s?#][^?#]*$/i.test(url) || !URL.canParse(url)) return false;
	const { username, password } = new URL(url);
	return username === '' && password === '';
}

/** The base URL without a trailing slash; undefined where a custom one is no address that begins with http:// or https://. */
export function readBaseUrl({ region, baseUrl }: CredentialFields): string | undefined {
	if (region !== 'custom') {
		const known = Object.entries(REGION_BASE_URLS).find(([name]) => name === region);
		return known?.[1] ?? REGION_BASE_URLS.us;
	}
	const url = trimEndOf(text(baseUrl), '/');
	return isAddress(url) ? url : undefined;
}

/** Whether the base URL is one of Extend's own deployments, on the internet. */
export function isExtendCloud(baseUrl: string): boolean {
	const { host } = new URL(baseUrl);
	return Object.values(REGION_BASE_URLS).some((url) => new URL(url).host === host);
}

/**
 * Headers of every request.
 * @see https://docs.extend.ai/2026-02-09/developers/api-versioning without the version header old keys get an old format
 * @see https://docs.extend.ai/2026-02-09/api-reference/authentication organization keys need the workspace header
 */
export function buildHeaders(credential: CredentialFields): Record<string, string> {
	const workspaceId = text(credential.workspaceId);
	return {
		Authorization: `Bearer ${readApiKey(credential)}`,
		'User-Agent': `n8n-nodes-extend-ai/${PACKAGE_VERSION}`,
		'x-extend-api-version': API_VERSION,
		...(workspaceId === '' ? {} : { 'x-extend-workspace-id': workspaceId }),
	};
}
