import { createHmac } from 'node:crypto';

/**
 * Headers of a signed delivery: hex HMAC-SHA256 of `v0:<timestamp>:<body>`, keyed with the whole secret.
 * @see https://docs.extend.ai/2026-02-09/product/webhooks/configuration
 */
export function signDelivery(body: string, secret: string, timestampSeconds: number): Record<string, string> {
	const signature = createHmac('sha256', secret).update(`v0:${timestampSeconds}:${body}`).digest('hex');
	return {
		'x-extend-request-timestamp': String(timestampSeconds),
		'x-extend-request-signature': signature,
	};
}
