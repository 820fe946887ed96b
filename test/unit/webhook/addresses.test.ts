import { checkPayloadUrl } from '../../../nodes/Extend/webhook/payloadUrl';

const CLOUD = 'https://api.eu1.extend.ai';
const OWN = 'http://extend.internal:8080';

describe('checkPayloadUrl', () => {
	it.each([
		[CLOUD, 'https://storage.example/a.json?X-Amz-Signature=9be27d'],
		[OWN, 'https://storage.example/a.json'],
		[OWN, 'http://extend.internal:9000/a.json'],
		['https://extend.internal', 'http://extend.internal/a.json'],
	])('lets with %s pass %s', (baseUrl, url) => {
		expect(checkPayloadUrl(url, baseUrl)).toBe(url);
	});

	it.each([
		[CLOUD, 'http://storage.example/a.json'],
		[CLOUD, 'http://api.eu1.extend.ai/a.json'],
		[OWN, 'http://storage.example/a.json'],
		[OWN, 'http://extend.internal.evil.example/a.json'],
		[OWN, 'http://extend.internal@evil.example/a.json'],
		[OWN, 'ftp://extend.internal/a.json'],
		[OWN, 'file:///etc/passwd'],
		[OWN, 'data:application/json,{}'],
		[OWN, '/a.json'],
		[OWN, ''],
		['https://API.extend.ai', 'http://api.extend.ai/a.json'],
	])('refuses with %s %s', (baseUrl, url) => {
		const refusal = { message: expect.stringContaining('not fetched for safety'), advice: expect.stringContaining('send payloads as JSON') };
		expect(() => checkPayloadUrl(url, baseUrl)).toThrow(expect.objectContaining(refusal));
	});
});
