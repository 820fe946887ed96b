/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Emulator } from '../../emulator';
import type { ExecutionSummary } from '../../n8n/client';
import { findKeyInN8n, SECRET_KEY } from '../../n8n/leaks';
import { openQueue, type QueueN8n } from '../../n8n/queue';
import { chain, extendClassify, manualTrigger, webhookTrigger } from '../../n8n/workflow';
import { byKey, env, finishRuns, keyedItems, OPEN_END_MS, startExtend, statusesOf, until } from './stage';

const EXECUTIONS = 100;
/** The node's own bound for all cancelling at Extend, and what a busy computer adds. */
const CANCEL_WITHIN_MS = 13_000;
/** For each step, on a busy computer. */
const LIMIT_MS = 180_000;
const STARTED_BEFORE_KILL = 70;
/** n8n marks what a lost worker has left as crashed, or ends it with these words. */
const CRASHED = /^crashed |^error This execution failed to be processed too many times/;
/** n8n notices after this time, one minute by default, that a worker is gone; half a minute later it says so. */
const STALL_SECONDS = 10;
const stalling = { QUEUE_WORKER_LOCK_DURATION: String(STALL_SECONDS * 1_000), QUEUE_WORKER_LOCK_RENEW_TIME: '2500', QUEUE_WORKER_STALLED_INTERVAL: '5000' };

function describeStatuses(executions: ExecutionSummary[]): string {
	const statuses = executions.map(({ status }) => status);
	return [...new Set(statuses)].map((status) => `${statuses.filter((each) => each === status).length} ${status}`).join(', ');
}

const occursOnce = (key: string, list: unknown[]): boolean => list.filter((each) => each === key).length === 1;

describe('n8n in queue mode with two workers', () => {
	let extend: Emulator;
	let n8n: QueueN8n;
	before(async () => {
		extend = await startExtend({ runMs: OPEN_END_MS });
		n8n = await openQueue({ extend, workers: 2, concurrency: 60, env: { ...env, ...stalling } });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});
	beforeEach(() => extend.store.runs.clear());

	/** An active workflow whose webhook takes a file. Returns its ID. */
	async function activate(path: string, parameters: object): Promise<string> {
		const workflow = await n8n.client.createWorkflow(chain(path, [webhookTrigger(path), extendClassify(parameters, n8n.credential)]));
		await n8n.client.activate(workflow);
		return workflow;
	}

	async function post(path: string, content: Buffer | string, query = ''): Promise<void> {
		const body = new FormData();
		body.append('data', new Blob([content], { type: 'text/plain' }), 'document.txt');
		await n8n.callWebhook(`${path}${query}`, { body });
	}

	it('uploads what n8n keeps in its database, byte for byte', async () => {
		const content = Buffer.from(`Invoice, amount due\n${randomBytes(1_500_000).toString('hex')}`);
		const workflow = await activate('upload', { operation: 'start', classifier: byKey.classifier });
		await post('upload', content);
		const [ended] = await n8n.client.waitForExecutions(workflow, 1, LIMIT_MS);
		const execution = await n8n.client.getExecution(ended?.id ?? '');
		assert.equal(execution.status, 'success');
		assert.match(execution.itemsOf('Trigger')[0]?.binary?.data.id, /^database:/);
		const [stored] = extend.store.files.values();
		assert.ok(stored?.bytes.equals(content));
	});

	it('stops an execution on its worker and cancels its runs at Extend', async (t) => {
		const classify = extendClassify({ ...byKey, waitOptions: { cancelOnStop: true } }, n8n.credential);
		const workflow = await n8n.client.createWorkflow(chain('Stop', [manualTrigger, classify]));
		const id = await n8n.client.runWithItems(workflow, 'Trigger', keyedItems(5, 'worker'));
		await until('all runs are being processed', () => statusesOf(extend).PROCESSING === 5, LIMIT_MS);
		const stoppedMs = Date.now();
		await n8n.client.stopExecution(id);
		await until('all runs are cancelled', () => statusesOf(extend).CANCELLED === 5, CANCEL_WITHIN_MS);
		t.diagnostic(`Stop to the last of 5 cancelled runs ${Date.now() - stoppedMs} ms`);
		assert.equal((await n8n.client.waitForExecution(id, LIMIT_MS))?.status, 'canceled');
	});

	it('starts no run twice when a worker is killed with 100 executions under way and those that crashed are run again', async (t) => {
		const parameters = { classifier: byKey.classifier, options: { idempotencyKey: '={{ $json.query.key }}', metadata: '={{ { document: $json.query.key } }}' } };
		const workflow = await activate('orders', parameters);
		const keys = Array.from({ length: EXECUTIONS }, (_, index) => `order-${index}`);
		const send = async (key: string): Promise<void> => await post('orders', `Invoice ${key}, amount due`, `?key=${key}`);
		await Promise.all(keys.map(send));
		// Then some wait for their runs, and others are about to start them.
		await until('most runs are started', () => extend.store.runs.size >= STARTED_BEFORE_KILL, LIMIT_MS);
		await n8n.workers[0]?.kill();
		const killedMs = Date.now();
		extend.options.runMs = 300;
		finishRuns(extend);
		const ended = await n8n.client.waitForExecutions(workflow, EXECUTIONS, LIMIT_MS);
		t.diagnostic(`all ended ${Date.now() - killedMs} ms after the kill: ${describeStatuses(ended)}`);
		const done = await documentsOf(ended);
		const crashed = keys.filter((key) => !done.includes(key));
		assert.ok(crashed.length > 0 && done.length > 0, 'both workers had executions');
		const runsBefore = extend.store.runs.size;

		await Promise.all(crashed.map(send));
		const all = await n8n.client.waitForExecutions(workflow, EXECUTIONS + crashed.length, LIMIT_MS);
		t.diagnostic(`${crashed.length} run again: ${describeStatuses(all)}; ${runsBefore} runs before, ${extend.store.runs.size} after`);
		const classified = await documentsOf(all);
		const started = [...extend.store.runs.values()].map(({ metadata }) => metadata?.document);
		assert.deepEqual(keys.filter((key) => !occursOnce(key, classified)), []);
		assert.deepEqual(keys.filter((key) => !occursOnce(key, started)), []);
		assert.deepEqual(statusesOf(extend), { PROCESSED: EXECUTIONS });
	});

	/** The documents of the executions that have succeeded, by their runs' metadata; the others must bear n8n's mark. */
	async function documentsOf(executions: ExecutionSummary[]): Promise<string[]> {
		const documents: string[] = [];
		for (const { id } of executions) {
			const { status, error, itemsOf } = await n8n.client.getExecution(id);
			if (status === 'success') documents.push(...itemsOf('Classify').map(({ json }) => json.metadata.document));
			else assert.match(`${status} ${error?.message}`, CRASHED);
		}
		return documents;
	}

	it('shows the key nowhere', async () => {
		assert.deepEqual(await findKeyInN8n(n8n, SECRET_KEY), []);
	});
});
