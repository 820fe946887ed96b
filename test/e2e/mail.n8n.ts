/* eslint-disable @n8n/community-nodes/no-restricted-imports -- uses node's test runner */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startEmulator, type Emulator, type RunInput } from '../emulator';
import { importExample } from '../n8n/examples';
import { makeFolder, removeFolder } from '../n8n/folder';
import { startMailbox, type Mailbox } from '../n8n/mailbox';
import { startMailSink, type MailSink, type ReceivedMail } from '../n8n/mailSink';
import { openN8n, type TestN8n } from '../n8n/testN8n';
import { assertAttached, assertSaved, attachment, LOGO, makeCategoryFolders } from './mailStage';

/** What the stand-in cannot read. */
function outcome({ fileName }: RunInput) {
	return fileName === 'receipt.txt' ? { status: 'FAILED', failureReason: 'FAILED_TO_PROCESS_FILE', failureMessage: 'The file is damaged.' } : undefined;
}

describe('the example that files the attachments of emails', () => {
	const home = makeFolder('home');
	const filed = makeCategoryFolders(home);
	let extend: Emulator;
	let mailbox: Mailbox;
	let sink: MailSink;
	let n8n: TestN8n;
	let workflow: string;
	before(async () => {
		extend = await startEmulator({ outcome });
		mailbox = await startMailbox();
		sink = await startMailSink();
		// n8n's own setting for files is left as it is: it names a folder in the home of its user.
		n8n = await openN8n({ extend, env: { HOME: home } });
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

	/** Waits for the executions that took emails so far. @throws when one did not succeed */
	async function expectSuccess(): Promise<void> {
		const ended = await n8n.client.waitForExecutions(workflow, 1, 60_000);
		assert.deepEqual([...new Set(ended.map(({ status }) => status))], ['success']);
	}

	it('files documents by category, forwards others, and leaves logos out', async () => {
		const attachments = [attachment('invoice.pdf'), LOGO, attachment('contract.pdf')];
		await mailbox.deliver({ subject: 'Papers of March', attachments });
		await mailbox.deliver({ subject: 'Just a question' });

		const forwarded = await sink.waitForMail('Contract: Papers of March');
		assert.deepEqual(forwarded.to, ['legal@example.com']);
		assertAttached(forwarded, 'contract.pdf');
		await expectSuccess();
		assertSaved(join(filed, 'invoice'), 'invoice.pdf');
		const names = [...extend.store.files.values()].map(({ name }) => name);
		assert.deepEqual(names.sort(), ['contract.pdf', 'invoice.pdf']);
		assert.equal(extend.store.runs.size, 2);
	});

	it('hands emails without a document to a person', async () => {
		const mail = await sink.waitForMail('Please have a look: Just a question');
		assert.deepEqual(mail.to, ['office@example.com']);
		assert.match(mail.text, /From: "?Ada"? <ada@example\.com>[^]*no document in the email/);
		assert.deepEqual(mail.attachments, []);
		await expectSuccess();
	});

	it('marks emails as read, and takes none twice when it is switched on again', async () => {
		assert.deepEqual(mailbox.count(), { read: 2, unread: 0 });
		await n8n.client.deactivate(workflow);
		const attachments = ['delivery-note.pdf', 'recipe.txt', 'receipt.txt'].map(attachment);
		await mailbox.deliver({ subject: 'Papers of April', attachments });
		await n8n.client.activate(workflow);

		await sink.waitForMail('Please have a look: Papers of April');
		await expectSuccess();
		assertSaved(join(filed, 'delivery_note'), 'delivery-note.pdf');
		assertSaved(join(filed, 'invoice'), 'invoice.pdf');
		assert.equal(extend.store.runs.size, 5);
		assert.deepEqual(mailbox.count(), { read: 3, unread: 0 });
	});

	it('hands to a person what is uncertain and what could not be read, with what to do about it', async () => {
		const mails = sink.received.filter(({ subject }) => subject === 'Please have a look: Papers of April');
		const find = (name: string): ReceivedMail => {
			const mail = mails.find(({ text }) => text.includes(`Document: ${name}`));
			assert.ok(mail, `nobody was asked about ${name}`);
			return mail;
		};
		assert.equal(mails.length, 2);
		assertAttached(find('recipe.txt'), 'recipe.txt');
		assert.match(find('recipe.txt').text, /Category: other[^]*file the document by hand/);
		assertAttached(find('receipt.txt'), 'receipt.txt');
		assert.match(find('receipt.txt').text, /Category: none[^]*The file is damaged\.\n.+/);
	});

	it('says that the trigger for local folders is off where nothing was set for it', async () => {
		await assert.rejects(importExample(n8n, 'folder-by-category'), /localFileTrigger/);
	});
});
