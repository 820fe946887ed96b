/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for deliveries */
import type { IDataObject } from 'n8n-workflow';
import { startEmulator, type Emulator, type EmulatorOptions, type StoredEndpoint } from '../emulator';
import { findSecret } from './leaks';
import { TriggerHost, type TriggerSetUp } from './triggerHost';

export const PROCESSED = 'classify_run.processed';
export const FAILED = 'classify_run.failed';
export const BATCH_PROCESSED = 'batch_processor_run.processed';
/** Parameters with which a trigger waits for the runs of one classifier. */
export const ofClassifier = (id: string) => ({ scope: 'classifier', classifier: { __rl: true, mode: 'id', value: id } });

const LOOK_MS = 10;
const RETRY_TIMEOUT_MS = 10_000;

/** A stand-in that delivers, and n8n hosts with the trigger in front of it. */
export class TriggerStage {
	private readonly hosts: TriggerHost[] = [];

	private constructor(readonly extend: Emulator) {}

	static async open(options: Partial<EmulatorOptions> = {}): Promise<TriggerStage> {
		return new TriggerStage(await startEmulator({ pendingMs: 5, runMs: 20, webhookRetriesMs: [20, 40, 80], ...options }));
	}

	async openHost(setUp: Partial<TriggerSetUp> = {}): Promise<TriggerHost> {
		const credential = { apiKey: this.extend.apiKey, region: 'custom', baseUrl: this.extend.url };
		const host = new TriggerHost({ credential, ...setUp });
		await host.listen();
		this.hosts.push(host);
		return host;
	}

	/** Also sees to it that no secret has come out anywhere. */
	async close(): Promise<void> {
		const secrets = [this.extend.apiKey, ...[...this.extend.store.endpoints.values()].map(({ signingSecret }) => signingSecret)];
		const shown = this.hosts.map(({ log, deliveries }) => ({ log, deliveries }));
		expect(secrets.flatMap((secret) => findSecret(secret, shown))).toEqual([]);
		await Promise.all(this.hosts.map(async (host) => await host.close()));
		await this.extend.close();
	}

	endpoints() {
		return [...this.extend.store.endpoints.values()].map(({ endpoint }) => endpoint);
	}

	endpointIds(): string[] {
		return [...this.extend.store.endpoints.keys()];
	}

	subscriptions() {
		return [...this.extend.store.subscriptions.values()].map(({ subscription }) => subscription);
	}

	/** The requests that change something, in short. */
	changes(): string[] {
		return this.extend.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.split('/')[1] ?? ''}`);
	}

	/** Changes an endpoint behind n8n's back. */
	alter(id: string, change: object): void {
		const stored = this.stored(id);
		stored.endpoint = { ...stored.endpoint, ...change };
	}

	/** Makes an endpoint behind n8n's back that differs from another one in so much. */
	copyEndpoint(id: string, change: { id: string; [field: string]: string }): void {
		const { endpoint } = this.stored(id);
		this.extend.store.endpoints.set(change.id, { endpoint: { ...endpoint, ...change }, signingSecret: 'wss_other', createdAtMs: Date.now() });
	}

	/** Starts a run with a classifier and returns its ID. @param emulator how it is to end */
	async startRun(emulator: object = {}, classifier = 'cl_inbound_mail', metadata: object = {}): Promise<string> {
		return await this.post('/classify_runs', { classifier: { id: classifier }, ...documentThatEnds(emulator, metadata) });
	}

	/** Starts a batch and returns its ID. @param emulators how its runs are to end */
	async startBatch(emulators: object[]): Promise<string> {
		return await this.post(
			'/classify_runs/batch',
			{ classifier: { id: 'cl_inbound_mail' }, inputs: emulators.map((emulator) => documentThatEnds(emulator)) },
		);
	}

	private async post(path: string, content: object): Promise<string> {
		const headers = {
			authorization: `Bearer ${this.extend.apiKey}`,
			'x-extend-api-version': '2026-02-09',
			'content-type': 'application/json',
		};
		const answer = await fetch(`${this.extend.url}${path}`, { method: 'POST', headers, body: JSON.stringify(content) });
		const { id } = (await answer.json()) as { id: string }; // a run or a batch, as Extend promises
		return id;
	}

	/** A run is started, and its event starts the workflow of the host, once. */
	async expectDelivery(host: TriggerHost, classifier?: string): Promise<void> {
		const before = itemsOf(host).length;
		const id = await this.startRun({}, classifier);
		await until(() => itemsOf(host).length > before);
		expect(itemsOf(host).slice(before)).toEqual([expect.objectContaining({ id, eventType: PROCESSED })]);
	}

	private stored(id: string): StoredEndpoint {
		const stored = this.extend.store.endpoints.get(id);
		if (stored === undefined) throw new Error(`There is no endpoint ${id}`);
		return stored;
	}
}

function documentThatEnds(emulator: object, metadata: object = {}) {
	return { file: { text: 'Invoice' }, metadata: { ...metadata, emulator } };
}

/** The ID of the endpoint that the host has registered. */
export function registeredId(host: TriggerHost): string {
	const { registered } = host.staticData;
	return String((registered as IDataObject | undefined)?.id ?? ''); // static data is whatever nodes put there
}

/** What the workflow of the host was started with. */
export function itemsOf(host: TriggerHost): IDataObject[] {
	return host.deliveries.flatMap(({ items }) => items ?? []);
}

export async function until(isSo: () => boolean): Promise<void> {
	const deadlineMs = Date.now() + RETRY_TIMEOUT_MS;
	while (!isSo()) {
		if (Date.now() > deadlineMs) throw new Error('It did not happen in time');
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
	}
}
