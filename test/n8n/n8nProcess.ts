/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads logs */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startN8n, type N8nPlan } from '../../scripts/lib/n8nServer.mjs';
import type { Server } from '../../scripts/lib/server.mjs';

/** One process of n8n. It can be ended in any way and started again; folder and ports stay the same. */
export class N8nProcess {
	private server: Server | undefined;
	private starts = 0;

	/** @param name of its log files, unlike that of other processes with the same log folder */
	constructor(
		readonly name: string,
		private readonly plan: Omit<N8nPlan, 'logFile'>,
		private readonly logs: string,
	) {}

	get baseUrl(): string {
		return `http://127.0.0.1:${this.plan.port}`;
	}

	/** Where its data is: the database in the folder `.n8n`, if it is a file. */
	get userFolder(): string {
		return this.plan.userFolder;
	}

	/** Returns when it is ready. @throws ExplainedError with the end of its log when it does not start */
	async start(): Promise<void> {
		this.starts += 1;
		this.server = await startN8n({ ...this.plan, logFile: join(this.logs, `${this.name}.${this.starts}.log`) });
	}

	/** Asks it to end, as a service manager does, and returns its exit code or the signal that ended it. */
	async stop(): Promise<number | string | undefined> {
		await this.server?.stop();
		return await this.server?.ended;
	}

	/** Ends it and what it started with SIGKILL. */
	async kill(): Promise<void> {
		await this.server?.kill();
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.start();
	}

	/** What it has logged since its first start. */
	readLog(): string {
		const files = readdirSync(this.logs).filter((file) => file.startsWith(`${this.name}.`)).sort();
		return files.map((file) => readFileSync(join(this.logs, file), 'utf8')).join('');
	}
}
