/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads a stream */
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { lookUntil } from '../../scripts/lib/waiting.mjs';

export interface ReceivedMail {
	to: string[];
	subject: string;
	text: string;
	html: string;
	attachments: Array<{ fileName: string; bytes: Buffer }>;
}

/** A mail server that keeps what it is sent. */
export interface MailSink {
	/** Data of an SMTP credential in n8n. */
	credential: object;
	/** Oldest first. */
	received: ReceivedMail[];
	/** The first mail with this in its subject, or another one of them, once it is there. @throws Error when it takes too long */
	waitForMail: (subject: string, number?: number) => Promise<ReceivedMail>;
	close: () => Promise<void>;
}

const HOST = '127.0.0.1';
const MAIL_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

export async function startMailSink(): Promise<MailSink> {
	const received: ReceivedMail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _session, done) => {
			const keep = async (): Promise<void> => void received.push(await readMail(await buffer(stream)));
			keep().then(() => done(), done);
		},
	});
	const port = await new Promise<number>((resolve) => {
		const listening = server.listen(0, HOST, () => {
			const address = listening.address();
			resolve(typeof address === 'object' && address !== null ? address.port : 0);
		});
	});
	return {
		credential: { host: HOST, port, secure: false, disableStartTls: true },
		received,
		waitForMail: async (subject, number = 1) => await waitForMail(received, subject, number),
		close: async () => await closed(server),
	};
}

async function waitForMail(received: ReceivedMail[], subject: string, number: number): Promise<ReceivedMail> {
	const look = async (): Promise<ReceivedMail | undefined> => received.filter((mail) => mail.subject.includes(subject))[number - 1];
	const mail = await lookUntil(look, { limitMs: MAIL_WITHIN_MS, intervalMs: LOOK_EVERY_MS });
	if (mail !== undefined) return mail;
	throw new Error(`Not ${number} mails about "${subject}" came, only: ${received.map((each) => each.subject).join(', ')}`);
}

async function closed(server: SMTPServer): Promise<void> {
	await new Promise<void>((resolve) => server.close(() => resolve()));
}

async function readMail(source: Buffer): Promise<ReceivedMail> {
	const { to = [], subject = '', text = '', html = '', attachments } = await PostalMime.parse(source, { attachmentEncoding: 'base64' });
	return {
		to: to.map(({ address = '' }) => address),
		subject,
		text,
		html,
		attachments: attachments.map(({ filename, content }) => ({ fileName: filename ?? '', bytes: Buffer.from(String(content), 'base64') })),
	};
}
