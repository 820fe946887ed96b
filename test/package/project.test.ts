import { parse } from 'yaml';
import { z } from 'zod';
import manifest from '../../package.json';
import { PACKAGE_VERSION } from '../../nodes/Extend/api/version';
import { exists, filesBelow, readText } from './support/project';

const FORMS = ['defect', 'feature', 'question'];

const formSchema = z.object({
	name: z.string(),
	description: z.string(),
	body: z.array(z.object({ type: z.string(), id: z.string().optional(), attributes: z.object({ label: z.string().optional(), value: z.string().optional() }).passthrough(), validations: z.object({ required: z.boolean() }).optional() })),
});

const formOf = (name: string) => formSchema.parse(parse(readText(`.github/ISSUE_TEMPLATE/${name}.yml`)));

describe('SECURITY.md', () => {
	const text = readText('SECURITY.md');

	it('says how to report in private, what to expect and what is in scope', () => {
		expect(text).toContain(`${manifest.repository.url.replace(/^git\+|\.git$/g, '')}/security/advisories/new`);
		expect([...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(['Report a vulnerability', 'What to expect', 'Supported versions', 'What is in scope', 'What is not in scope']);
	});
});

describe('the issue forms', () => {
	it('are one for each kind of issue', () => {
		expect(filesBelow('.github/ISSUE_TEMPLATE').map((path) => path.replace(/^.*\/|\.yml$/g, ''))).toEqual(['config', ...FORMS].sort());
	});

	it.each(FORMS)('ask for version, operation and request ID, and warn of keys and documents: %s', (name) => {
		const { body } = formOf(name);
		expect(body.map(({ id }) => id)).toEqual(expect.arrayContaining(['package-version', 'operation', 'request-id']));
		expect(body[0]?.attributes.value).toMatch(/paste no API key, no signing secret and no document/);
	});

	it('offer every operation of the node', () => {
		const text = readText('.github/ISSUE_TEMPLATE/defect.yml');
		expect(['Classify and Wait', 'Start', 'Get', 'Wait for Completion', 'Get Many', 'Cancel', 'Delete'].filter((name) => !text.includes(`Classify Run: ${name}`))).toEqual([]);
	});

	it('lead reports of weaknesses elsewhere', () => {
		expect(readText('.github/ISSUE_TEMPLATE/config.yml')).toContain('/security/advisories/new');
	});
});

describe('dependency updates', () => {
	it('come for npm and for the actions of GitHub', () => {
		const { updates } = z.object({ version: z.literal(2), updates: z.array(z.object({ 'package-ecosystem': z.string() })) }).parse(parse(readText('.github/dependabot.yml')));
		expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
	});
});

describe('a release', () => {
	it('runs the checks before anything is published', () => {
		expect(manifest.scripts.prepublishOnly).toBe('npm test');
	});

	it('has one version: in the manifest, in the User-Agent, and as the newest section of the changelog', () => {
		const [newest] = [...readText('CHANGELOG.md').matchAll(/^## \[(\d[^\]]*)\]/gm)].map(([, version]) => version);
		expect([PACKAGE_VERSION, newest]).toEqual([manifest.version, manifest.version]);
	});
});

describe('the standing of the package', () => {
	it.each([['README.md', readText('README.md')], ['the description', manifest.description]])('is said plainly in %s', (_, text) => {
		expect(text).toMatch(/communit/i);
		expect(text).toMatch(/not made or endorsed by Extend|Extend neither made it nor endorses it/);
	});

	it('of its figures and checks is said in their first lines', () => {
		expect(readText('docs/benchmarks.md').split('\n').slice(0, 4).join('\n')).toContain("Measured against an emulator of Extend's API, not against Extend");
		const record = readText('docs/live-checks.md');
		expect(record.includes('No live run has been recorded yet')).toBe(!/^## \d{4}-\d\d-\d\d$/m.test(record));
	});
});

describe('docs/privacy.md', () => {
	it.each(['n8n:start', 'n8n:position', 'n8n:workflow', 'extend:usage_tags'])('explains the mark %s', (mark) => {
		expect(readText('docs/privacy.md')).toContain(`| \`${mark}\` |`);
	});
});

/** Names of tests as their files hold them; a placeholder of it.each stands for any text. */
describe('docs/security.md', () => {
	const rows = [...readText('docs/security.md').matchAll(/`(test\/[\w/.-]+\.ts)`: "([^"]+)"/g)].map(([, file = '', name = '']) => ({ file, name }));

	it('names a test for every threat', () => {
		const threats = readText('docs/security.md').split('\n').filter((line) => /^\| (?!---|Threat)/.test(line));
		expect(threats.filter((line) => !line.includes('`test/'))).toEqual([]);
		expect(threats.length).toBeGreaterThan(15);
	});

	it.each(rows)('names tests that exist: $file "$name"', ({ file, name }) => {
		expect(exists(file)).toBe(true);
		expect(readText(file).replaceAll("\\'", "'")).toContain(name);
	});
});
