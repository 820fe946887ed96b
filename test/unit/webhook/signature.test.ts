import crypto from 'node:crypto';
import { ExtendClient } from 'extend-ai';
import { findRejectionReason } from '../../../nodes/Extend/webhook/signature';
import vector from '../../emulator/testing/fixtures/webhook-vector.json';
import { signDelivery } from '../../emulator/webhooks/signature';
import { randomFrom, SEED } from '../support/random';

const NOW_MS = 1_764_000_000_000;
const NOW_SECONDS = NOW_MS / 1_000;
const SECRET = 'wss_test_1';
const BODY = '{"eventId":"evt_1","eventType":"classify_run.processed","payload":{"id":"clr_1","note":"Über 12 €"}}';
const TIMESTAMP = 'x-extend-request-timestamp';
const SIGNATURE = 'x-extend-request-signature';

const webhooks = new ExtendClient({ token: 'sk_test_unused' }).webhooks;

interface Sent {
	headers: Record<string, string | string[] | undefined>;
	body: string;
	secret: string;
}

const signed = (ageSeconds = 0, body = BODY): Sent => ({
	headers: signDelivery(body, SECRET, NOW_SECONDS - ageSeconds),
	body,
	secret: SECRET,
});
const rejectionOf = ({ headers, body, secret }: Sent, nowMs = NOW_MS) => findRejectionReason(
	{ headers, rawBody: Buffer.from(body) },
	secret,
	nowMs,
);

/** What Extend's own SDK thinks of it, at the same moment. */
function isGenuineForSdk({ headers, body, secret }: Sent): boolean {
	jest.spyOn(Date, 'now').mockReturnValue(NOW_MS);
	return webhooks.verify(body, headers as Record<string, string>, secret);
}

afterEach(() => jest.restoreAllMocks());

describe('findRejectionReason', () => {
	it('takes the published test vector for genuine at its time, and not after a change of one blank', () => {
		const { secret, body, timestampSeconds, signature } = vector;
		const headers = { [TIMESTAMP]: String(timestampSeconds), [SIGNATURE]: signature };
		expect(rejectionOf({ headers, body, secret }, timestampSeconds * 1_000)).toBeUndefined();
		expect(rejectionOf({ headers, body: `${body} `, secret }, timestampSeconds * 1_000)).toBe('The signature does not match.');
	});

	it.each([
		[0, undefined],
		[300, undefined],
		[301, /more than five minutes old/],
		[-60, undefined],
		[-61, /more than one minute ahead/],
		[86_400, /more than five minutes old/],
	])('judges a request that is %i s old', (ageSeconds, expected) => {
		const rejection = rejectionOf(signed(ageSeconds));
		if (expected === undefined) expect(rejection).toBeUndefined();
		else expect(rejection).toMatch(expected);
	});

	it.each([
		['no headers', {}],
		['no signature', { [SIGNATURE]: undefined }],
		['an empty signature', { [SIGNATURE]: '' }],
		['no timestamp', { [TIMESTAMP]: undefined }],
	])('calls a request with %s unsigned', (what, change) => {
		const headers = what === 'no headers' ? {} : { ...signed().headers, ...change };
		expect(rejectionOf({ ...signed(), headers })).toBe('The request is not signed.');
	});

	it.each([0, 31, 63])('compares in constant time, wherever the signature differs (digit %i)', (place) => {
		const compare = jest.spyOn(crypto, 'timingSafeEqual');
		const { headers, ...rest } = signed();
		const right = String(headers[SIGNATURE]);
		const signature = `${right.slice(0, place)}${right[place] === '0' ? '1' : '0'}${right.slice(place + 1)}`;
		expect(rejectionOf({ ...rest, headers: { ...headers, [SIGNATURE]: signature } })).toBe('The signature does not match.');
		expect(compare.mock.calls).toEqual([[Buffer.from(signature, 'hex'), Buffer.from(right, 'hex')]]);
	});

	it.each([undefined, ''])('takes nothing for genuine without a secret (%j)', (secret) => {
		const { headers } = { headers: signDelivery(BODY, '', NOW_SECONDS) };
		expect(findRejectionReason({ headers, rawBody: Buffer.from(BODY) }, secret, NOW_MS)).toMatch(/no signing secret/);
	});

	it('counts the bytes as they came, also where they are no text', () => {
		const rawBody = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
		const headers = signDelivery(rawBody.toString(), SECRET, NOW_SECONDS);
		expect(findRejectionReason({ headers, rawBody }, SECRET, NOW_MS)).toBe('The signature does not match.');
	});

	it('is stricter than the SDK about what follows a signature', () => {
		const { headers, ...rest } = signed();
		const longer = { ...rest, headers: { ...headers, [SIGNATURE]: `${String(headers[SIGNATURE])}zz` } };
		expect([rejectionOf(longer), isGenuineForSdk(longer)]).toEqual(['The signature does not match.', true]);
	});

	it(`agrees with Extend's SDK on 4,000 requests, genuine and forged (seed ${SEED})`, () => {
		const random = randomFrom(SEED);
		const counts = { genuine: 0, forged: 0 };
		for (let index = 0; index < 4_000; index++) {
			const sent = generate(random);
			const isValid = rejectionOf(sent) === undefined;
			if (isValid !== isGenuineForSdk(sent)) throw new Error(`They differ on ${JSON.stringify(sent)}`);
			counts[isValid ? 'genuine' : 'forged'] += 1;
		}
		// Both sides of the comparison were really seen.
		expect(counts.genuine).toBeGreaterThan(500);
		expect(counts.forged).toBeGreaterThan(500);
	});
});

