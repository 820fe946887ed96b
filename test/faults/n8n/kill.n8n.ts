/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Emulator } from '../../emulator';
import { findKeyInN8n, SECRET_KEY } from '../../n8n/leaks';
import { openN8n, type TestN8n } from '../../n8n/testN8n';
import { chain, extendClassify, manualTrigger } from '../../n8n/workflow';
import { byKey, countRequests, env, finishRuns, keyedItems, OPEN_END_MS, RUNS_PATH, startExtend, until, UPLOAD_PATH } from './stage';

const RUNS = 50;
/** For each step, on a busy computer. */
const LIMIT_MS = 120_000;
/** Some runs have ended before n8n is killed, the others are open until n8n waits for them again. */
const runMs = ({ metadata }: { metadata: Record<string, unknown> | null }): number => (String(metadata?.document).endsWith('0') ? 1_000 : OPEN_END_MS);

describe('a real n8n that is killed while it waits for 50 runs', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	let workflow: string;
	const items = keyedItems(RUNS, 'killed');
	before(async () => {
		extend = await startExtend({ runMs });
		n8n = await openN8n({ extend, env });
		workflow = await n8n.client.createWorkflow(chain('Killed', [manualTrigger, extendClassify(byKey, n8n.credential)]));
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});

	it('leaves an execution that is marked as crashed, and 50 runs', async () => {
		const first = await n8n.client.runWithItems(workflow, 'Trigger', items);
		await until('all runs are started', () => extend.store.runs.size === RUNS, LIMIT_MS);
		const looks = countRequests(extend, 'GET', RUNS_PATH);
		await until('all runs are waited for', () => countRequests(extend, 'GET', RUNS_PATH) > looks, LIMIT_MS);
		await n8n.main.kill();
		await n8n.main.start();
		const execution = await n8n.client.waitForExecution(first, LIMIT_MS);
		assert.equal(execution?.status, 'crashed');
		assert.equal(extend.store.runs.size, RUNS);
	});

	it('uses the same 50 runs when it is run again with the same keys', async (t) => {
		const runIds = [...extend.store.runs.keys()];
		const looks = countRequests(extend, 'GET', RUNS_PATH);
		const second = await n8n.client.runWithItems(workflow, 'Trigger', items);
		// The first list shows the runs of before, the second whether they have ended.
		await until('the runs are waited for again', () => countRequests(extend, 'GET', RUNS_PATH) > looks + 1, LIMIT_MS);
		finishRuns(extend);
		const execution = await n8n.client.waitForExecution(second, LIMIT_MS);
		const outputs = execution?.itemsOf('Classify').map(({ json }) => json) ?? [];
		assert.equal(outputs.length, RUNS);
		assert.deepEqual(outputs.filter(({ status }) => status !== 'PROCESSED'), []);
		assert.deepEqual(outputs.map(({ metadata }) => metadata.document), items.map(({ json }) => json.key));
		assert.deepEqual(outputs.map(({ id }) => id).sort(), runIds.sort());
		assert.equal(countRequests(extend, 'POST', RUNS_PATH), RUNS);
		assert.equal(countRequests(extend, 'POST', UPLOAD_PATH), RUNS);
		t.diagnostic(`${outputs.length} items, ${extend.store.runs.size} runs, ${countRequests(extend, 'POST', RUNS_PATH)} starts`);
	});

	it('shows the key nowhere', async () => {
		assert.deepEqual(await findKeyInN8n(n8n, SECRET_KEY), []);
	});
});
