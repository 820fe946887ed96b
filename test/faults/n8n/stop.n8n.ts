/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { pause } from '../../../scripts/lib/waiting.mjs';
import type { Emulator } from '../../emulator';
import { findKeyInN8n, SECRET_KEY } from '../../n8n/leaks';
import { openN8n, type TestN8n } from '../../n8n/testN8n';
import { chain, extendClassify, manualTrigger } from '../../n8n/workflow';
import { byKey, CANCEL_PATH, countRequests, env, finishRuns, keyedItems, OPEN_END_MS, RUNS_PATH, startExtend, statusesOf, until } from './stage';

const RUNS = 50;
/** For what leads to a stop and comes after it, on a busy computer. */
const LIMIT_MS = 120_000;
/** The promise is one second; the rest is for a computer that does other things as well. */
const ENDS_WITHIN_MS = 3_000;
/** The node's own bound for all cancelling at Extend. */
const CANCEL_BOUND_MS = 10_000;
/** So long it is watched that nothing more is sent: longer than the node leaves a run unwatched. */
const SILENCE_MS = 3_000;
/** Long enough for a busy computer to see five runs end. */
const GRACE_SECONDS = 12;
/** What n8n itself needs to end, on a busy computer. */
const SHUTDOWN_MS = 20_000;

describe('a real n8n that waits for runs', () => {
	let extend: Emulator;
	let n8n: TestN8n;
	before(async () => {
		extend = await startExtend({ runMs: OPEN_END_MS });
		n8n = await openN8n({ extend, env: { ...env, N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(GRACE_SECONDS) } });
	});
	after(async () => {
		await n8n?.close();
		await extend?.close();
	});
	beforeEach(() => {
		extend.store.runs.clear();
		extend.requests.length = 0;
	});

	interface Wait {
		name: string;
		runs: number;
		waitOptions?: object;
		settings?: object;
	}

	/** Starts an execution and returns its ID once all its runs are being processed and n8n waits for them. */
	async function startWaiting({ name, runs, waitOptions = {}, settings }: Wait): Promise<string> {
		const classify = extendClassify({ ...byKey, waitOptions }, n8n.credential);
		const workflow = await n8n.client.createWorkflow(chain(name, [manualTrigger, classify], settings));
		const id = await n8n.client.runWithItems(workflow, 'Trigger', keyedItems(runs, name));
		await until('all runs are being processed', () => statusesOf(extend).PROCESSING === runs, LIMIT_MS);
		return id;
	}

	async function untilEnded(id: string, status: string): Promise<void> {
		await until(`the execution is ${status}`, async () => (await n8n.client.getExecution(id)).status === status, LIMIT_MS);
	}

	/** How many runs the node has taken leave of, by its own word. */
	const countLeft = (): number => n8n.readLog().split('The workflow was stopped. Extend run').length - 1;

	/** @throws AssertionError when the stand-in hears anything more */
	async function assertSilence(): Promise<void> {
		const heard = extend.requests.length;
		await pause(SILENCE_MS);
		assert.deepEqual(extend.requests.slice(heard).map(({ method, path }) => `${method} ${path}`), []);
	}

	it('ends within a second when Stop is pressed, and sends nothing more', async (t) => {
		const id = await startWaiting({ name: 'stop', runs: RUNS });
		const stoppedMs = Date.now();
		await n8n.client.stopExecution(id);
		await untilEnded(id, 'canceled');
		const endedMs = Date.now() - stoppedMs;
		await until('the node has let go of all runs', () => countLeft() === RUNS, ENDS_WITHIN_MS);
		t.diagnostic(`Stop to end of execution ${endedMs} ms, to end of waiting at most ${Date.now() - stoppedMs} ms`);
		assert.ok(endedMs < ENDS_WITHIN_MS, `${endedMs} ms`);
		await assertSilence();
		assert.deepEqual(statusesOf(extend), { PROCESSING: RUNS });
	});

	it('cancels all open runs at Extend when Stop is pressed and the node is told to, and then sends nothing more', async (t) => {
		const id = await startWaiting({ name: 'cancel', runs: RUNS, waitOptions: { cancelOnStop: true } });
		const stoppedMs = Date.now();
		await n8n.client.stopExecution(id);
		await until('all runs are cancelled', () => statusesOf(extend).CANCELLED === RUNS, CANCEL_BOUND_MS + ENDS_WITHIN_MS);
		const cancelledMs = Date.now() - stoppedMs;
		t.diagnostic(`Stop to the last of ${RUNS} cancelled runs ${cancelledMs} ms`);
		await untilEnded(id, 'canceled');
		await pause(CANCEL_BOUND_MS - cancelledMs);
		await assertSilence();
		assert.equal(countRequests(extend, 'POST', CANCEL_PATH), RUNS);
	});

	it('ends within a second when the time of the workflow is over, and sends nothing more', async (t) => {
		// Begins with the execution: the runs have to be started in it.
		const limitMs = 12_000;
		const id = await startWaiting({ name: 'timeout', runs: 5, settings: { executionTimeout: limitMs / 1_000 } });
		await untilEnded(id, 'canceled');
		const { startedAt, stoppedAt } = await n8n.client.request('GET', `/executions/${id}`);
		const lateMs = Date.parse(stoppedAt) - Date.parse(startedAt) - limitMs;
		t.diagnostic(`ended ${lateMs} ms after the limit`);
		assert.ok(lateMs < ENDS_WITHIN_MS, `${lateMs} ms`);
		await assertSilence();
		assert.deepEqual(statusesOf(extend), { PROCESSING: 5 });
	});

	it('is left to finish by an n8n that is shut down, and its result is stored', async () => {
		const id = await startWaiting({ name: 'finish', runs: 5 });
		const stopping = n8n.main.stop();
		await pause(1_000);
		finishRuns(extend);
		assert.equal(await stopping, 0);
		await n8n.main.start();
		const { status, itemsOf } = await n8n.client.getExecution(id);
		assert.equal(status, 'success');
		assert.deepEqual(itemsOf('Classify').map(({ json }) => json.status), Array(5).fill('PROCESSED'));
	});

	it('ends with n8n when that is shut down and its time to finish is over; a new run with the same keys uses the same runs', async (t) => {
		const id = await startWaiting({ name: 'shutdown', runs: 5 });
		const beganMs = Date.now();
		await n8n.main.stop();
		const endedMs = Date.now() - beganMs;
		t.diagnostic(`n8n ended ${endedMs} ms after SIGTERM, with ${GRACE_SECONDS} s to finish`);
		assert.ok(endedMs < GRACE_SECONDS * 1_000 + SHUTDOWN_MS, `${endedMs} ms`);
		await n8n.main.start();
		await untilEnded(id, 'crashed');

		const { workflowId } = await n8n.client.request('GET', `/executions/${id}`);
		const looks = countRequests(extend, 'GET', RUNS_PATH);
		const again = await n8n.client.runWithItems(workflowId, 'Trigger', keyedItems(5, 'shutdown'));
		await until('the runs are waited for again', () => countRequests(extend, 'GET', RUNS_PATH) > looks + 1, LIMIT_MS);
		finishRuns(extend);
		await untilEnded(again, 'success');
		assert.equal(countRequests(extend, 'POST', RUNS_PATH), 5);
	});

	it('shows the key nowhere', async () => {
		assert.deepEqual(await findKeyInN8n(n8n, SECRET_KEY), []);
	});
});
