import { isExtendCloud } from '../api/deployment';
import { inputError } from '../api/errors';

/** Names and addresses that mean something inside a house only. */
const PRIVATE_HOST = /^(localhost|.+\.(localhost|local|internal)|(127|10)(\.\d+){3}|(192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))(\.\d+){2}|0\.0\.0\.0|\[(::1?|f[cd].*|fe80.*)\])$/;

/** Whether Extend can send events to n8n, as far as the address tells. */
export function isReachable(webhookUrl: string, baseUrl: string): boolean {
	if (!URL.canParse(webhookUrl)) return false;
	const { protocol, hostname } = new URL(webhookUrl);
	return !isExtendCloud(baseUrl) || (protocol === 'https:' && !PRIVATE_HOST.test(hostname));
}

/**
 * Checks that Extend can send events to n8n, as far as the address tells.
 * @param webhookUrl where n8n takes deliveries
 * @param baseUrl of the credential; a deployment of one's own may be in the same house
 * @throws ExtendError that names the setting of n8n to change
 */
export function checkReachable(webhookUrl: string, baseUrl: string): void {
	if (isReachable(webhookUrl, baseUrl)) return;
	const isHttps = webhookUrl.startsWith('https://') && URL.canParse(webhookUrl);
	const why = isHttps ? 'an address that exists in your own network only' : 'no https address';
	throw inputError(
		`Extend cannot send events to "${webhookUrl}": it is ${why}`,
		'Set the environment variable WEBHOOK_URL of n8n to the address under which n8n is reached from the internet, such as https://n8n.example.com/, and start n8n again.',
	);
}
