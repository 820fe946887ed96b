/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ExtendClient } from 'extend-ai';
import { openReceiver } from './testing/receiver';

interface Ended {
	code: number | null;
	stdout: string;
	stderr: string;
}

const children: ChildProcess[] = [];

/** Starts the command line with a loader instead of tsx's own process, which would stand between us and the signal. */
function launch(...flags: string[]): { child: ChildProcess; firstLine: Promise<string>; ended: Promise<Ended> } {
	const args = ['--import', 'tsx', join(__dirname, 'main.ts'), ...flags];
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
	children.push(child);
	let [stdout, stderr] = ['', ''];
	child.stderr.on('data', (chunk) => {
		stderr += String(chunk);
	});
	const firstLine = new Promise<string>((resolve) => {
		child.stdout.on('data', (chunk) => {
			stdout += String(chunk);
			if (stdout.includes('\n')) resolve(stdout);
		});
	});
	const ended = new Promise<Ended>((resolve) => {
		child.on('close', (code) => resolve({ code, stdout, stderr }));
	});
	return { child, firstLine, ended };
}

afterEach(() => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('npm run emulator', () => {
	it.each(['SIGTERM', 'SIGINT'] as const)('says in one line what it is, works, and ends on %s', async (signal) => {
		const flags = ['--port', '0', '--run-ms', '5', '--pending-ms', '1', '--rate-limits', 'paygo'];
		const { child, firstLine, ended } = launch(...flags, '--api-key', 'sk_test_cli');
		const line = await firstLine;
		expect(line).toMatch(/^Stand-in for Extend's API, classifies by keyword matching, not by Extend's models: /);
		expect(line.trim().split('\n')).toHaveLength(1);
		expect(line).toContain('sk_test_cli');
		const baseUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
		const client = new ExtendClient({ token: 'sk_test_cli', baseUrl });
		const run = await client.classify({ classifier: { id: 'cl_inbound_mail' }, file: { text: 'Invoice' } });
		expect(run.output?.id).toBe('invoice');
		child.kill(signal);
		expect(await ended).toEqual({ code: 0, stdout: line, stderr: '' });
	});

	it('delivers webhooks to this machine', async () => {
		const { firstLine } = launch('--port', '0', '--run-ms', '5', '--pending-ms', '1');
		const baseUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(await firstLine)?.[0];
		const client = new ExtendClient({ token: 'sk_test_emulator', baseUrl });
		const receiver = await openReceiver();
		const enabledEvents = ['classify_run.processed' as const];
		await client.webhookEndpoints.create({ url: receiver.url, name: 'n8n', enabledEvents, apiVersion: '2026-02-09' });
		await client.classify({ classifier: { id: 'cl_inbound_mail' }, file: { text: 'Invoice' } });
		await receiver.waitFor(1);
		expect(receiver.received[0]?.event).toMatchObject({ eventType: 'classify_run.processed', payload: { status: 'PROCESSED' } });
		await receiver.close();
	});

	it('meets requests with faults on wish, and says by which seed', async () => {
		const { firstLine } = launch('--port', '0', '--faults', '1', '--seed', '7');
		const line = await firstLine;
		expect(line).toMatch(/with faults on purpose, seed 7\n$/);
		const baseUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
		const asked = Array.from({ length: 5 }, async () => await fetch(`${baseUrl}/classifiers`, { signal: AbortSignal.timeout(3_000) }).then(({ status }) => status, () => 0));
		// Without a key a request that meets no fault is answered 401; the kinds that carry it out show that as well.
		expect(new Set(await Promise.all(asked))).not.toEqual(new Set([401]));
	});

	it('says which port is taken', async () => {
		const blocker = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => blocker.once('listening', resolve));
		const address = blocker.address();
		const port = String(typeof address === 'object' ? address?.port : '');
		const { code, stdout, stderr } = await launch('--port', port).ended;
		expect([code, stdout]).toEqual([1, '']);
		expect(stderr).toMatch(new RegExp(`address already in use 127\\.0\\.0\\.1:${port}. Choose another port`));
		await new Promise((resolve) => blocker.close(resolve));
	});

	it.each([
		['--port', 'abc', '--port: needs a whole number'],
		['--rate-limits', 'free', '--rate-limits: '],
		['--faults', '20', '--faults: needs a share from 0 to 1'],
		['--colour', 'red', "Unknown option '--colour'"],
	])('refuses %s %s', async (flag, value, message) => {
		const { code, stderr } = await launch(flag, value).ended;
		expect(code).toBe(1);
		expect(stderr).toContain(message);
	});
});
