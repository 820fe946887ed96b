/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- asks npm what it would publish */
import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { exists, packageSources, readText, ROOT } from './support/project';

const packed = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).length(1);

/** What npm would publish. It takes the build as it is, so that comes first. */
function filesToPublish(): string[] {
	if (!exists('dist')) throw new Error('There is no build to look at. Run npm run build first.');
	const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' });
	return packed.parse(JSON.parse(output)).flatMap(({ files }) => files.map(({ path }) => path));
}

/** A source file becomes JavaScript with its types, every other file a copy. */
function builtFrom(path: string): string[] {
	const stem = path.replace(/\.ts$/, '');
	return stem === path ? [`dist/${path}`] : [`dist/${stem}.js`, `dist/${stem}.d.ts`];
}

describe('the published tarball', () => {
	const files = filesToPublish();

	it('holds the build of every source, the manifest, the README and the licence, and nothing else', () => {
		const expected = ['LICENSE', 'README.md', 'package.json', 'dist/package.json', ...packageSources.flatMap(builtFrom)];
		expect([...files].sort()).toEqual(expected.sort());
	});

	it('holds no maps, tests, build information or TypeScript sources', () => {
		const unwanted = /\.map$|\.tsbuildinfo$|\.test\.|(^|\/)(test|tests|scripts|examples|node_modules)\/|(?<!\.d)\.ts$/;
		expect(files.filter((path) => unwanted.test(path))).toEqual([]);
	});

	it('holds TypeScript declarations for every module', () => {
		const modules = files.filter((path) => path.endsWith('.js'));
		expect(modules.filter((path) => !files.includes(path.replace(/\.js$/, '.d.ts')))).toEqual([]);
		expect(modules.length).toBeGreaterThan(40);
	});

	it('holds the same manifest beside the modules, which read their version from it', () => {
		expect(JSON.parse(readText('dist/package.json'))).toEqual(JSON.parse(readText('package.json')));
	});

	it('names no map in its modules', () => {
		const modules = files.filter((path) => path.endsWith('.js'));
		expect(modules.filter((path) => readText(path).includes('sourceMappingURL'))).toEqual([]);
	});
});
