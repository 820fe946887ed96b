import type { IAuthenticate, ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { ExtendApi } from '../../../credentials/ExtendApi.credentials';
import { bannedIn } from '../support/words';

const credential = new ExtendApi();
const rules = credential.test.rules ?? [];
const STATUSES = [400, 401, 402, 403, 404, 429, 500, 501, 502, 503, 504, 511, 520, 527, 530, 599];

function messageFor(status: number): string | undefined {
	const rule = rules.find(({ type, properties }) => type === 'responseCode' && properties.value === status);
	return rule?.properties.message;
}

async function authenticated(fields: ICredentialDataDecryptedObject, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
	const authenticate: IAuthenticate = credential.authenticate;
	if (typeof authenticate !== 'function') throw new Error('authenticate is no function');
	return await authenticate(fields, options);
}

describe('ExtendApi.authenticate', () => {
	const fields = { apiKey: ' Bearer sk_1 ', region: 'us', baseUrl: '', workspaceId: 'ws_1' };

	it('adds the headers and keeps those given', async () => {
		const options = await authenticated(fields, { url: 'https://api.extend.ai/files', headers: { Accept: 'text/plain' }, qs: { a: 1 } });
		expect(options).toMatchObject({
			url: 'https://api.extend.ai/files',
			qs: { a: 1 },
			headers: {
				Accept: 'text/plain',
				Authorization: 'Bearer sk_1',
				'x-extend-api-version': '2026-02-09',
				'x-extend-workspace-id': 'ws_1',
				'User-Agent': expect.stringMatching(/^n8n-nodes-extend-ai\/\d/),
			},
		});
	});

	it('adds the headers when none are given', async () => {
		const { headers } = await authenticated({ ...fields, workspaceId: '' }, { url: 'https://api.extend.ai' });
		expect(Object.keys(headers ?? {}).sort()).toEqual(['Authorization', 'User-Agent', 'x-extend-api-version']);
	});

	it('leaves what it was given unchanged', async () => {
		const options = { url: 'https://api.extend.ai', headers: { Accept: 'a' } };
		await authenticated(fields, options);
		expect(options).toEqual({ url: 'https://api.extend.ai', headers: { Accept: 'a' } });
	});

	it.each(['', 'extend.example.com', 'ftp://extend.example.com', '/classifiers'])('refuses the test of the base URL "%s", which is no web address', async (baseURL) => {
		const refused = authenticated(fields, { url: '/classifiers', baseURL });
		await expect(refused).rejects.toThrow('The Base URL does not start with http:// or https://. Enter a full address');
	});

	it.each(['https://api.extend.ai', 'http://127.0.0.1:4010', ' HTTPS://extend.example.com'])('signs requests to "%s"', async (baseURL) => {
		expect(await authenticated(fields, { url: '/classifiers', baseURL })).toMatchObject({ baseURL, headers: { Authorization: 'Bearer sk_1' } });
	});

	it('keeps the key from other hosts when a server redirects', async () => {
		const options = await authenticated(fields, { url: 'https://api.extend.ai', sendCredentialsOnCrossOriginRedirect: true });
		expect(options.sendCredentialsOnCrossOriginRedirect).toBe(false);
	});
});

describe('ExtendApi.test', () => {
	it('asks for the cheapest read and follows no redirect', () => {
		expect(credential.test.request).toMatchObject({ url: '/classifiers', qs: { maxPageSize: 1 }, disableFollowRedirect: true });
	});

	it.each(STATUSES)('has plain words when the status is %i', (status) => {
		const message = messageFor(status);
		expect(message).toMatch(/^[A-Z].*\.$/);
		expect(bannedIn(message ?? '')).toBeUndefined();
	});

	it.each([400, 403])('mentions the workspace ID when the status is %i', (status) => {
		expect(messageFor(status)).toContain('Workspace ID');
	});

	it.each([
		[401, /API key/],
		[402, /credits/],
		[404, /region or the Base URL/],
		[429, /too many requests/],
		[503, /not available/],
	])('says what to do when the status is %i', (status, hint) => {
		expect(messageFor(status)).toMatch(hint);
	});

	it.each<[string, object, boolean]>([
		['a list of Extend', { object: 'list', data: [] }, false],
		['some other JSON', { status: 'ok' }, true],
		['a page', { data: '<html>' }, true],
	])('looks at the body: %s is refused: %s', (_, body, isRefused) => {
		const answered: Array<[string, unknown]> = Object.entries(body);
		const valueAt = (key: string) => answered.find(([name]) => name === key)?.[1];
		const bodyRules = [...rules].map(({ properties }) => properties).filter((properties) => 'key' in properties);
		expect(bodyRules.some(({ key, value }) => valueAt(key) === value)).toBe(isRefused);
	});

	it('has one rule for each status', () => {
		const values = rules.filter(({ type }) => type === 'responseCode').map(({ properties }) => properties.value);
		expect(new Set(values).size).toBe(values.length);
	});
});

describe('ExtendApi.properties', () => {
	const fieldOf = (name: string) => credential.properties.find((property) => property.name === name);

	it('has the fields of the contract', () => {
		expect(credential.name).toBe('extendApi');
		expect(credential.properties.map(({ name }) => name)).toEqual(['apiKey', 'region', 'baseUrl', 'workspaceId']);
	});

	it.each([
		['apiKey', 'string', true, ''],
		['region', 'options', undefined, 'us'],
		['baseUrl', 'string', true, ''],
		['workspaceId', 'string', undefined, ''],
	])('%s is of the type %s (required: %s, default: %j)', (name, type, required, standard) => {
		const field = fieldOf(name);
		expect([field?.type, field?.required, field?.default]).toEqual([type, required, standard]);
	});

	it('hides the key', () => {
		expect(fieldOf('apiKey')).toMatchObject({ typeOptions: { password: true }, required: true });
	});

	it('offers the regions, US first', () => {
		expect(fieldOf('region')).toMatchObject({ default: 'us' });
		expect(fieldOf('region')?.options?.map((option) => ('value' in option ? option.value : undefined))).toEqual(['us', 'us2', 'eu', 'custom']);
	});

	it('asks for a base URL when the region is custom only', () => {
		expect(fieldOf('baseUrl')?.displayOptions).toEqual({ show: { region: ['custom'] } });
	});

	it('has no banned word in a text', () => {
		const texts = credential.properties.flatMap(({ displayName, description }) => [displayName, description ?? '']);
		expect(texts.filter((text) => bannedIn(text) !== undefined)).toEqual([]);
	});
});
