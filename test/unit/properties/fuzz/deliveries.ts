import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { Delivery } from '../../../../nodes/Extend/webhook/delivery';
import { processDelivery } from '../../../../nodes/Extend/webhook/delivery';
import { checkPayloadUrl } from '../../../../nodes/Extend/webhook/payloadUrl';
import { checkReachable } from '../../../../nodes/Extend/webhook/reach';
import { findRejectionReason } from '../../../../nodes/Extend/webhook/signature';
import { RUN_KEYS, RUN_VALUES } from './answers';
import { CANARY, hostileJson, hostileText } from './hostile';
import { parser } from './parser';

const SECRET = 'wss_test_1';
const NOW_MS = Date.UTC(2026, 9, 5);
const TIMESTAMP = String(NOW_MS / 1_000);
const EVENTS = ['classify_run.processed', 'classify_run.failed', 'batch_processor_run.processed', CANARY];

const sign = (body: Uint8Array, timestamp = TIMESTAMP): string => createHmac('sha256', SECRET).update(`v0:${timestamp}:`).update(body).digest('hex');

function deliveryOf(text: string): Delivery {
	const rawBody = Buffer.from(text);
	return {
		request: { headers: { 'x-extend-request-timestamp': TIMESTAMP, 'x-extend-request-signature': sign(rawBody) }, rawBody },
		secret: SECRET,
		nowMs: NOW_MS,
		workflowMark: 'a1b2c3d4e5f6',
		fetchPayload: async (url) => await Promise.resolve({ id: 'clr_1', status: 'PROCESSED', from: checkPayloadUrl(url, 'https://api.extend.ai') }),
		readSettings: () => ({ events: EVENTS, classifierId: undefined, isSimplified: text.length % 2 === 0, filter: { categories: text.length % 3 === 0 ? ['invoice'] : [], ignoreOwnRuns: text.length % 5 === 0 } }),
	};
}

/** A signed event, most of the time with the parts that an event has. */
const event = fc.oneof(
	{ weight: 4, arbitrary: fc.tuple(fc.constantFrom(...EVENTS), hostileJson(RUN_KEYS, RUN_VALUES)).map(([type, payload]) => `{"eventId":"evt_1","eventType":"${type}","payload":${payload}}`) },
	{ weight: 1, arbitrary: fc.tuple(fc.constantFrom(...EVENTS), hostileText('https://', 'http://', '127.0.0.1', '[::1]', 'file:')).map(([type, url]) => JSON.stringify({ eventId: 'evt_1', eventType: type, payload: { object: 'signed_data_url', data: url } })) },
	{ weight: 2, arbitrary: hostileJson(['eventId', 'eventType', 'payload', 'object', 'data', ...RUN_KEYS], EVENTS) },
);

const header = fc.oneof(hostileText(TIMESTAMP, '0', 'e', '.', ' ', '-'), fc.array(hostileText(TIMESTAMP), { maxLength: 2 }), fc.constant(undefined));
const hex = fc.oneof(fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEFg '), minLength: 60, maxLength: 68 }), hostileText('ab', '00'), fc.constant(undefined));

const address = fc.oneof(
	hostileText('https://', 'http://', 'HTTPS:', '//', 'extend.example.com', '127.0.0.1', '[::ffff:7f00:1]', '0x7f.1', '2130706433', 'localhost', '@', ':8080', '/payload', '\\', '.', '%2f', '?', '#'),
	fc.tuple(fc.constantFrom('https://', 'http://', 'ftp://', 'file:///', 'data:'), hostileText('a.example.com', '@', ':', '/', '10.0.0.1')).map((parts) => parts.join('')),
);

export const DELIVERY_PARSERS = [
	parser({
		name: 'webhook bodies, rightly signed',
		share: 100,
		given: event,
		parse: async (text) => await processDelivery(deliveryOf(text)),
		breaks: (verdict) => {
			if (verdict.kind === 'start') return typeof verdict.json.eventId === 'string' && !Object.hasOwn(verdict.json, 'error') ? undefined : 'started a workflow with no event';
			return verdict.message.includes('unforeseen') ? verdict.message : undefined;
		},
	}),
	parser({
		name: 'signatures',
		share: 100,
		given: fc.tuple(header, hex, fc.uint8Array({ maxLength: 20 })),
		parse: ([timestamp, signature, rawBody]) => {
			const headers = { 'x-extend-request-timestamp': timestamp, 'X-Extend-Request-Signature': signature };
			return findRejectionReason({ headers, rawBody }, SECRET, NOW_MS);
		},
		breaks: (why) => (why === undefined ? 'took a forgery for genuine' : undefined),
	}),
	parser({
		name: 'timestamps, rightly signed',
		share: 40,
		given: hostileText(TIMESTAMP, String(Number(TIMESTAMP) - 299), '0', ' ', 'e', '.', '-', '+'),
		parse: (timestamp) => {
			const rawBody = Buffer.from('{}');
			const headers = { 'x-extend-request-timestamp': timestamp, 'x-extend-request-signature': sign(rawBody, timestamp) };
			return findRejectionReason({ headers, rawBody }, SECRET, NOW_MS);
		},
		breaks: (why, timestamp) => {
			const ageSeconds = Number(TIMESTAMP) - Number.parseInt(timestamp, 10);
			return why === undefined && !(ageSeconds >= -60 && ageSeconds <= 300) ? 'took a stale request for a fresh one' : undefined;
		},
	}),
	parser({
		name: 'addresses of payloads',
		share: 50,
		given: address,
		parse: (url) => checkPayloadUrl(url, 'https://api.extend.ai'),
		breaks: (href) => (href.startsWith('https://') ? undefined : `would fetch ${href}`),
	}),
	parser({
		name: 'addresses of webhooks',
		share: 20,
		given: address,
		parse: (url) => checkReachable(url, 'https://api.extend.ai'),
	}),
];
