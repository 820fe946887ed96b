/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner; reads the README */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chooseFreePorts } from '../../scripts/lib/ports.mjs';
import { projectRoot } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { openCredentialForm, type CredentialForm } from '../n8n/credentialForm';
import { openEditor, type Editor } from '../n8n/editor';
import { keepPicture } from '../n8n/pictures';
import { openN8n, type TestN8n } from '../n8n/testN8n';

const ORGANIZATION_KEY = 'sk_test_organization';
const WORKSPACE = 'ws_1234567890';
/** Statuses of Extend, and what a person reads about them. */
const ANSWERS: Array<[status: number, text: string]> = [
	[402, 'The key is valid, but the organization has no credits left. Add credits in the Extend dashboard.'],
	[429, 'Extend is receiving too many requests right now. Wait a minute and test again.'],
	[503, 'Extend is not available at the moment. Test again in a few minutes.'],
];

describe('the credential in the editor of a real n8n', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let editor: Editor;
	let form: CredentialForm;
	before(async () => {
		extend = await startEmulator({ organizationKeys: [ORGANIZATION_KEY], workspaceIds: [WORKSPACE] });
		n8n = await openN8n({ extend, hasEditor: true });
		editor = await openEditor(n8n);
		form = await openCredentialForm(editor);
	});
	after(async () => {
		await editor?.close();
		await n8n?.close();
		await extend?.close();
	});

	it('asks for a key, a region and a workspace, and says what each is', async () => {
		assert.deepEqual((await form.labels()).slice(0, 3), ['API Key', 'Region', 'Workspace ID']);
		await form.form.getByText('Copy it from the Extend dashboard under Developers').waitFor();
		assert.match(await form.descriptionOf('API Key'), /^A key of one workspace is enough/);
		assert.match(await form.descriptionOf('Region'), /A key only works in its own region/);
		assert.match(await form.descriptionOf('Workspace ID'), /organization-wide key/);
		const regions = await form.regions();
		assert.deepEqual(regions.map((text) => text.split('\n')[0]), ['US', 'US2 (Existing Accounts Only)', 'EU', 'Custom']);
		assert.ok(regions.every((text) => text.split('\n').filter((line) => line !== '').length === 2), regions.join());
		await keepPicture(editor.page, 'credential-new');
	});

	it('asks for an address when the deployment is one of your own', async () => {
		await form.chooseRegion('Custom');
		assert.deepEqual((await form.labels()).slice(0, 4), ['API Key', 'Region', 'Base URL', 'Workspace ID']);
		assert.match(await form.descriptionOf('Base URL'), /http:\/\/ or https:\/\//);
	});

	it('turns green with a good key, also one with a pasted Bearer and blanks', async () => {
		for (const apiKey of [extend.apiKey, ` Bearer ${extend.apiKey} `]) {
			assert.equal(await form.test({ apiKey, baseUrl: extend.url }), 'Connection tested successfully');
		}
		await keepPicture(editor.page, 'credential-good');
	});

	it('says that Extend does not know a wrong key', async () => {
		const text = await form.test({ apiKey: 'sk_test_wrong', baseUrl: extend.url });
		assert.equal(text, 'Extend does not know this API key. Copy it again from the Extend dashboard under Developers, and check the region.');
		await keepPicture(editor.page, 'credential-bad-key');
	});

	it('says what an organization-wide key needs', async () => {
		assert.match(await form.test({ apiKey: ORGANIZATION_KEY, baseUrl: extend.url }), /^Extend did not accept the request\..* Workspace ID/);
		assert.match(await form.test({ workspaceId: 'ws_other' }), /^This key is not allowed to read classifiers\. Check the Workspace ID/);
		assert.equal(await form.test({ workspaceId: WORKSPACE }), 'Connection tested successfully');
	});

	it('has plain words for what Extend answers', async () => {
		for (const [status, text] of ANSWERS) {
			extend.options.onRequest = () => ({ kind: 'status', status });
			assert.equal(await form.test({ apiKey: `${extend.apiKey} ${status}` }), text);
		}
		extend.options.onRequest = undefined;
		assert.match(await form.test({ apiKey: extend.apiKey, baseUrl: `${extend.url}/elsewhere` }), /^There is no Extend API at this address/);
	});

	it('shows codes without a connection, and README explains them', async () => {
		const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
		const [closed = 0] = await chooseFreePorts(1);
		for (const baseUrl of [`http://127.0.0.1:${closed}`, 'http://extend.invalid']) {
			const text = await form.test({ baseUrl });
			assert.match(text, /^[A-Z_]+$/);
			assert.ok(readme.includes(`\`${text}\``), `README says nothing about ${text}`);
		}
		await keepPicture(editor.page, 'credential-unreachable');
	});

	it('says how an address starts', async () => {
		const text = await form.test({ baseUrl: 'extend.example.com' });
		assert.equal(text, 'The Base URL does not start with http:// or https://. Enter a full address, such as https://extend.example.com.');
		await keepPicture(editor.page, 'credential-no-http');
	});

	it('leaves nothing to complain about in the console of the browser', () => {
		assert.deepEqual(editor.complaints, []);
	});
});
