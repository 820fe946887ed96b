/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- asks npm what it would publish */
import { execFileSync } from 'node:child_process';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { z } from 'zod';
import manifest from '../../package.json';
import { exists, packageSources, readText, ROOT } from './support/project';

/** More than this, and something is in there that n8n does not load. */
const MOST_PACKED_BYTES = 90_000;

const packed = z.array(z.object({ size: z.number(), files: z.array(z.object({ path: z.string() })) })).length(1);

/** What npm would publish. It takes the build as it is, so that comes first. */
function packDry(): { size: number; paths: string[] } {
	if (!exists('dist')) throw new Error('There is no build to look at. Run npm run build first.');
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' });
	const [{ size, files } = { size: 0, files: [] }] = packed.parse(JSON.parse(output));
	return { size, paths: files.map(({ path }) => path) };
}

/** What the build holds beside its code: copies. */
const copies = packageSources.filter((path) => !path.endsWith('.ts')).map((path) => `dist/${path}`);

/** Whether a source holds more than types. */
function hasCode(path: string): boolean {
	const { outputText } = transpileModule(readText(path), { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2021 } });
	return /^exports\./m.test(outputText);
}

/** The files that a module loads by a path of its own. */
function requiredBy(module: string): string[] {
	const paths = [...readText(module).matchAll(/require\("(\.[^"]+)"\)/g)].map(([, path = '']) => new URL(path, `file:///${module}`).pathname.slice(1));
	return paths.map((path) => [`${path}.js`, `${path}/index.js`, path].find((file) => exists(file) && !file.endsWith('/')) ?? path);
}

/** The modules that n8n comes to from those the manifest names. */
function loadedByN8n(): Set<string> {
	const loaded = new Set<string>();
	const load = (module: string): void => {
		if (loaded.has(module)) return;
		loaded.add(module);
		requiredBy(module).forEach(load);
	};
	[...manifest.n8n.nodes, ...manifest.n8n.credentials].forEach(load);
	return loaded;
}

describe('the published tarball', () => {
	const { size, paths } = packDry();
	const modules = paths.filter((path) => path.endsWith('.js'));

	it('holds all code in one file, what n8n loads it by, the manifest, the README and the licence, and nothing else', () => {
		const expected = ['LICENSE', 'README.md', 'package.json', 'dist/extend.js', ...manifest.n8n.nodes, ...manifest.n8n.credentials, ...copies];
		expect([...paths].sort()).toEqual(expected.sort());
	});

	it('holds the code of every source, and of nothing else', () => {
		const sources = z.array(z.string()).parse(JSON.parse(readText('.artifacts/bundle.json'))).filter((path) => path !== 'index.ts');
		expect(sources.sort()).toEqual(packageSources.filter((path) => path.endsWith('.ts') && hasCode(path)).sort());
	});

	it('requires nothing but n8n-workflow and modules of Node', () => {
		const required = [...readText('dist/extend.js').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name = '']) => name);
		expect(required).toContain('n8n-workflow');
		expect(required.filter((name) => name !== 'n8n-workflow' && !isBuiltin(name))).toEqual([]);
	});

	it(`is at most ${MOST_PACKED_BYTES} bytes long`, () => {
		expect(size).toBeGreaterThan(0);
		expect(size).toBeLessThanOrEqual(MOST_PACKED_BYTES);
	});

	it('holds no module that n8n does not load', () => {
		const loaded = loadedByN8n();
		expect(modules.filter((path) => !loaded.has(path))).toEqual([]);
		expect(modules).toHaveLength(manifest.n8n.nodes.length + manifest.n8n.credentials.length + 1);
	});

	it('holds beside the modules what n8n reads for them: a codex, icons and output schemas', () => {
		const others = paths.filter((path) => path.startsWith('dist/') && !path.endsWith('.js'));
		expect(others.filter((path) => !/\.(node\.json|svg)$|\/__schema__\/v\d+\.\d+\.\d+(\/.+)?\.json$/.test(path))).toEqual([]);
		expect(others.filter((path) => path.endsWith('.node.json'))).toHaveLength(manifest.n8n.nodes.length);
	});

	it('holds no type declarations, maps, tests, build information or TypeScript sources', () => {
		const unwanted = /\.map$|\.tsbuildinfo$|\.test\.|(^|\/)(test|tests|scripts|examples|node_modules)\/|\.ts$/;
		expect(paths.filter((path) => unwanted.test(path))).toEqual([]);
	});

	it('names no map in its modules', () => {
		expect(modules.filter((path) => readText(path).includes('sourceMappingURL'))).toEqual([]);
	});

	it('hands n8n the outputs of the node as a text that stands on its own', async () => {
		const path = manifest.n8n.nodes.find((node) => node.endsWith('ExtendClassify.node.js')) ?? '';
		const { ExtendClassify } = (await import(join(ROOT, path))) as { ExtendClassify: new () => INodeType };
		const text = String(new ExtendClassify().description.outputs);
		expect(text.replace(/^=\{\{|\}\}$/g, '')).not.toContain('}}');
	});
});
