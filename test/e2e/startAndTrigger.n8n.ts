/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner, reads files */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { documentsDir } from '../../scripts/lib/paths.mjs';
import type { Emulator, Outcome } from '../emulator';
import { importExample } from '../n8n/examples';
import { submitForm } from '../n8n/forms';
import { startMailSink, type MailSink } from '../n8n/mailSink';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { startDeliveringExtend, startRun, until } from './triggerStage';

/** Long enough for the execution that starts the runs to be over by then. */
const RUN_MS = 5_000;
const WITHIN_MS = 60_000;
/** The documents, how the stand-in ends their runs, and the emails that are to come of it. */
const ENDS = new Map<string, { outcome: Outcome; to: string; subject: string }>([
	['invoice.pdf', { outcome: { confidence: 0.95 }, to: 'accounting@example.com', subject: 'Invoice: invoice.pdf' }],
	['contract.pdf', { outcome: { confidence: 0.95 }, to: 'ada@example.com', subject: 'Your document contract.pdf' }],
	['recipe.txt', { outcome: { confidence: 0.5 }, to: 'office@example.com', subject: 'Please have a look: recipe.txt' }],
	['receipt.txt', { outcome: { status: 'FAILED', failureReason: 'FAILED_TO_PROCESS_FILE' }, to: 'office@example.com', subject: 'Please have a look: receipt.txt' }],
]);

describe('the example that starts runs and goes on when they are finished', () => {
	let extend: Emulator;
	let sink: MailSink;
	let n8n: TestN8n;
	let workflow: string;
	before(async () => {
		extend = await startDeliveringExtend({
			runMs: RUN_MS,
			outcome: ({ fileName }) => ENDS.get(fileName ?? '')?.outcome,
		});
		sink = await startMailSink();
		n8n = await openN8n({ extend });
		workflow = await importExample(n8n, 'start-and-trigger', { credentials: { smtp: sink.credential } });
		await n8n.client.activate(workflow);
	});
	after(async () => {
		await n8n?.close();
		await sink?.close();
		await extend?.close();
	});

	it('is done with the start while Extend still works', async () => {
		const form = new FormData();
		for (const name of ENDS.keys()) form.append('field-0', new Blob([new Uint8Array(readFileSync(join(documentsDir, name)))]), name);
		form.append('field-1', 'ada@example.com');
		await submitForm(n8n, workflow, 'Documents', form);
		const [ended] = await n8n.client.waitForExecutions(workflow, 1, WITHIN_MS);
		const execution = await n8n.client.getExecution(ended?.id ?? '');
		assert.equal(execution.status, 'success', JSON.stringify(execution.error));
		const statuses = execution.itemsOf('Start').map(({ json }) => json.status);
		assert.equal(statuses.length, ENDS.size);
		assert.ok(statuses.every((status) => ['PENDING', 'PROCESSING'].includes(status)), statuses.join());
	});

	it('tells the right person of each document, and nobody of runs that were started elsewhere', async () => {
		const foreign = await startRun(extend, { category: 'invoice' });
		await n8n.client.waitForExecutions(workflow, 1 + ENDS.size + 1, WITHIN_MS);
		assert.ok(extend.deliveries.some(({ body }) => body.includes(foreign)));
		const mails = sink.received.map(({ to, subject }) => `${subject} -> ${to.join()}`);
		assert.deepEqual(mails.sort(), [...ENDS.values()].map(({ to, subject }) => `${subject} -> ${to}`).sort());
		const answer = await sink.waitForMail('Your document contract.pdf');
		assert.match(answer.text, /of the category contract, confidence 0\.95/);
		const question = await sink.waitForMail('Please have a look: receipt.txt');
		assert.match(question.text, /From ada@example\.com\nCategory: none[^]+https:/);
	});

	it('asks Extend once for each run, and only when it is finished', async () => {
		await until('all executions have succeeded', async () => (await n8n.client.listExecutions(workflow)).every(({ status }) => status === 'success'));
		const asked = extend.requests.filter(({ method, path }) => method === 'GET' && path.startsWith('/classify_runs/'));
		assert.equal(asked.length, ENDS.size);
		for (const { path, atMs } of asked) {
			const run = extend.store.runs.get(path.split('/').at(-1) ?? '');
			assert.ok(atMs >= (run?.createdAtMs ?? Infinity) + RUN_MS, `${path} was asked for before it had ended`);
		}
	});
});
