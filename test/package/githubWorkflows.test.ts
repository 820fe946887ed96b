/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- runs a step of a workflow */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import manifest from '../../package.json';
import { filesBelow, readText } from './support/project';

const stepSchema = z.object({
	name: z.string().optional(),
	uses: z.string().optional(),
	run: z.string().optional(),
	with: z.record(z.unknown()).optional(),
	env: z.record(z.string()).optional(),
});

const workflowSchema = z
	.object({
		name: z.string(),
		on: z.record(z.unknown()),
		permissions: z.record(z.string()),
		concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
		jobs: z.record(z.object({ name: z.string(), 'runs-on': z.string(), 'timeout-minutes': z.number(), steps: z.array(stepSchema) })),
	})
	.strict();

type Step = z.infer<typeof stepSchema>;

const paths = filesBelow('.github/workflows');
const workflowAt = (path: string) => workflowSchema.parse(parse(readText(path)));
const stepsOf = (path: string): Step[] => Object.values(workflowAt(path).jobs).flatMap(({ steps }) => steps);
const commandsOf = (path: string) => stepsOf(path).flatMap(({ run = '' }) => run.split('\n').map((line) => line.trim()));

const CI = '.github/workflows/ci.yml';
const PUBLISH = '.github/workflows/publish.yml';
const CHECK_API = '.github/workflows/check-api.yml';

describe('the workflows on GitHub', () => {
	it('are for changes, for releases and for changes at Extend', () => {
		expect(paths).toEqual([CHECK_API, CI, PUBLISH]);
	});

	it.each(paths)('call scripts that exist: %s', (path) => {
		const called = commandsOf(path).flatMap((line) => /^npm run ([\w:]+)/.exec(line)?.[1] ?? (/^npm test\b/.test(line) ? 'test' : []));
		expect(called.filter((script) => !(script in manifest.scripts))).toEqual([]);
		expect(called.length).toBeGreaterThan(0);
	});

	it.each(paths)('take actions at a fixed commit, and name its version: %s', (path) => {
		const actions = readText(path).split('\n').filter((line) => line.includes('uses:'));
		expect(actions.filter((line) => !/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
		expect(actions).toHaveLength(stepsOf(path).filter(({ uses }) => uses !== undefined).length);
	});

	it.each(paths)('run on Node 24: %s', (path) => {
		const versions = stepsOf(path).filter(({ uses = '' }) => uses.startsWith('actions/setup-node@')).map((step) => step.with?.['node-version']);
		expect(versions).toEqual(Object.keys(workflowAt(path).jobs).map(() => 24));
	});

	it.each(paths)('install exactly what the lock file names: %s', (path) => {
		expect(commandsOf(path)).toContain('npm ci');
	});

	it.each([CI, CHECK_API])('may read only, and see no secret: %s', (path) => {
		expect(workflowAt(path).permissions).toEqual({ contents: 'read' });
		expect(readText(path)).not.toContain('secrets.');
	});

	it('test every change, in n8n\'s engine and in a real n8n', () => {
		expect(Object.keys(workflowAt(CI).on).sort()).toEqual(['pull_request', 'push']);
		expect(commandsOf(CI)).toEqual(expect.arrayContaining(['npm test', 'npm run test:coverage', 'npm run test:faults', 'npm run test:e2e']));
	});

	it('compare the newest SDK of Extend every week, and when asked to', () => {
		const { on } = workflowAt(CHECK_API);
		expect(on).toEqual({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \d$/) }], workflow_dispatch: null });
		const commands = commandsOf(CHECK_API);
		expect(commands.findIndex((line) => line.endsWith('extend-ai@latest'))).toBeGreaterThan(0);
		expect(commands.at(-1)).toBe('npm run check:api');
	});
});

describe('the release on GitHub', () => {
	it('begins with a version tag, and with nothing else', () => {
		expect(workflowAt(PUBLISH).on).toEqual({ push: { tags: ['v*.*.*'] } });
	});

	it('has the rights to publish with provenance, and no others', () => {
		expect(workflowAt(PUBLISH).permissions).toEqual({ contents: 'read', 'id-token': 'write' });
	});

	it('publishes with provenance after all tests', () => {
		const commands = commandsOf(PUBLISH);
		expect(commands.at(-1)).toBe('npm publish --provenance --access public --ignore-scripts');
		expect(commands.indexOf('npm test')).toBeGreaterThan(commands.indexOf('npm ci'));
	});

	/** Runs the step on a package of version 1.2.3. */
	function compare(tag: string, changelog: string): { status: number | null; stderr: string } {
		const script = stepsOf(PUBLISH).find(({ name }) => name === 'Compare the tag with the version')?.run ?? '';
		const folder = mkdtempSync(join(tmpdir(), 'release-'));
		writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }));
		writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
		const env = { ...process.env, GITHUB_REF_NAME: tag };
		const { status, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd: folder, env, encoding: 'utf8' });
		rmSync(folder, { recursive: true });
		return { status, stderr };
	}
	const CHANGELOG = '# Changelog\n\n## [1.2.3] - 2026-01-01\n';

	it('goes on for a tag that is the version, with a section in the changelog', () => {
		expect(compare('v1.2.3', CHANGELOG)).toEqual({ status: 0, stderr: '' });
	});

	it.each(['v1.2.4', '1.2.3', 'v1.2.3-beta.1'])('ends at the tag %s, which is not the version', (tag) => {
		expect(compare(tag, CHANGELOG)).toEqual({ status: 1, stderr: `The tag is ${tag}, but package.json says 1.2.3.\n` });
	});

	it('ends when the changelog has no section on the version', () => {
		expect(compare('v1.2.3', '# Changelog\n\n## [Unreleased]\n')).toEqual({ status: 1, stderr: 'CHANGELOG.md has no section for 1.2.3.\n' });
	});
});
