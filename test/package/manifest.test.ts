import manifest from '../../package.json';
import { exists, packageSources, readText, stringsIn } from './support/project';

const REPOSITORY = /^git\+(https:\/\/github\.com\/[\w.-]+\/[\w.-]+)\.git$/;

/** dist/nodes/Extend/X.node.js -> nodes/Extend/X.node.ts */
const sourceOf = (built: string) => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

/** @see https://docs.n8n.io/integrations/creating-nodes/build/reference/verification-guidelines/ */
describe('package.json, as the verification wants it', () => {
	it('has a name that n8n recognises as a community package', () => {
		expect(manifest.name).toMatch(/^(@[\w-]+\/)?n8n-nodes-[a-z0-9-]+$/);
	});

	it('has the keyword by which n8n finds community packages', () => {
		expect(manifest.keywords).toContain('n8n-community-node-package');
	});

	it('is licensed under MIT, in the field and in the file', () => {
		expect(manifest.license).toBe('MIT');
		expect(readText('LICENSE')).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} \S/);
	});

	it('has a version and a description', () => {
		expect(manifest.version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
		expect(manifest.description.length).toBeGreaterThan(20);
	});

	it('has an author with a name and an email', () => {
		expect(manifest.author.name).toMatch(/\w/);
		expect(manifest.author.email).toMatch(/^\S+@\S+\.\S+$/);
	});

	it('names one public repository, which the homepage and the issues belong to', () => {
		expect(manifest.repository.type).toBe('git');
		const [, address = 'none'] = REPOSITORY.exec(manifest.repository.url) ?? [];
		expect(manifest.homepage).toBe(`${address}#readme`);
		expect(manifest.bugs.url).toBe(`${address}/issues`);
	});

	it.each(['dependencies', 'optionalDependencies', 'bundledDependencies', 'bundleDependencies'])('has no %s at run time', (field) => {
		expect(Object.keys(manifest)).not.toContain(field);
	});

	it('takes n8n-workflow in any version from n8n, and nothing else', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it.each(['overrides', 'resolutions'])('changes nothing in other packages by %s', (field) => {
		expect(Object.keys(manifest)).not.toContain(field);
	});

	it.each(['prepare', 'preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'postprepare'])(
		'runs nothing by itself: it has no script %s',
		(script) => {
			expect(Object.keys(manifest.scripts)).not.toContain(script);
		},
	);

	it('has no placeholder of a template left', () => {
		expect(stringsIn(manifest).filter((text) => /<[^>]*>|\{\{|\}\}|your[- ]?name/i.test(text))).toEqual([]);
	});

	it('publishes the build only', () => {
		expect(manifest.files).toEqual(['dist']);
	});

	it('pins its development packages to exact versions', () => {
		expect(Object.entries(manifest.devDependencies).filter(([, version]) => !/^(npm:n8n-core@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
	});
});

describe('the n8n object of package.json', () => {
	const { n8n } = manifest;

	it('speaks version 1 of n8n\'s node API, in strict mode', () => {
		expect(n8n.n8nNodesApiVersion).toBe(1);
		expect(n8n.strict).toBe(true);
	});

	it('has paths into dist, each with a source', () => {
		const paths = [...n8n.nodes, ...n8n.credentials];
		expect(paths.filter((path) => !/^dist\/.+\.js$/.test(path) || !exists(sourceOf(path)))).toEqual([]);
	});

	it('registers every node', () => {
		const nodes = packageSources.filter((path) => path.endsWith('.node.ts'));
		expect(n8n.nodes.map(sourceOf).sort()).toEqual(nodes);
		expect(nodes.length).toBeGreaterThan(0);
	});

	it('registers every credential', () => {
		const credentials = packageSources.filter((path) => path.endsWith('.credentials.ts'));
		expect(n8n.credentials.map(sourceOf).sort()).toEqual(credentials);
		expect(credentials.length).toBeGreaterThan(0);
	});
});
