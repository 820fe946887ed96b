import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { version } from '../../../package.json';
import { startEmulator, type Emulator } from '../../emulator';
import { runNode } from '../engine';
import { byCategories, byText, inBatch, INVOICE, itemWith, openStage, SAVED, type Stage } from '../setup';

/** The credential: what goes along with every request, how its fields are read, and where requests do not go. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage({ createStatus: 'PROCESSING', runMs: 0 });
});
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, operation: 'start', text: INVOICE };

/** Runs an operation with a credential for the stand-in, some of its fields entered otherwise. */
async function runWith(fields: ICredentialDataDecryptedObject, parameters: IDataObject = text, settings: object = {}) {
	const { url: baseUrl, apiKey } = stage.extend;
	const items = [{ ...(await itemWith(INVOICE)), json: { text: INVOICE } }];
	return await runNode({ credential: { apiKey, region: 'custom', baseUrl, ...fields }, parameters, items, settings });
}
const sentHeaders = (name: string) => [...new Set(stage.extend.requests.map(({ headers }) => headers[name]))];

/** Parameters that together make every kind of request. */
const EVERYTHING: IDataObject[] = [
	{ ...byCategories, fileOptions: { deleteFileAfter: true }, options: { idempotencyKey: 'k' } },
	{ operation: 'start', classifier: SAVED },
	{ operation: 'getMany', includeOutput: true },
	{ operation: 'cancel', runId: 'clr_1' },
	{ operation: 'delete', runId: 'clr_1' },
	inBatch,
	{ resource: 'classifier', operation: 'get', classifier: SAVED },
	{ resource: 'classifier', operation: 'getMany' },
	{ resource: 'file', operation: 'upload' },
	{ resource: 'file', operation: 'get', fileId: 'file_1' },
];

const KINDS = [
	...['DELETE /classify_runs/{id}', 'DELETE /files/{id}', 'GET /classifiers', 'GET /classifiers/{id}', 'GET /classifiers/{id}/versions/latest', 'GET /classify_runs'],
	...['GET /classify_runs/{id}', 'GET /files/{id}', 'POST /classify_runs', 'POST /classify_runs/batch', 'POST /classify_runs/{id}/cancel', 'POST /files/upload'],
];

describe('every request', () => {
	it.each<[string, string | undefined]>([
		['ws_1', 'ws_1'],
		['  ', undefined],
		['', undefined],
	])('carries key, version, User-Agent, and the workspace only when one is set: %j', async (workspaceId, header) => {
		for (const parameters of EVERYTHING) await runWith({ workspaceId }, parameters, { onError: 'continueRegularOutput' });
		const kinds = new Set(stage.extend.requests.map(({ method, path }) => `${method} ${path.replace(/(clr|cl|bpr|file)_\w+/, '{id}')}`));
		expect([...kinds].sort()).toEqual(KINDS);
		expect(sentHeaders('authorization')).toEqual([`Bearer ${stage.extend.apiKey}`]);
		expect(sentHeaders('x-extend-api-version')).toEqual(['2026-02-09']);
		expect(sentHeaders('user-agent')).toEqual([`n8n-nodes-extend-ai/${version}`]);
		expect(sentHeaders('x-extend-workspace-id')).toEqual([header]);
	});
});

describe('what was entered', () => {
	const KEY = 'sk_test_emulator';

	it.each([` ${KEY}\n`, `Bearer ${KEY}`, `bearer  ${KEY} `, `\tBEARER\t${KEY}`])('apiKey: %j is trimmed, a pasted Bearer dropped', async (apiKey) => {
		const { json } = await runWith({ apiKey });
		expect(json).toEqual([expect.objectContaining({ id: expect.stringMatching(/^clr_/) })]);
		expect(sentHeaders('authorization')).toEqual([`Bearer ${KEY}`]);
	});

	it.each(['', ' ', 'Bearer', 'Bearer '])('apiKey: %j is none, and Extend says so', async (apiKey) => {
		const { error } = await runWith({ apiKey });
		expect(error?.message).toMatch(/No API key provided/);
		expect(error?.description).toMatch(/API key and the region in the credential/);
		expect(sentHeaders('authorization').map((header) => String(header).trim())).toEqual(['Bearer']);
	});

	it('workspaceId is trimmed', async () => {
		await runWith({ workspaceId: ' ws_1\t' });
		expect(sentHeaders('x-extend-workspace-id')).toEqual(['ws_1']);
	});

	it.each(['', '/', '///', ' ', '/ \n'])('baseUrl: what follows the address does not count: %j', async (rest) => {
		const { json } = await runWith({ baseUrl: ` ${stage.extend.url}${rest}` });
		expect(json).toEqual([expect.objectContaining({ id: expect.stringMatching(/^clr_/) })]);
	});

	it.each([
		...['', ' ', '/', 'extend.example.com', '//extend.example.com', 'ftp://extend.example.com', 'https://', 'https:///', 'http:extend.example.com', 'javascript:alert(1)'],
		...['http://127 .0.0.1', 'http://127.0.0.1:99999', 'http://[::1', 'http://127.0.0.1:1?x=1', 'http://127.0.0.1:1/#top', 'http://me:secret@127.0.0.1:1'],
	])('baseUrl: %j is refused before anything is sent', async (baseUrl) => {
		const { error } = await runWith({ baseUrl });
		expect(error?.message).toMatch(/^The Base URL in the credential is not an address that begins with http:\/\/ or https:\/\/ \[item 0\]$/);
		expect(error?.description).toBe('Open the credential and enter the address alone, such as https://extend.example.com.');
		expect(stage.extend.requests).toEqual([]);
	});

});

describe('a redirect', () => {
	let other: Emulator;
	beforeEach(async () => {
		other = await startEmulator();
	});
	afterEach(async () => {
		await other.close();
	});

	it.each([301, 302, 303, 307, 308])('to another host is not followed: %i', async (status) => {
		stage.extend.options.onRequest = ({ path }) => ({ kind: 'status', status, headers: { location: `${other.url}${path}` }, body: '' });
		for (const parameters of EVERYTHING) {
			const { outputs } = await runWith({}, parameters, { onError: 'continueErrorOutput' });
			expect(outputs[0]).toEqual([]);
			expect(outputs[1]?.map(({ json }) => json)).toEqual([
				expect.objectContaining({ error: expect.stringMatching(/^Extend answered: it redirects to http:\/\/127\.0\.0\.1:\d+\/(classify_runs|classifiers|files)/), message: expect.stringContaining('Redirects are not followed') }),
			]);
		}
		expect(other.requests).toEqual([]);
	});
});
