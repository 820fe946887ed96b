import { isExtendCloud } from '../api/deployment';
import { inputError } from '../api/errors';
import { isPublicHost } from './publicHost';

/**
 * Whether Extend can send events to n8n, as far as the address tells.
 * @param webhookUrl where n8n receives deliveries
 * @param baseUrl of the credential; a private deployment of Extend may reach addresses that Extend's own regions cannot
 */
export function isReachable(webhookUrl: string, baseUrl: string): boolean {
	if (!URL.canParse(webhookUrl)) return false;
	return !isExtendCloud(baseUrl) || (isHttps(webhookUrl) && isPublicHost(new URL(webhookUrl).hostname));
}

/** @throws ExtendError that names the setting of n8n to change, when Extend cannot send events to this address */
export function checkReachable(webhookUrl: string, baseUrl: string): void {
	if (isReachable(webhookUrl, baseUrl)) return;
	const why = isHttps(webhookUrl) ? 'this address exists in your own network only' : 'it does not begin with https://';
	throw inputError(
		`Extend cannot send events to "${webhookUrl}": ${why}`,
		'Set the environment variable WEBHOOK_URL of n8n to the address at which n8n can be reached from the internet, ' +
			'such as https://n8n.example.com/, and restart n8n.',
	);
}

function isHttps(url: string): boolean {
	return URL.canParse(url) && new URL(url).protocol === 'https:';
}