const pick = <T>(random: () => number, choices: readonly T[]): T => {
	const chosen = choices[Math.floor(random() * choices.length)];
	if (chosen === undefined) throw new Error('Nothing to choose from');
	return chosen;
};

/** A request with any age and any body, in half of the cases changed after it was signed. */
function generate(random: () => number): Sent {
	const ageSeconds = pick(random, [0, 1, 299, 300, 301, 10_000, -1, -59, -60, -61, -10_000]);
	const body = pick(random, [BODY, '', '{}', 'ä€😀', `{"n":${random()}}`, BODY.repeat(20)]);
	const sent = signed(ageSeconds, body);
	return random() < 0.5 ? sent : pick(random, CHANGES)(sent, random);
}

const changeHeader = (name: string, change: (value: string, random: () => number) => string | string[] | undefined) => (sent: Sent, random: () => number): Sent => ({
	...sent,
	headers: { ...sent.headers, [name]: change(String(sent.headers[name]), random) },
});

const flipDigit = (text: string, random: () => number): string => {
	const place = Math.floor(random() * text.length);
	return `${text.slice(0, place)}${text[place] === '0' ? '1' : '0'}${text.slice(place + 1)}`;
};

const CHANGES: Array<(sent: Sent, random: () => number) => Sent> = [
	changeHeader(SIGNATURE, (text) => text.toUpperCase()),
	changeHeader(SIGNATURE, (text) => [text, 'x']),
	changeHeader(SIGNATURE, (text) => ['x', text]),
	changeHeader(SIGNATURE, flipDigit),
	changeHeader(SIGNATURE, (text) => text.slice(0, -1)),
	changeHeader(SIGNATURE, (text) => text.slice(0, -2)),
	changeHeader(SIGNATURE, (text) => `sha256=${text}`),
	changeHeader(SIGNATURE, () => ''),
	changeHeader(SIGNATURE, () => undefined),
	changeHeader(TIMESTAMP, flipDigit),
	changeHeader(TIMESTAMP, (text) => [text]),
	changeHeader(TIMESTAMP, (text) => `${text}000`),
	changeHeader(TIMESTAMP, () => 'soon'),
	changeHeader(TIMESTAMP, () => undefined),
	(sent) => ({ ...sent, body: `${sent.body} ` }),
	(sent) => ({ ...sent, body: sent.body.replace('clr_1', 'clr_2') }),
	(sent) => ({ ...sent, secret: SECRET.replace('wss_', '') }),
	(sent) => ({ ...sent, secret: '' }),
	(sent) => ({ ...sent, headers: Object.fromEntries(Object.entries(sent.headers).map(([name, value]) => [name.toUpperCase(), value])) }),
	// Signed as they are, odd timestamps can only come from who knows the secret.
	...['1764000000.5', '+1764000000', 'soon', '1.764e9', '0x6923', '-5', '1764000000000'].map((timestamp) => (sent: Sent): Sent => ({
		...sent,
		headers: { ...signDelivery(sent.body, SECRET, timestamp as unknown as number) },
	})),
];
