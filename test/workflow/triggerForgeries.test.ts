/* eslint-disable @n8n/community-nodes/no-restricted-imports -- compresses bodies */
import { createHmac, randomUUID } from 'node:crypto';
import { deflateSync, gzipSync } from 'node:zlib';
import { signDelivery } from '../emulator/webhooks/signature';
import { randomFrom, SEED } from '../unit/support/random';
import { PROCESSED_RUN } from '../unit/support/runExamples';
import { TriggerHost, type DeliveryRequest } from './triggerHost';

const SECRET = 'wss_test_1';
const TIMESTAMP = 'x-extend-request-timestamp';
const SIGNATURE = 'x-extend-request-signature';
const ROUNDS = 10_000;
/** One request of so many is left as it is, to see that the trigger still takes such. */
const GENUINE_EVERY = 20;

type Random = () => number;
interface Draft {
	body: Buffer;
	timestamp: string;
	signature: string;
}
type Forge = (draft: Draft, random: Random) => DeliveryRequest;

const nowSeconds = () => Math.floor(Date.now() / 1_000);
const below = (random: Random, limit: number) => Math.floor(random() * limit);
const hmac = (secret: string, message: string | Buffer, encoding: 'hex' | 'base64' = 'hex') => createHmac('sha256', secret).update(message).digest(encoding);

function draftOf(random: Random, ageSeconds = below(random, 200)): Draft {
	const payload = { ...PROCESSED_RUN, id: `clr_${below(random, 1e9)}`, metadata: { note: 'Größe 12 €' } };
	const body = JSON.stringify({ eventId: `evt_${randomUUID()}`, eventType: 'classify_run.processed', payload });
	const signed = signDelivery(body, SECRET, nowSeconds() - ageSeconds);
	return { body: Buffer.from(body), timestamp: signed[TIMESTAMP] ?? '', signature: signed[SIGNATURE] ?? '' };
}

const asRequest = ({ body, timestamp, signature }: Draft): DeliveryRequest => ({
	headers: { [TIMESTAMP]: timestamp, [SIGNATURE]: signature },
	rawBody: body,
});
const withBody = (change: (body: Buffer, random: Random) => Buffer): Forge => (draft, random) => asRequest({
	...draft,
	body: change(draft.body, random),
});
const withSignature = (change: (draft: Draft, random: Random) => string): Forge => (draft, random) => asRequest({
	...draft,
	signature: change(draft, random),
});
const withTimestamp = (change: (text: string, random: Random) => string): Forge => (draft, random) => asRequest({
	...draft,
	timestamp: change(draft.timestamp, random),
});
const withHeaders = (change: (headers: DeliveryRequest['headers'], draft: Draft) => DeliveryRequest['headers']): Forge => (draft) => {
	const { headers, rawBody } = asRequest(draft);
	return { headers: change(headers, draft), rawBody };
};
/** Signed rightly, but for another moment: a replay, or a clock that is wrong. */
const signedFor = (timestamp: (random: Random) => string): Forge => ({ body }, random) => {
	const text = timestamp(random);
	return asRequest({ body, timestamp: text, signature: hmac(SECRET, Buffer.concat([Buffer.from(`v0:${text}:`), body])) });
};

function flipBit(bytes: Buffer, random: Random): Buffer {
	const flipped = Buffer.from(bytes);
	const place = below(random, bytes.length);
	flipped[place] = (flipped[place] ?? 0) ^ (1 << below(random, 8));
	return flipped;
}

function flipCharacter(text: string, random: Random): string {
	const place = below(random, text.length);
	return `${text.slice(0, place)}${text[place] === '7' ? '3' : '7'}${text.slice(place + 1)}`;
}

