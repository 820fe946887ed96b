/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps mail in files */
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import { chooseFreePorts } from '../../scripts/lib/ports.mjs';
import { lookUntil } from '../../scripts/lib/waiting.mjs';
import { makeFolder } from './folder';
import { dovecotUser, findDovecot, nameOfId, type Account } from './programs';
import { closing, startService } from './services';

/** A mailbox on a mail server of its own. */
export interface Mailbox {
	/** Data of an IMAP credential in n8n. */
	credential: object;
	/** Returns once somebody has opened the inbox for the first time, and is told of what comes in. @throws Error when nobody does */
	waitForReader: () => Promise<void>;
	/** Puts an email into the inbox, as a mail server does that has just received it. */
	deliver: (mail: NewMail) => Promise<void>;
	/** The messages that somebody has marked as read, and the others. */
	count: () => { read: number; unread: number };
	/** Ends the server and removes the mail. */
	close: () => Promise<void>;
}

export interface NewMail {
	subject: string;
	attachments?: Array<{ filename: string; content: Buffer }>;
}

const HOST = '127.0.0.1';
const USER = 'documents@example.com';
const PASSWORD = 'test-password';
const READER_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** Dovecot with an empty inbox. @throws ExplainedError when it is not installed or does not start */
export async function startMailbox(): Promise<Mailbox> {
	const command = findDovecot();
	const user = dovecotUser();
	const folder = makeFolder('dovecot');
	const inbox = join(folder, 'inbox');
	const folders = [folder, inbox, ...['tmp', 'new', 'cur'].map((name) => join(inbox, name))];
	for (const each of folders) mkdirSync(each, { recursive: true });
	if (user !== undefined) for (const each of folders) chownSync(each, user.uid, user.gid);
	const [port = 0] = await chooseFreePorts(1);
	const config = join(folder, 'dovecot.conf');
	writeFileSync(config, configuration({ folder, inbox, port, user: user ?? userInfo() }));
	const server = await startService('Dovecot', { command, args: ['-F', '-c', config], folder, port, user });
	return {
		credential: { user: USER, password: PASSWORD, host: HOST, port, secure: false },
		waitForReader: async () => await waitForReader(inbox),
		deliver: async (mail) => deliver(inbox, await compose(mail)),
		count: () => count(inbox),
		close: closing(server, folder),
	};
}

interface Settings {
	folder: string;
	inbox: string;
	port: number;
	user: Account;
}

/** Everything under one account and without chroot, as nobody but root may change either. @see https://doc.dovecot.org/2.3/configuration_manual/howto/rootless/ */
function configuration({ folder, inbox, port, user: { uid, gid } }: Settings): string {
	const account = nameOfId('passwd', uid);
	return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = /dev/stderr
protocols = imap
listen = ${HOST}
ssl = no
disable_plaintext_auth = no
default_internal_user = ${account}
default_internal_group = ${nameOfId('group', gid)}
default_login_user = ${account}
mail_location = maildir:${inbox}
first_valid_uid = 1
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${inbox}
}
`;
}

/** The server numbers the messages in this file when the inbox is opened. */
async function waitForReader(inbox: string): Promise<void> {
	const look = async (): Promise<true | undefined> => (existsSync(join(inbox, 'dovecot-uidlist')) ? true : undefined);
	if (await lookUntil(look, { limitMs: READER_WITHIN_MS, intervalMs: LOOK_EVERY_MS })) return;
	throw new Error(`Nobody opened the inbox within ${READER_WITHIN_MS / 1_000} s.`);
}

async function compose({ subject, attachments = [] }: NewMail): Promise<Buffer> {
	const mail = { from: 'Ada <ada@example.com>', to: USER, subject, text: 'Please find attached what you asked for.', attachments };
	return await new MailComposer(mail).compile().build();
}

/** A message is written aside and moved, so that nobody reads half of it. @see https://cr.yp.to/proto/maildir.html */
function deliver(inbox: string, message: Buffer): void {
	const name = `${randomUUID()}.test`;
	writeFileSync(join(inbox, 'tmp', name), message);
	renameSync(join(inbox, 'tmp', name), join(inbox, 'new', name));
}

/** The server keeps the flags in the names of the files: S is for seen. */
function count(inbox: string): { read: number; unread: number } {
	const names = ['new', 'cur'].flatMap((folder) => readdirSync(join(inbox, folder)));
	const read = names.filter((name) => /:2,[A-Z]*S/.test(name)).length;
	return { read, unread: names.length - read };
}
