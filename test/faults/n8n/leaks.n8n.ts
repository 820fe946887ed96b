/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findKey, SECRET_KEY } from '../../n8n/leaks';

const shows: Array<[string, string]> = [
	['as it is', `Bearer ${SECRET_KEY}`],
	['in a URL', `http://127.0.0.1/?key=${encodeURIComponent(SECRET_KEY)}&x=1`],
	...[0, 1, 2, 3, 4].map((count): [string, string] => [
		`in base64 after ${count} bytes`,
		Buffer.from(`${'"'.repeat(count)}${SECRET_KEY} and more`).toString('base64'),
	]),
	['in the base64 of URLs', Buffer.from(`user:${SECRET_KEY}`).toString('base64url')],
	['in hexadecimal', Buffer.from(`<${SECRET_KEY}>`).toString('hex')],
];

describe('the search for the key', () => {
	for (const [how, text] of shows) {
		it(`finds it ${how}`, () => {
			assert.equal(findKey({ log: `before ${text} behind` }, SECRET_KEY).length > 0, true);
		});
	}

	it('tells where it is and does not repeat it', () => {
		assert.deepEqual(findKey({ first: 'nothing', second: `Authorization: ${SECRET_KEY}` }, SECRET_KEY), ['second: Authorization: <KEY>']);
	});
});
