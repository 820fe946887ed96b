/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- starts servers */
import { chownSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { chooseFreePorts } from '../../scripts/lib/ports.mjs';
import { runToEnd } from '../../scripts/lib/processes.mjs';
import { startServer, type Server } from '../../scripts/lib/server.mjs';
import { makeFolder, removeFolder } from './folder';
import { findPostgres, findRedis, postgresUser, type Account } from './programs';

/** A server that n8n needs in queue mode. */
export interface Service {
	/** How n8n is told where it is. */
	env: Record<string, string>;
	/** Ends it and removes its data. */
	close: () => Promise<void>;
}

const HOST = '127.0.0.1';
const READY_WITHIN_MS = 30_000;
/** Nothing has to outlive the test, so nothing waits for the disk. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** A Redis that keeps nothing. @throws ExplainedError when it is not installed or does not start */
export async function startRedis(): Promise<Service> {
	const command = findRedis();
	const folder = makeFolder('redis');
	const [port = 0] = await chooseFreePorts(1);
	const args = ['--port', `${port}`, '--bind', HOST, '--save', '', '--appendonly', 'no', '--dir', folder];
	const server = await startService('Redis', { command, args, folder, port });
	return { env: { QUEUE_BULL_REDIS_HOST: HOST, QUEUE_BULL_REDIS_PORT: `${port}` }, close: closing(server, folder) };
}

/** A PostgreSQL with an empty database. @throws ExplainedError when it is not installed or does not start */
export async function startPostgres(): Promise<Service> {
	const bin = findPostgres();
	const user = postgresUser();
	const folder = makeFolder('postgres');
	if (user !== undefined) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const initArgs = ['--pgdata', data, '--username', 'n8n', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
	await runToEnd(join(bin, 'initdb'), initArgs, { cwd: folder, logFile: join(folder, 'initdb.log'), task: 'Making a database', user });
	const [port = 0] = await chooseFreePorts(1);
	const settings = [`listen_addresses=${HOST}`, 'unix_socket_directories=', ...FAST].flatMap((setting) => ['-c', setting]);
	const server = await startService('PostgreSQL', { command: join(bin, 'postgres'), args: ['-D', data, '-p', `${port}`, ...settings], folder, port, user });
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: HOST,
		DB_POSTGRESDB_PORT: `${port}`,
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_PASSWORD: 'not-asked-for',
	};
	return { env, close: closing(server, folder) };
}

interface ServicePlan {
	command: string;
	args: string[];
	/** Where it runs and logs. */
	folder: string;
	port: number;
	/** Whom it runs as; the same user when left out. */
	user?: Account;
}

/** A server on 127.0.0.1 that takes connections. @throws ExplainedError with the end of its log when it does not start */
export async function startService(name: string, { command, args, folder, port, user }: ServicePlan): Promise<Server> {
	const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
	const isReady = async (): Promise<boolean> => await accepts(port);
	return await startServer({ name, command, args, cwd: folder, env, logFile: join(folder, 'server.log'), limitMs: READY_WITHIN_MS, isReady, user });
}

/** Ends a server and removes its folder. */
export function closing(server: Server, folder: string): () => Promise<void> {
	return async () => {
		// Not killed: PostgreSQL would leave processes and shared memory behind.
		await server.stop();
		removeFolder(folder);
	};
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect({ port, host: HOST });
		socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.destroy());
	});
}
