/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs the command */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator, type Emulator } from '../emulator';
import { AS_BELIEVED } from './support/rehearsal';

const KEY = 'sk_test_never_to_be_seen';

let extend: Emulator;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
	extend = await startEmulator({ ...AS_BELIEVED, apiKeys: [KEY] });
	folder = mkdtempSync(join(tmpdir(), 'check-live-'));
});

afterEach(async () => {
	for (const child of children.splice(0)) child.kill('SIGKILL');
	rmSync(folder, { recursive: true, force: true });
	await extend.close();
});

/** Runs the command to its end. */
async function runCommand(flags: string[], env: Record<string, string> = {}) {
	const args = ['--import', 'tsx', join(__dirname, 'main.ts'), '--report', join(folder, 'report.md'), '--record', join(folder, 'record.md'), '--poll-ms', '25', ...flags];
	const environment = { ...process.env, EXTEND_API_KEY: KEY, EXTEND_BASE_URL: `${extend.url}/`, EXTEND_REGION: '', EXTEND_WORKSPACE_ID: '', ...env };
	const child = spawn(process.execPath, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
	children.push(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk) => {
			output += String(chunk);
		});
	}
	const code = await new Promise((resolve) => child.on('close', resolve));
	return { code, output };
}

describe('npm run check:live', () => {
	it('says what it would ask and what that costs at most, and asks nothing without a yes', async () => {
		const { code, output } = await runCommand(['--only', 'runs']);
		expect(output).toMatch(/^8 questions to http:\/\/127\.0\.0\.1:\d+, at most \d+(\.\d+)? credits by the published prices\. Never more than \d/);
		expect(output).toContain('Nothing was asked. Add --yes, or --max-credits and a number');
		expect([code, extend.requests.length]).toEqual([2, 0]);
	});

	it('asks, writes the answers to a file, and never shows the key', async () => {
		const { code, output } = await runCommand(['--only', 'unreviewed', '--only', 'shape', '--yes']);
		const report = readFileSync(join(folder, 'report.md'), 'utf8');
		expect(output).toContain('2 questions answered, 0 of them differently than the stand-in believes');
		expect(report).toContain('| initialOutput | null | the same |');
		const record = readFileSync(join(folder, 'record.md'), 'utf8');
		expect(record).toMatch(/^## \d{4}-\d\d-\d\d\n\nVersion \d+\.\d+\.\d+, region custom: 2 of 2 questions answered, 0 of them differently/);
		expect(output + report + record).not.toContain(KEY);
		expect(code).toBe(0);
	});

	it('shows a difference, and does not succeed then', async () => {
		extend.options.requireOther = false;
		const { code, output } = await runCommand(['--only', 'otherCategory', '--max-credits', '1']);
		expect(output).toContain('categories without one of type other: stand-in says refused with 400 INVALID_REQUEST / live says taken');
		expect(code).toBe(1);
	});

	it.each(['/classify_runs', '/classifiers'])('does not show the key when the API repeats it, at %s', async (repeating) => {
		extend.options.onRequest = ({ path }) =>
			path === repeating ? { kind: 'status', status: 500, body: { code: 'X', message: `Who is ${KEY}?` } } : undefined;
		const { output } = await runCommand(['--only', 'unreviewed', '--yes']);
		expect(output).toContain('Who is (the key)?');
		const report = join(folder, 'report.md');
		expect(output + (existsSync(report) ? readFileSync(report, 'utf8') : '')).not.toContain(KEY);
	});

	it('removes what it made when it is ended', async () => {
		extend.options.runMs = 60_000;
		extend.options.pendingMs = 1;
		extend.options.onRequest = ({ path }) => {
			// The first look at the run that was started.
			if (path.startsWith('/classify_runs/') && !isEnded) isEnded = children.every((child) => child.kill('SIGINT'));
			return undefined;
		};
		let isEnded = false;
		const { code, output } = await runCommand(['--only', 'shape', '--only', 'unreviewed', '--yes']);
		expect(output).toContain('Ending. What was made is being removed');
		expect([code, extend.store.runs.size, extend.store.files.size]).toEqual([1, 0, 0]);
	});

	it('asks nothing when the key is not taken', async () => {
		const { code, output } = await runCommand(['--yes'], { EXTEND_API_KEY: 'sk_test_unknown' });
		expect(output).toContain('The API could not be asked: Extend refused with 401 UNAUTHORIZED');
		expect([code, extend.requests.length]).toEqual([2, 1]);
	});

	it('says when there is no API at the address', async () => {
		const { code, output } = await runCommand(['--yes'], { EXTEND_BASE_URL: 'http://127.0.0.1:1' });
		expect(output).toMatch(/The API could not be asked: fetch failed/);
		expect(code).toBe(2);
	});

	it.each([
		[['--yes'], { EXTEND_API_KEY: '' }, 'EXTEND_API_KEY is not set'],
		[['--yes'], { EXTEND_BASE_URL: '', EXTEND_REGION: 'mars' }, 'EXTEND_REGION is "mars". Give one of us, us2, eu'],
		[['--max-credits', 'some'], {}, '--max-credits is "some". Give a number of at least 0'],
		[['--only', 'nothing', '--yes'], {}, 'There is no such question'],
		[['--fast'], {}, "Unknown option '--fast'"],
	])('says what to change for %j with %j', async (flags, env, message) => {
		const { code, output } = await runCommand(flags, env);
		expect(output).toContain(message);
		expect([code, extend.requests.length]).toEqual([2, 0]);
	});
});
