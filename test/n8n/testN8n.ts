import { randomBytes } from 'node:crypto';
import { chooseFreePorts } from '../../scripts/lib/ports.mjs';
import { lookUntil } from '../../scripts/lib/waiting.mjs';
import type { Emulator } from '../emulator';
import { TestClient } from './client';
import { makeFolder, removeFolder } from './folder';
import { ensureInstalled, makeUserFolder } from './installation';
import { N8nProcess } from './n8nProcess';
import type { CredentialReference } from './workflow';

export interface N8nOptions {
	/** The stand-in, or whatever else the Extend credential in n8n shall point to. */
	extend: Pick<Emulator, 'url' | 'apiKey'>;
	/** More environment variables for all processes of n8n. */
	env?: Record<string, string>;
	/** Whether the editor is served as well; its files take some seconds at each start. */
	hasEditor?: boolean;
	/** Folders that n8n's nodes may read files from. */
	readableFolders?: string[];
}

const WEBHOOK_WITHIN_MS = 20_000;
const ANSWER_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 200;

/** An n8n of a test, with an owner who is signed in and an Extend credential; see openN8n and openQueue. */
export class TestN8n {
	/** Main first. */
	readonly processes: N8nProcess[] = [];
	readonly owner = { email: 'owner@example.com', firstName: 'Test', lastName: 'Owner', password: `Test1-${randomBytes(9).toString('base64url')}` };
	private readonly logs = makeFolder('n8n-logs');
	private readonly folders = [this.logs];
	private readonly encryptionKey = randomBytes(24).toString('hex');
	private signedIn: { client: TestClient; credential: CredentialReference } | undefined;

	constructor(private readonly options: N8nOptions) {}

	get main(): N8nProcess {
		return given(this.processes[0]);
	}

	/** The REST interface, signed in as the owner. */
	get client(): TestClient {
		return given(this.signedIn).client;
	}

	/** The Extend credential, for the nodes of a workflow. */
	get credential(): CredentialReference {
		return given(this.signedIn).credential;
	}

	/** Starts everything and signs in. */
	async open(): Promise<void> {
		await this.addProcess('main', ['start']);
		await this.signIn();
	}

	/** Starts one more process of this n8n, in a user folder of its own. */
	protected async addProcess(name: string, command: string[], env: Record<string, string> = {}): Promise<N8nProcess> {
		const installation = await ensureInstalled();
		const userFolder = makeUserFolder(installation);
		this.folders.push(userFolder);
		const [port = 0, brokerPort = 0] = await chooseFreePorts(2);
		const { readableFolders, hasEditor = false } = this.options;
		const ui = { N8N_DISABLE_UI: String(!hasEditor), NO_COLOR: '1' };
		const { nodePath, n8nScript } = installation;
		const { encryptionKey } = this;
		const plan = { nodePath, n8nScript, userFolder, port, brokerPort, encryptionKey, command, readableFolders, env: { ...ui, ...this.options.env, ...env } };
		const added = new N8nProcess(name, plan, this.logs);
		this.processes.push(added);
		await added.start();
		return added;
	}

	/** Makes the owner and the credential. Wants main to run. */
	protected async signIn(): Promise<void> {
		const client = new TestClient(this.main.baseUrl);
		if (!(await client.signIn(this.owner))) throw new Error('The fresh n8n did not take its owner.');
		const { url: baseUrl, apiKey } = this.options.extend;
		const name = 'Extend of the test';
		const id = await client.saveCredential({ name, type: 'extendApi', data: { apiKey, region: 'custom', baseUrl } });
		this.signedIn = { client, credential: { id, name } };
	}

	/**
	 * Posts to a production webhook and returns when n8n has taken it. One that was activated just now is waited for.
	 * @param from the process that serves webhooks, if that is not main
	 */
	async callWebhook(path: string, request: RequestInit, from = this.main): Promise<void> {
		const call = async (): Promise<true | undefined> => {
			const { status } = await fetch(`${from.baseUrl}/webhook/${path}`, { method: 'POST', signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...request });
			if (status !== 404 && status >= 300) throw new Error(`The webhook ${path} answered with status ${status}.`);
			return status === 404 ? undefined : true;
		};
		const isTaken = await lookUntil(call, { limitMs: WEBHOOK_WITHIN_MS, intervalMs: LOOK_EVERY_MS });
		if (!isTaken) throw new Error(`n8n knew no webhook ${path} within ${WEBHOOK_WITHIN_MS / 1_000} s.`);
	}

	/** What all processes have logged. */
	readLog(): string {
		return this.processes.map((each) => each.readLog()).join('');
	}

	/** Ends all processes at once, workers before main, and removes their data. */
	async close(): Promise<void> {
		for (const each of [...this.processes].reverse()) await each.kill();
		for (const folder of this.folders.splice(0)) removeFolder(folder);
	}
}

function given<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('This n8n has not been started.');
	return value;
}

/** A regular n8n: one process, a database file. @throws ExplainedError with the end of its log when it does not start */
export async function openN8n(options: N8nOptions): Promise<TestN8n> {
	return await opened(new TestN8n(options));
}

/** Opens it, and ends again what has been started when that does not succeed. */
export async function opened<N8n extends TestN8n>(n8n: N8n): Promise<N8n> {
	let isOpen = false;
	try {
		await n8n.open();
		isOpen = true;
		return n8n;
	} finally {
		if (!isOpen) await n8n.close();
	}
}
