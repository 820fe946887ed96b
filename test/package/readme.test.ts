import manifest from '../../package.json';
import { loadNodes } from './support/nodes';
import { exists, readText } from './support/project';

const readme = readText('README.md');

/** Text of each section by its heading, in lower case. */
const sections = new Map(
	readme.split(/^## /m).slice(1).map((section): [string, string] => {
		const [heading = '', ...lines] = section.split('\n');
		return [heading.trim().toLowerCase(), lines.join('\n').trim()];
	}),
);

describe('README.md, as the verification wants it', () => {
	it('begins with the name of the package', () => {
		expect(readme.startsWith(`# ${manifest.name}\n`)).toBe(true);
	});

	it.each(['Installation', 'Operations', 'Credentials', 'Compatibility', 'Resources', 'Version history'])(
		'has a section %s with something in it',
		(heading) => {
			expect(sections.get(heading.toLowerCase())).toMatch(/\w{3}/);
		},
	);

	it('has a section on its use, with an example workflow', () => {
		const use = [...sections].filter(([heading]) => /usage|example|first workflow/.test(heading)).map(([, text]) => text);
		expect(use.join('\n')).toMatch(/examples\/workflows/);
	});

	it('tells how to install it in n8n', () => {
		expect(sections.get('installation')).toContain('Community Nodes');
		expect(sections.get('installation')).toContain(manifest.name);
	});

	it('explains how to get and enter a key', () => {
		expect(sections.get('credentials')).toContain('https://dashboard.extend.ai');
		expect(sections.get('credentials')).toContain('API Key');
	});

	it('names the newest and the oldest version of n8n it was tested with', () => {
		const versions = [...readText('scripts/lib/install.mjs').matchAll(/N8N_VERSION = '([\d.]+)'/g)].map(([, version]) => version);
		expect(versions).toHaveLength(2);
		expect(versions[0]).toBe(manifest.devDependencies['n8n-core']);
		for (const version of versions) expect(sections.get('compatibility')).toContain(version);
		expect(manifest.engines.n8n).toBe(`>=${versions[1]}`);
	});

	it.each(['ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNABORTED', 'CERT'])('explains %s, which n8n shows where the test of the credential finds no connection', (code) => {
		expect(sections.get('credentials')).toMatch(new RegExp(`\`${code}\`[^.;:]{0,20}: `));
	});

	it('names every resource and operation', async () => {
		const properties = (await loadNodes()).flatMap(({ node }) => node.description.properties);
		const options = properties.filter(({ name }) => ['resource', 'operation'].includes(name)).flatMap(({ options = [] }) => options);
		const text = sections.get('operations') ?? '';
		expect(options.map(({ name }) => name).filter((name) => !text.includes(name))).toEqual([]);
	});

	it('has links to files that exist', () => {
		const local = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
		expect(local.filter((path) => !exists(path))).toEqual([]);
		expect(local.length).toBeGreaterThan(3);
	});

	it('is short enough to be read', () => {
		expect(readme.split(/\s+/).length).toBeLessThan(1_500);
	});
});
