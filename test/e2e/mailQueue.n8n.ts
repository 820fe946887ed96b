/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startEmulator, type Emulator } from '../emulator';
import { importExample } from '../n8n/examples';
import { makeFolder, removeFolder } from '../n8n/folder';
import { startMailbox, type Mailbox } from '../n8n/mailbox';
import { startMailSink, type MailSink } from '../n8n/mailSink';
import { openQueue, type QueueN8n } from '../n8n/queue';
import { assertAttached, assertSaved, attachment, LOGO, makeCategoryFolders } from './mailStage';
import { until } from './triggerStage';

/** Runs of the first email take so long that the second one comes while its worker still waits for Extend. */
const FIRST = { documents: ['invoice.pdf', 'contract.pdf'], runMs: 20_000 };
const SECOND = ['delivery-note.pdf', 'recipe.txt'];
const WITHIN_MS = 120_000;

describe('the example that files the attachments of emails, in queue mode', () => {
	const home = makeFolder('home');
	const filed = makeCategoryFolders(home);
	let extend: Emulator;
	let mailbox: Mailbox;
	let sink: MailSink;
	let n8n: QueueN8n;
	let workflow: string;
	before(async () => {
		extend = await startEmulator({ outcome: ({ fileName }) => (FIRST.documents.includes(fileName ?? '') ? { runMs: FIRST.runMs } : undefined) });
		mailbox = await startMailbox();
		sink = await startMailSink();
		// Each worker takes one execution at a time, so that two of them need both.
		n8n = await openQueue({ extend, workers: 2, concurrency: 1, hasWebhookProcess: true, env: { HOME: home } });
		const credentials = { imap: mailbox.credential, smtp: sink.credential };
		workflow = await importExample(n8n, 'mail-attachments-by-category', { credentials, replace: { '/home/node': home } });
		await n8n.client.activate(workflow);
		await mailbox.waitForReader();
	});
	after(async () => {
		await n8n?.close();
		await sink?.close();
		await mailbox?.close();
		await extend?.close();
		removeFolder(home);
	});

	/** Delivers an email and returns once a worker has begun with it. */
	async function deliver(subject: string, documents: string[]): Promise<void> {
		const runsBefore = extend.store.runs.size;
		await mailbox.deliver({ subject, attachments: [...documents.map(attachment), LOGO] });
		await until(`the runs of ${subject} have started`, () => extend.store.runs.size === runsBefore + documents.length, WITHIN_MS);
	}

	it('shares the emails among the workers, and files, forwards and leaves out as ever', async () => {
		await deliver('Papers of March', FIRST.documents);
		await deliver('Papers of April', SECOND);
		const ended = await n8n.client.waitForExecutions(workflow, 2, WITHIN_MS);
		assert.deepEqual(ended.map(({ status }) => status), ['success', 'success']);
		for (const worker of n8n.workers) {
			const taken = ended.filter(({ id }) => worker.readLog().includes(`execution ${id}`));
			assert.equal(taken.length, 1, `${worker.name} took ${taken.length} of the emails`);
		}

		assertSaved(join(filed, 'invoice'), 'invoice.pdf');
		assertSaved(join(filed, 'delivery_note'), 'delivery-note.pdf');
		const forwarded = await sink.waitForMail('Contract: Papers of March');
		assert.deepEqual(forwarded.to, ['legal@example.com']);
		assertAttached(forwarded, 'contract.pdf');
		const question = await sink.waitForMail('Please have a look: Papers of April');
		assertAttached(question, 'recipe.txt');
		assert.equal(sink.received.length, 2);
		assert.deepEqual(mailbox.count(), { read: 2, unread: 0 });
		assert.ok([...extend.store.files.values()].every(({ name }) => name !== LOGO.filename));
	});

	it('keeps the attachments in the database, where every process finds them', async () => {
		const [{ id } = { id: '' }] = await n8n.client.listExecutions(workflow);
		const [email] = (await n8n.client.getExecution(id)).itemsOf('New Email');
		const files = Object.values(email?.binary ?? {});
		assert.equal(files.length, 3);
		for (const file of files) assert.match(file.id, /^database/);
	});
});
