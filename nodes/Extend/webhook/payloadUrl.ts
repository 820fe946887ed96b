import { isExtendCloud } from '../api/deployment';
import { inputError } from '../api/errors';

/**
 * The address of a payload, if it may be fetched: over https, or from the host of a private deployment.
 * @param baseUrl of the credential
 * @throws ExtendError for any other address, so that a delivery cannot make n8n send requests to its own network
 */
export function checkPayloadUrl(url: string, baseUrl: string): string {
	const target = parseUrl(url);
	if (target?.protocol === 'https:') return target.href;
	const isOwn = !isExtendCloud(baseUrl) && target?.protocol === 'http:' && target.hostname === parseUrl(baseUrl)?.hostname;
	if (isOwn) return target.href;
	throw inputError(
		'Extend sent a payload as a link that does not begin with https://, so it was not fetched for safety',
		'Let Extend send payloads as JSON: remove the payload options of this webhook endpoint in the Extend dashboard.',
	);
}

function parseUrl(url: string): URL | undefined {
	try {
		return new URL(url);
	} catch {
		return undefined;
	}
}
