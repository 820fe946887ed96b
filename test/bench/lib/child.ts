/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- starts the processes of the benchmark */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '../protocol';
import type { Answer } from './worker';

export interface Place extends Installation {
	/** Folder for everything that is removed at the end. */
	workDir: string;
	/** The compiled workers. */
	workersDir: string;
}

export interface ChildOptions {
	boundMs: number;
	/** n8n's folder; one of its own when unset. */
	userFolder?: string;
}

const STOP_WITHIN_MS = 3_000;
const running = new Set<ChildProcess>();

/** A worker in a process of its own. */
export class Child {
	private readonly process: ChildProcess;
	private readonly ended: Promise<void>;
	private errors = '';

	constructor(
		private readonly name: string,
		place: Place,
		private readonly options: ChildOptions,
	) {
		const userFolder = options.userFolder ?? mkdtempSync(join(place.workDir, 'n8n-'));
		this.process = fork(join(place.workersDir, `${name}.js`), [], {
			execPath: place.nodePath,
			execArgv: ['--expose-gc'],
			cwd: place.workDir,
			env: environment(place, userFolder),
			stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
		});
		running.add(this.process);
		this.process.stderr?.on('data', (text) => {
			this.errors = `${this.errors}${String(text)}`.slice(-2_000);
		});
		this.ended = new Promise((resolve) => {
			this.process.once('exit', () => {
				running.delete(this.process);
				if (options.userFolder === undefined) rmSync(userFolder, { recursive: true, force: true });
				resolve();
			});
		});
	}

	/** What the worker makes of the job. @throws Error when it ends, or takes too long */
	async ask<Report>(job: unknown): Promise<Report> {
		const { boundMs } = this.options;
		const answer = await new Promise<Answer>((resolve) => {
			const timer = setTimeout(() => resolve({ reason: `not done after ${Math.round(boundMs / 1_000)} s` }), boundMs);
			const end = (given: Answer): void => {
				clearTimeout(timer);
				resolve(given);
			};
			// The worker sends nothing but answers.
			this.process.once('message', (message) => end(message as Answer));
			void this.ended.then(() => end({ reason: `ended early: ${this.errors}` }));
			this.process.send(job as object);
		});
		if ('reason' in answer) throw new Error(`${this.name}: ${answer.reason}`);
		// Both sides are compiled together, so the value is what the worker's types say.
		return answer.value as Report;
	}

	async stop(): Promise<void> {
		const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_WITHIN_MS);
		if (this.process.connected) this.process.disconnect();
		await this.ended;
		clearTimeout(timer);
	}
}

/** Ends at once whatever still runs. */
export function killAllChildren(): void {
	for (const child of running) child.kill('SIGKILL');
}

/** Does one job in a process of its own. */
export async function runChild<Report>(name: string, job: unknown, place: Place, options: ChildOptions): Promise<Report> {
	const child = new Child(name, place, options);
	try {
		return await child.ask<Report>(job);
	} finally {
		await child.stop();
	}
}

/** n8n reads its settings from here; like n8n itself, it lets packages find the modules beside it. */
function environment({ n8nDir }: Place, userFolder: string): Record<string, string> {
	return {
		PATH: process.env.PATH ?? '',
		HOME: userFolder,
		NODE_PATH: join(n8nDir, 'node_modules'),
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: 'benchmark',
		N8N_LOG_LEVEL: 'silent',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	};
}
