import fc from 'fast-check';
import { createRedact } from '../../../nodes/Extend/api/redact';
import { SEED } from '../support/random';

const KEY = 'sk_test_9fQ/x+Z"1&2=';
const everyEscape = (text: string) => [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const percents = (text: string) => [...text].map((character) => `%${character.charCodeAt(0).toString(16)}`).join('');
const entities = (text: string) => [...text].map((character) => `&#${character.charCodeAt(0)};`).join('');
const hexEntities = (text: string) => [...text].map((character) => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`).join('');
const named = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

describe('createRedact', () => {
	it.each<[string, (text: string) => string]>([
		['as it is', (text) => text],
		['in capitals', (text) => text.toUpperCase()],
		['as JSON', (text) => JSON.stringify(text)],
		['as JSON within JSON', (text) => JSON.stringify(JSON.stringify(text))],
		['as JSON with every character escaped', everyEscape],
		['for a URL', encodeURIComponent],
		['for a URL, in small letters', (text) => encodeURIComponent(text).toLowerCase()],
		['for a URL, with every character escaped', percents],
		['for HTML', named],
		['for HTML, by number', entities],
		['for HTML, by hexadecimal number', hexEntities],
	])('takes the secret out when it stands there %s', (_, write) => {
		expect(createRedact(KEY)(`before ${write(KEY)} behind`)).toMatch(/^before ["\\]*\*\*\*["\\]* behind$/);
	});

	it.each([0, 1, 2, 3, 7])('takes it out of base64 when it begins after %i bytes', (count) => {
		const text = Buffer.from(`${'b'.repeat(count)}${KEY}behind`).toString('base64');
		const left = createRedact(KEY)(text);
		expect(left).toContain('***');
		expect(Buffer.from(left.replace('***', ''), 'base64').toString('latin1')).not.toContain(KEY.slice(0, 3));
	});

	it('takes it out of base64 as URLs write it', () => {
		const secret = 'sk_test_???>>>>';
		expect(Buffer.from(secret).toString('base64')).toMatch(/[+/]/);
		expect(createRedact(secret)(`id=${Buffer.from(secret).toString('base64url')}`)).toBe('id=***');
		expect(createRedact(secret)(`id=${encodeURIComponent(Buffer.from(secret).toString('base64'))}`)).toMatch(/^id=\*\*\*(%3D)*$/);
	});

	it.each(['\\sk_test_1', 'sk\\\\test\\1', 'sk_test_1\\', 'sk_test\\"1', `${'\\'.repeat(30)}a`])('takes out a secret with backslashes: %s', (secret) => {
		for (const write of [(text: string) => text, JSON.stringify, percents, entities]) {
			expect(createRedact(secret)(`before ${write(secret)} behind`)).toMatch(/^before ["\\]*\*\*\*["\\]* behind$/);
		}
	});

	it.each(['sk_test_1', '\\\\\\\\\\\\', 'sk\\\\test\\1', '/////////', '&&&&&&&', 'aaaaaaaa'])(
		'takes a time with the length of the text, whatever is in it: %s',
		(secret) => {
			const redact = createRedact(secret);
			const pieces = ['\\', '&', '&#', '&#0', '%', '%5c', '/', '0', secret.slice(0, -1), `${secret.slice(0, 2)}\\`, JSON.stringify(secret).slice(1, -2), secret.charAt(0)];
			// With the square of the length it would take a minute for each.
			for (const piece of pieces) expect(redact(`${piece.repeat(Math.ceil(1_000_000 / piece.length))}!`).length).toBeGreaterThan(2);
		},
	);

	it('takes out every one', () => {
		expect(createRedact(KEY)(`${KEY},${KEY}`)).toBe('***,***');
	});

	it('looks for no secret that is so short that it is found everywhere', () => {
		expect(createRedact('a')('a banana')).toBe('a banana');
		expect(createRedact('')('a banana')).toBe('a banana');
	});

	it(`leaves no JSON behind that cannot be read, nor the secret in it, whatever stands around (seed ${SEED})`, () => {
		// A key goes into a header as it is, so it has no characters that need escaping there; a backslash would be the one that matters here.
		const secret = fc.string({ minLength: 6, maxLength: 40, unit: 'grapheme-ascii' }).map((text) => text.replaceAll('\\', '/'));
		fc.assert(
			fc.property(secret, fc.string(), fc.string(), (key, before, behind) => {
				const redacted = createRedact(key)(JSON.stringify({ said: `${before}${key}${behind}` }));
				const { said } = JSON.parse(redacted) as { said: string };
				expect(said.toLowerCase()).not.toContain(key.toLowerCase());
			}),
			{ seed: SEED, numRuns: 500, examples: [['******', '', '']] },
		);
	});

	it(`leaves texts without the secret alone (seed ${SEED})`, () => {
		const property = fc.property(fc.string(), (text) => expect(createRedact('sk_test_0123456789')(text)).toBe(text));
		fc.assert(property, { seed: SEED });
	});
});
