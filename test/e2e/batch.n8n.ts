/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner, reads files */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import { startEmulator, type Emulator } from '../emulator';
import { startBucket, type Bucket } from '../n8n/bucket';
import { importExample } from '../n8n/examples';
import { openN8n, type TestN8n } from '../n8n/testN8n';

/** What the user has to choose in both examples: batches need a saved classifier. */
const parameters = { 'Classify as Batch': { classifier: { __rl: true, mode: 'id', value: 'cl_inbound_mail' } } };
const WITHIN_MS = 120_000;

describe('the examples with batches', () => {
	let extend: Emulator;
	let bucket: Bucket;
	let n8n: TestN8n;
	before(async () => {
		extend = await startEmulator();
		bucket = await startBucket('documents');
		n8n = await openN8n({ extend });
	});
	after(async () => {
		await n8n?.close();
		await bucket?.close();
		await extend?.close();
	});

	const batchRequests = (): number => extend.requests.filter(({ path }) => path === '/classify_runs/batch').length;

	async function run(workflow: string) {
		const execution = await n8n.client.waitForExecution(await n8n.client.runWorkflow(workflow, 'Start by Hand'), WITHIN_MS);
		assert.equal(execution?.status, 'success', JSON.stringify(execution?.error));
		return execution;
	}

	it('classify the documents of the shipped workflow with one request, in their order', async () => {
		const execution = await run(await importExample(n8n, 'batch', { parameters }));
		const items = execution.itemsOf('Classify as Batch');
		assert.deepEqual(items.map(({ json }) => json.category), ['invoice', 'contract', 'bill_of_lading', 'invoice', 'other', 'bill_of_lading']);
		assert.deepEqual(items.map(({ json }) => json.fileName), execution.itemsOf('One Item Each').map(({ json }) => json.name));
		assert.equal(batchRequests(), 1);
	});

	it('list a bucket with the category of each file by one request, and pay for no file twice when that is done again', async () => {
		const expected = { 'archive/contract.pdf': 'contract', 'archive/bill-of-lading.pdf': 'bill_of_lading', 'archive/invoice, paid.pdf': 'invoice', 'archive/damaged.pdf': '' };
		for (const key of Object.keys(expected)) await bucket.put(key, read(key));
		for (const key of ['other/invoice.pdf', 'archive/2024/invoice.pdf']) await bucket.put(key, read(key));
		extend.options.outcome = ({ fileName }) => (fileName?.includes('damaged') === true ? { status: 'FAILED', failureReason: 'FAILED_TO_PROCESS_FILE' } : undefined);
		const [requestsBefore, runsBefore] = [batchRequests(), extend.store.runs.size];
		const workflow = await importExample(n8n, 'batch-of-a-bucket', { credentials: { s3: bucket.credential }, parameters });
		await run(workflow);
		assert.deepEqual([batchRequests(), extend.store.runs.size], [requestsBefore + 1, runsBefore + 4]);
		const rows = await rowsOfList();
		assert.deepEqual(Object.fromEntries(rows.map(({ file, category }) => [file, category])), expected);
		for (const { file, toDo, link } of rows) {
			assert.match(link ?? '', /^https:\/\/dashboard\.extend\.ai\/.*clr_/);
			assert.equal(toDo !== '', file === 'archive/damaged.pdf', `${file}: ${toDo}`);
		}

		await run(workflow);
		// The one that had failed is tried again, and nothing else.
		assert.equal(extend.store.runs.size, runsBefore + 5);
	});

	/** The table that the workflow has put into the bucket. */
	async function rowsOfList(): Promise<Array<Record<string, string>>> {
		const [key = '', ...others] = (await bucket.list()).filter((each) => each.startsWith('lists/'));
		assert.deepEqual(others, []);
		const [names = [], ...rows] = parseTable((await bucket.get(key)).toString());
		return rows.map((cells) => Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])));
	}
});

/** The document that is put into the bucket under this key. */
function read(key: string): Buffer {
	const name = key.replace(/^.*\//, '').replace(', paid', '').replace('damaged', 'delivery-note');
	return readFileSync(join(documentsDir, name));
}

/** Lines of cells; those with commas stand in quotation marks. */
function parseTable(text: string): string[][] {
	const lines = text.replace(/^\uFEFF/, '').trim().split('\n');
	return lines.map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));
}
