import { packageSources, readText } from './support/project';

const code = packageSources.filter((path) => path.endsWith('.ts'));

/** The packages and files that a source names, in imports of values and of types alike. */
function importsOf(path: string): string[] {
	const pattern = /(?:from\s+|import\s+|import\s*\(\s*|require\s*\(\s*)'([^']+)'/g;
	return [...readText(path).matchAll(pattern)].map(([, name = '']) => name);
}

describe('the sources that are published', () => {
	it('import n8n-workflow, node:crypto and their own files only, so that they run without any other package', () => {
		const foreign = code.flatMap((path) =>
			importsOf(path)
				.filter((name) => !name.startsWith('.') && !['n8n-workflow', 'node:crypto'].includes(name))
				.map((name) => `${path}: ${name}`),
		);
		expect(foreign).toEqual([]);
		expect(code.flatMap(importsOf).length).toBeGreaterThan(100);
	});

	it('lie beside no tests, backups or other leftovers', () => {
		const known = /\.(ts|svg|png|node\.json)$|\/__schema__\/.+\.json$/;
		const leftovers = packageSources.filter((path) => !known.test(path) || /\.(test|spec|bak|backup|old|orig)\b/.test(path));
		expect(leftovers).toEqual([]);
	});
});