const FORGERIES: Record<string, Forge[]> = {
	body: [
		withBody(flipBit),
		withBody((body, random) => Buffer.concat([body, Buffer.from([below(random, 256)])])),
		withBody((body) => Buffer.concat([Buffer.from(' '), body])),
		withBody((body, random) => body.subarray(0, below(random, body.length))),
		withBody((body) => Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1))),
		withBody((body) => Buffer.from(body.toString().replace('invoice', 'contract'))),
		withBody(() => Buffer.alloc(0)),
		({ timestamp, signature }) => ({ headers: { [TIMESTAMP]: timestamp, [SIGNATURE]: signature } }),
	],
	encoding: [
		withBody((body) => Buffer.from(body.toString(), 'utf16le')),
		withBody((body) => Buffer.from(body.toString(), 'latin1')),
		withBody((body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body])),
		withBody((body) => gzipSync(body)),
		withBody((body) => deflateSync(body)),
		withBody((body) => Buffer.from(body.toString('base64'))),
		withBody((body) => Buffer.from(body.toString().replace(
			/[^\0-\x7f]/g,
			(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
		))),
	],
	signature: [
		withSignature(({ signature }, random) => flipCharacter(signature, random)),
		withSignature(({ signature }, random) => flipCharacter(signature.toUpperCase(), random)),
		withSignature(({ signature }, random) => signature.slice(0, below(random, 64))),
		withSignature(({ signature }, random) => signature + below(random, 1e6).toString(16)),
		withSignature(({ signature }) => ` ${signature}`),
		withSignature(({ signature }) => `sha256=${signature}`),
		withSignature(({ signature }) => `v0=${signature}`),
		withSignature(({ signature }) => Buffer.from(signature, 'hex').toString('base64')),
		withSignature(({ signature }) => [...signature].reverse().join('')),
		withSignature(() => ''),
		withSignature(() => '0'.repeat(64)),
		withSignature(({ body, timestamp }) => hmac(SECRET.replace('wss_', ''), `v0:${timestamp}:${body.toString()}`)),
		withSignature(({ body, timestamp }, random) => hmac(`wss_${random()}`, `v0:${timestamp}:${body.toString()}`)),
		withSignature(({ body, timestamp }) => hmac('', `v0:${timestamp}:${body.toString()}`)),
		withSignature(({ body }) => hmac(SECRET, body)),
		withSignature(({ body, timestamp }) => hmac(SECRET, `${timestamp}.${body.toString()}`)),
		withSignature(({ body, timestamp }) => hmac(SECRET, `v1:${timestamp}:${body.toString()}`)),
	],
	timestamp: [
		withTimestamp((text, random) => String(Number(text) + 1 + below(random, 50))),
		withTimestamp((text) => `${text}.0`),
		withTimestamp((text) => ` ${text}`),
		withTimestamp((text) => `${text}000`),
		withTimestamp(() => ''),
		withTimestamp(() => 'NaN'),
		withTimestamp((text) => `-${text}`),
		withTimestamp((text) => `0x${Number(text).toString(16)}`),
		signedFor((random) => String(nowSeconds() - 310 - below(random, 1e6))),
		signedFor((random) => String(nowSeconds() + 70 + below(random, 1e6))),
		signedFor(() => String(Date.now())),
		signedFor(() => 'now'),
		signedFor(() => 'Infinity'),
		signedFor(() => ''),
		signedFor(() => '0'),
		signedFor(() => '-1'),
	],
	headers: [
		withHeaders(() => ({})),
		withHeaders((_headers, { signature }) => ({ [SIGNATURE]: signature })),
		withHeaders((_headers, { timestamp }) => ({ [TIMESTAMP]: timestamp })),
		withHeaders((_headers, { timestamp, signature }) => ({ 'x-extend-timestamp': timestamp, 'x-extend-signature': signature })),
		withHeaders((_headers, { timestamp, signature }) => ({ [`${TIMESTAMP} `]: timestamp, [`${SIGNATURE} `]: signature })),
		withHeaders((_headers, { timestamp, signature }) => ({ [TIMESTAMP]: signature, [SIGNATURE]: timestamp })),
		// As node joins a header that was sent twice, and as other servers keep it.
		withHeaders((headers, { signature }) => ({ ...headers, [SIGNATURE]: `${signature}, ${signature}` })),
		withHeaders((headers, { signature }) => ({ ...headers, [SIGNATURE]: ['0'.repeat(64), signature] })),
		withHeaders((headers) => ({ ...headers, [SIGNATURE]: [] })),
		withHeaders((headers, { timestamp }) => ({ ...headers, [TIMESTAMP]: ['1', timestamp] })),
	],
};

/** Rightly signed requests in all the ways their headers may be written. */
const GENUINE: Forge[] = [
	asRequest,
	withSignature(({ signature }) => signature.toUpperCase()),
	withHeaders((_headers, { timestamp, signature }) => ({
		'X-Extend-Request-Timestamp': timestamp,
		'X-EXTEND-REQUEST-SIGNATURE': signature,
	})),
	withHeaders((headers, { timestamp, signature }) => ({ ...headers, [TIMESTAMP]: [timestamp, 'x'], [SIGNATURE]: [signature, 'x'] })),
	signedFor(() => String(nowSeconds() + 40)),
	signedFor(() => String(nowSeconds() - 280)),
];

describe('forged requests', () => {
	it(`start nothing, ${ROUNDS} of them, while genuine ones among them do (seed ${SEED})`, async () => {
		const random = randomFrom(SEED);
		const host = new TriggerHost({ credential: { apiKey: 'sk_test_unused', region: 'us' }, publicUrl: 'https://n8n.example.com' });
		host.staticData = { registered: { id: 'wh_1', url: host.webhookUrl, signingSecret: SECRET } };
		const kinds = Object.entries(FORGERIES).flatMap(([kind, forgeries]) => forgeries.map((forge, number) => ({ name: `${kind} ${number}`, forge })));
		const wrong: string[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const { name, forge } = kinds[round % kinds.length] ?? { name: '', forge: asRequest };
			const { status, items } = await host.deliver(forge(draftOf(random), random));
			if (status !== 401 || items !== undefined) wrong.push(`${name} in round ${round}: ${status}`);
			if (round % GENUINE_EVERY !== 0) continue;
			const genuine = GENUINE[(round / GENUINE_EVERY) % GENUINE.length] ?? asRequest;
			const taken = await host.deliver(genuine(draftOf(random), random));
			if (taken.items?.length !== 1) wrong.push(`genuine in round ${round}: ${taken.status}`);
		}
		expect(wrong).toEqual([]);
		expect(host.deliveries).toHaveLength(ROUNDS + ROUNDS / GENUINE_EVERY);
	});

	it('change nothing that n8n keeps for the trigger', async () => {
		const host = new TriggerHost({ credential: { apiKey: 'sk_test_unused', region: 'us' }, publicUrl: 'https://n8n.example.com' });
		host.staticData = { registered: { id: 'wh_1', url: host.webhookUrl, signingSecret: SECRET } };
		const before = host.savedStaticData;
		await host.deliver({ headers: {}, rawBody: Buffer.from('{}') });
		expect(host.savedStaticData).toBe(before);
	});
});
