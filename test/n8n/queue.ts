import type { N8nProcess } from './n8nProcess';
import { startPostgres, startRedis, type Service } from './services';
import { opened, TestN8n, type N8nOptions } from './testN8n';

export interface QueueOptions extends N8nOptions {
	workers: number;
	/** Executions that a worker carries out at a time. */
	concurrency?: number;
	/** Whether webhooks are served by a process of their own. */
	hasWebhookProcess?: boolean;
}

/** An n8n in queue mode: Redis, PostgreSQL, main, workers and perhaps a process for webhooks. */
export class QueueN8n extends TestN8n {
	readonly workers: N8nProcess[] = [];
	/** The one that serves webhooks, unless main does. */
	webhooks: N8nProcess | undefined;
	private readonly services: Service[] = [];

	constructor(private readonly queue: QueueOptions) {
		super(queue);
	}

	override async open(): Promise<void> {
		const { workers, concurrency = 10, hasWebhookProcess = false } = this.queue;
		this.services.push(await startRedis());
		this.services.push(await startPostgres());
		const env = Object.assign({ EXECUTIONS_MODE: 'queue', OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true' }, ...this.services.map((service) => service.env));
		// Main first: it makes the tables.
		await this.addProcess('main', ['start'], env);
		for (let number = 1; number <= workers; number++) {
			this.workers.push(await this.addProcess(`worker-${number}`, ['worker', `--concurrency=${concurrency}`], env));
		}
		if (hasWebhookProcess) this.webhooks = await this.addProcess('webhooks', ['webhook'], env);
		await this.signIn();
	}

	override async close(): Promise<void> {
		await super.close();
		for (const service of this.services.splice(0)) await service.close();
	}
}

/** @throws ExplainedError naming the Debian package when Redis or PostgreSQL is not installed */
export async function openQueue(options: QueueOptions): Promise<QueueN8n> {
	return await opened(new QueueN8n(options));
}
