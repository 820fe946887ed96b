import { ExtendApi } from '../../credentials/ExtendApi.credentials';
import { loadNodes } from './support/nodes';
import { packageSources, readText } from './support/project';

const credential = new ExtendApi();

describe('the credential, as the verification wants it', () => {
	it('has a test that n8n can run: a request to Extend', () => {
		expect(credential.test.request.url).toMatch(/^\//);
		expect(credential.test.request.baseURL).toContain('https://api.extend.ai');
	});

	it('signs requests itself', () => {
		expect(typeof credential.authenticate).toBe('function');
	});

	it('keeps every secret in a password field', () => {
		const secrets = credential.properties.filter(({ name }) => /key|password|secret|token/i.test(name));
		expect(secrets.length).toBeGreaterThan(0);
		expect(secrets.filter(({ typeOptions }) => typeOptions?.password !== true)).toEqual([]);
	});

	it('links its documentation', () => {
		expect(credential.documentationUrl).toMatch(/^https:\/\//);
	});

	it('is the only one, and every node uses it and no other', async () => {
		expect(packageSources.filter((path) => path.endsWith('.credentials.ts'))).toHaveLength(1);
		for (const { node } of await loadNodes()) {
			expect(node.description.credentials).toEqual([expect.objectContaining({ name: credential.name, required: true })]);
		}
	});

	it('has a key that no source file holds', () => {
		const keyLike = /\b(sk|xt|wss)_\w{12,}/;
		expect(packageSources.filter((path) => keyLike.test(readText(path)))).toEqual([]);
	});
});
