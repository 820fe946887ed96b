/* eslint-disable @n8n/community-nodes/no-restricted-imports -- compresses bodies */
import { gzipSync } from 'node:zlib';
import { signDelivery } from '../emulator/webhooks/signature';
import { PROCESSED } from './triggerStage';

export const FORGED_RUN = 'clr_forged';
const BODY = JSON.stringify({
	eventId: 'evt_forged',
	eventType: PROCESSED,
	payload: { object: 'classify_run', id: FORGED_RUN, status: 'PROCESSED', output: { id: 'invoice', type: 'invoice', confidence: 0.9, insights: [] } },
});
const OTHER_BODY = BODY.replace('0.9', '1.0');
const JSON_TYPE = { 'content-type': 'application/json' };

interface Sent {
	headers: Record<string, string>;
	body: RequestInit['body'];
}

/** As Extend sends it. */
export function genuineDelivery(secret: string, ageSeconds = 0): Sent {
	return { headers: { ...JSON_TYPE, ...signDelivery(BODY, secret, Math.floor(Date.now() / 1_000) - ageSeconds) }, body: BODY };
}

/** What may come to a webhook's address and is not from Extend, by what is wrong with it. */
export function forgedDeliveries(secret: string): Record<string, Sent> {
	const { headers } = genuineDelivery(secret);
	const form = new FormData();
	form.append('data', new Blob([BODY]), 'event.json');
	const ofType = (type: string, body: RequestInit['body'] = OTHER_BODY): Sent => ({ headers: { ...headers, 'content-type': type }, body });
	return {
		'no signature': { headers: JSON_TYPE, body: BODY },
		'the signature of another secret': genuineDelivery('wss_other'),
		'a signature without the secret\'s beginning': genuineDelivery(secret.replace('wss_', '')),
		'another body': { headers, body: OTHER_BODY },
		'no body': { headers, body: '' },
		'the body written in another way': { headers, body: JSON.stringify(JSON.parse(BODY), null, 1) },
		'too old': genuineDelivery(secret, 310),
		'from the future': genuineDelivery(secret, -70),
		'the signature twice': { headers: { ...headers, 'x-extend-request-signature': `${headers['x-extend-request-signature']}, ${headers['x-extend-request-signature']}` }, body: BODY },
		'another body, compressed': { headers: { ...headers, 'content-encoding': 'gzip' }, body: new Uint8Array(gzipSync(OTHER_BODY)) },
		'another body, in UTF-16': { headers, body: new Uint8Array(Buffer.from(BODY, 'utf16le')) },
		'a form with a file': { headers: withoutType(headers), body: form },
		'a form': ofType('application/x-www-form-urlencoded', new URLSearchParams({ eventType: PROCESSED }).toString()),
		'XML': ofType('text/xml', '<event/>'),
		'text': ofType('text/plain'),
		'bytes': ofType('application/octet-stream'),
		'broken JSON': { headers, body: BODY.slice(0, -1) },
	};
}

/** A form brings a type of its own, with the line that parts its fields. */
function withoutType(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'content-type'));
}
