import { isExtendCloud } from '../api/deployment';
import { inputError } from '../api/errors';

/**
 * The address of a payload, if it may be fetched: over https, or from the host of a deployment of one's own.
 * @param baseUrl of the credential
 * @throws ExtendError for any other, so that nothing is asked for at addresses that Extend would not send
 */
export function checkPayloadUrl(url: string, baseUrl: string): string {
	const target = parseUrl(url);
	if (target?.protocol === 'https:') return target.href;
	const isOwn = !isExtendCloud(baseUrl) && target?.protocol === 'http:' && target.hostname === parseUrl(baseUrl)?.hostname;
	if (isOwn) return target.href;
	throw inputError(
		'Extend sent the address of a payload that is not fetched for safety, since it is not https',
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
