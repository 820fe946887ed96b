import { buildHeaders, isExtendCloud, readApiKey, readBaseUrl } from '../../../nodes/Extend/api/deployment';
import packageJson from '../../../package.json';

describe('readApiKey', () => {
	it.each([
		['sk_live_1', 'sk_live_1'],
		['  sk_live_1\n', 'sk_live_1'],
		['Bearer sk_live_1', 'sk_live_1'],
		['bearer   sk_live_1 ', 'sk_live_1'],
		['\tBEARER\tsk_live_1', 'sk_live_1'],
		['Bearer ', ''],
		['Bearer_of_tokens', 'Bearer_of_tokens'],
		['sk_ Bearer 1', 'sk_ Bearer 1'],
		['', ''],
	])('gives the bare key when it is entered as %j', (apiKey, key) => {
		expect(readApiKey({ apiKey })).toBe(key);
	});

	it.each([undefined, null, 5, {}, []])('is empty when the field holds %j', (apiKey) => {
		expect(readApiKey({ apiKey })).toBe('');
	});
});

describe('readBaseUrl', () => {
	it.each([
		['us', 'https://api.extend.ai'],
		['us2', 'https://api.us2.extend.app'],
		['eu', 'https://api.eu1.extend.ai'],
		['mars', 'https://api.extend.ai'],
		['constructor', 'https://api.extend.ai'],
		[undefined, 'https://api.extend.ai'],
	])('gives the deployment when the region is %s', (region, baseUrl) => {
		expect(readBaseUrl({ region, baseUrl: 'https://elsewhere.example' })).toBe(baseUrl);
	});

	it.each([
		['https://extend.acme.example', 'https://extend.acme.example'],
		[' https://extend.acme.example/ ', 'https://extend.acme.example'],
		['https://extend.acme.example///', 'https://extend.acme.example'],
		['https://acme.example/extend/', 'https://acme.example/extend'],
		['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['http://[::1]:4010/', 'http://[::1]:4010'],
		['HTTPS://extend.acme.example', 'HTTPS://extend.acme.example'],
	])('trims a custom one when it is entered as %j', (baseUrl, trimmed) => {
		expect(readBaseUrl({ region: 'custom', baseUrl })).toBe(trimmed);
	});

	it.each(['', '  ', '/', 'extend.acme.example', 'ftp://acme.example', 'https://', 'http:///', 'https:// acme.example', 'see https://acme.example', 'https://ac me.example', 'https://[::1', 'https://acme.example:99999', 'https://acme.example?a=1', 'https://acme.example/a?', 'https://acme.example#a', 'https://me:x@acme.example', 'https://me@acme.example', 'javascript:0', null, 5])(
		'refuses a custom one when it is %j',
		(baseUrl) => {
			expect(readBaseUrl({ region: 'custom', baseUrl })).toBeUndefined();
		},
	);
});

describe('isExtendCloud', () => {
	it.each(['https://api.extend.ai', 'https://api.us2.extend.app', 'https://api.eu1.extend.ai', 'https://API.extend.ai/v1'])('knows %s', (url) => {
		expect(isExtendCloud(url)).toBe(true);
	});

	it.each(['https://extend.example.com', 'http://127.0.0.1:8080', 'https://api.extend.ai.example.com', 'https://api.extend.ai:8443'])('does not take %s for it', (url) => {
		expect(isExtendCloud(url)).toBe(false);
	});
});

describe('buildHeaders', () => {
	it('carries key, version and user agent when nothing else is set', () => {
		expect(buildHeaders({ apiKey: ' Bearer sk_1 ' })).toEqual({
			Authorization: 'Bearer sk_1',
			'User-Agent': `n8n-nodes-extend-ai/${packageJson.version}`,
			'x-extend-api-version': '2026-02-09',
		});
	});

	it('adds the workspace when one is set', () => {
		expect(buildHeaders({ apiKey: 'sk_1', workspaceId: ' ws_1 ' })).toHaveProperty('x-extend-workspace-id', 'ws_1');
	});

	it.each([undefined, null, '', '   ', 7])('leaves the workspace out when it is %j', (workspaceId) => {
		expect(Object.keys(buildHeaders({ apiKey: 'sk_1', workspaceId }))).not.toContain('x-extend-workspace-id');
	});
});
