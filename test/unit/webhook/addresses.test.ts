import { checkPayloadUrl } from '../../../nodes/Extend/webhook/payloadUrl';
import { checkReachable, isReachable } from '../../../nodes/Extend/webhook/reach';

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

describe('isReachable', () => {
	it.each([
		'https://n8n.example.com/webhook/1/extend', 'https://n8n.example.com:8443/w', 'https://203.0.113.9/w', 'https://10.example.com/w',
		'https://127.example.com/w', 'https://mylocalhost/w', 'https://172.15.0.1/w', 'https://172.32.0.1/w', 'https://localhost.example.com/w', 'https://[2001:db8::1]/w',
	])('takes %s for one that the cloud can reach', (url) => {
		expect(isReachable(url, CLOUD)).toBe(true);
	});

	it.each([
		'http://n8n.example.com/w', 'https://localhost/w', 'https://LOCALHOST:5678/w', 'https://n8n.localhost/w', 'https://n8n.local/w', 'https://n8n.internal/w',
		'https://127.0.0.1/w', 'https://127.10.20.30/w', 'https://10.1.2.3/w', 'https://10.10.20.30/w', 'https://192.168.10.20/w', 'https://172.20.10.20/w', 'https://[::]/w', 'https://192.168.0.2/w', 'https://172.16.0.1/w', 'https://172.31.9.9/w', 'https://169.254.1.1/w',
		'https://0.0.0.0/w', 'https://[::1]/w', 'https://[fd00::1]/w', 'https://[fe80::1]/w', 'n8n.example.com/w', '',
	])('takes %j for one that it cannot', (url) => {
		expect(isReachable(url, CLOUD)).toBe(false);
	});

	it('leaves a deployment of one\'s own to reach whatever it may', () => {
		expect([isReachable('http://localhost:5678/w', OWN), isReachable('n8n/w', OWN)]).toEqual([true, false]);
	});
});

describe('checkReachable', () => {
	it.each([
		['http://n8n.example.com/w', 'it is no https address'],
		['https://localhost/w', 'it is an address that exists in your own network only'],
		['n8n.example.com/w', 'it is no https address'],
	])('says of %s what is wrong and what to set', (url, why) => {
		expect(() => checkReachable(url, CLOUD)).toThrow(expect.objectContaining({ message: `Extend cannot send events to "${url}": ${why}`, advice: expect.stringContaining('WEBHOOK_URL') }));
	});

	it('says nothing about an address that can be reached', () => {
		expect(() => checkReachable('https://n8n.example.com/w', CLOUD)).not.toThrow();
	});
});
