/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startEmulator, type Emulator } from '../emulator';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { chain, manualTrigger, type NodeSketch } from '../n8n/workflow';

/** What n8n says of a status when it tests the credential. */
const SAID: Array<[status: number, words: RegExp]> = [
	[400, /did not accept the request.*Workspace ID/],
	[401, /does not know this API key.*region/],
	[402, /no credits left/],
	[403, /not allowed to read classifiers.*Workspace ID/],
	[404, /no Extend API at this address.*Base URL/],
	[429, /too many requests.*test again/],
	[500, /not available at the moment/],
	[502, /not available at the moment/],
	[503, /not available at the moment/],
	[521, /not available at the moment/],
];

describe('the credential in a real n8n', () => {
	let extend: Emulator;
	let other: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startEmulator();
		other = await startEmulator();
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await Promise.all([extend?.close(), other?.close()]);
	});

	/** What n8n shows when a person presses Test, for a credential with these fields. */
	async function test(fields: object = {}): Promise<{ status: string; message: string }> {
		extend.requests.splice(0);
		const data = { apiKey: extend.apiKey, region: 'custom', baseUrl: extend.url, workspaceId: '', ...fields };
		return await n8n.client.request('POST', '/credentials/test', { credentials: { ...n8n.credential, type: 'extendApi', data } });
	}

	it('is tested by the cheapest read, with all that goes along with every request', async () => {
		const { status } = await test({ apiKey: ` Bearer ${extend.apiKey} `, baseUrl: ` ${extend.url}/ `, workspaceId: ' ws_1 ' });
		assert.equal(status, 'OK');
		assert.deepEqual(extend.requests.map(({ method, path, query }) => [method, path, query]), [['GET', '/classifiers', { maxPageSize: '1' }]]);
		const headers = extend.requests[0]?.headers ?? {};
		assert.equal(headers.authorization, `Bearer ${extend.apiKey}`);
		assert.equal(headers['x-extend-api-version'], '2026-02-09');
		assert.equal(headers['x-extend-workspace-id'], 'ws_1');
		assert.match(String(headers['user-agent']), /^n8n-nodes-extend-ai\/\d/);
	});

	it('has no workspace header when none is set', async () => {
		assert.equal((await test()).status, 'OK');
		assert.equal('x-extend-workspace-id' in (extend.requests[0]?.headers ?? {}), false);
	});

	for (const [status, words] of SAID) {
		it(`says in plain words what ${status} means`, async () => {
			extend.options.onRequest = () => ({ kind: 'status', status, body: {} });
			const result = await test();
			extend.options.onRequest = undefined;
			assert.equal(result.status, 'Error');
			assert.match(result.message, words);
		});
	}

	it('follows no redirect when it is tested', async () => {
		extend.options.onRequest = ({ path }) => ({ kind: 'status', status: 302, headers: { location: `${other.url}${path}` }, body: '' });
		const { status } = await test();
		extend.options.onRequest = undefined;
		assert.equal(status, 'Error');
		assert.deepEqual(other.requests, []);
	});

	it('shows the code of the system where nothing answers', async () => {
		const { status, message } = await test({ baseUrl: 'http://127.0.0.1:1' });
		assert.deepEqual([status, message], ['Error', 'ECONNREFUSED']);
	});

	/** What n8n's own HTTP Request node gives for a GET with the credential. */
	async function fetchByN8n(url: string): Promise<{ json: Record<string, unknown> } | undefined> {
		const parameters = { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'extendApi', options: {} };
		const request: NodeSketch = { name: 'Request', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.3, parameters, credentials: { extendApi: n8n.credential }, onError: 'continueRegularOutput' };
		const workflow = await n8n.client.createWorkflow(chain('Request', [manualTrigger, request]));
		const id = await n8n.client.runWorkflow(workflow, 'Trigger');
		return (await n8n.client.waitForExecution(id, 60_000))?.itemsOf('Request')[0];
	}

	it('works in the HTTP Request node for any other part of the API', async () => {
		extend.requests.splice(0);
		const item = await fetchByN8n(`${extend.url}/files`);
		assert.equal(item?.json.object, 'list');
		assert.equal(extend.requests[0]?.headers.authorization, `Bearer ${extend.apiKey}`);
		assert.equal(extend.requests[0]?.headers['x-extend-api-version'], '2026-02-09');
	});

	it('does not travel to another host when the HTTP Request node follows a redirect', async () => {
		extend.options.onRequest = ({ path }) => ({ kind: 'status', status: 302, headers: { location: `${other.url}${path}` }, body: '' });
		await fetchByN8n(`${extend.url}/files`);
		extend.options.onRequest = undefined;
		assert.ok(other.requests.length > 0);
		assert.deepEqual(other.requests.filter(({ headers }) => headers.authorization !== undefined), []);
	});
});
