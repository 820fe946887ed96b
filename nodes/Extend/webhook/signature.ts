import { createHmac, timingSafeEqual } from 'node:crypto';

/** A delivery as it arrived. A repeated header can be an array; its first value counts. */
export interface SignedRequest {
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** The bytes as they were sent: JSON that was parsed and serialized again has another signature. */
	rawBody: Uint8Array;
}

const TIMESTAMP_HEADER = 'x-extend-request-timestamp';
const SIGNATURE_HEADER = 'x-extend-request-signature';
/** @see https://docs.extend.ai/2026-02-09/product/webhooks/configuration both limits are those of Extend's SDKs */
const MAX_AGE_SECONDS = 300;
const MAX_AHEAD_SECONDS = 60;
const SHA256_HEX = /^[0-9a-f]{64}$/;

function headerOf({ headers }: SignedRequest, name: string): string {
	const key = Object.keys(headers).find((each) => each.toLowerCase() === name);
	const value = key === undefined ? undefined : headers[key];
	return (Array.isArray(value) ? value[0] : value) ?? '';
}

/**
 * Why a delivery is rejected, as a sentence; undefined if Extend has signed it within the last five minutes.
 * @param secret of the endpoint, its `wss_` included; without one every delivery is rejected
 */
export function findRejectionReason(request: SignedRequest, secret: string | undefined, nowMs: number): string | undefined {
	if (secret === undefined || secret === '') return 'This trigger has no signing secret. Publish its workflow again to get one.';
	const timestamp = headerOf(request, TIMESTAMP_HEADER);
	const signature = headerOf(request, SIGNATURE_HEADER).toLowerCase();
	if (timestamp === '' || signature === '') return 'The request is not signed.';
	const ageSeconds = Math.floor(nowMs / 1_000) - Number.parseInt(timestamp, 10);
	// A timestamp that is no number makes every comparison false.
	if (!(ageSeconds <= MAX_AGE_SECONDS)) return 'The request is more than five minutes old, or the clock of the n8n server is wrong.';
	if (!(ageSeconds >= -MAX_AHEAD_SECONDS)) return 'The request is more than one minute ahead, or the clock of the n8n server is wrong.';
	const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(request.rawBody).digest();
	const isValid = SHA256_HEX.test(signature) && timingSafeEqual(Buffer.from(signature, 'hex'), expected);
	return isValid ? undefined : 'The signature does not match.';
}
