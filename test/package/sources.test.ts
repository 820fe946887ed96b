import { createSourceFile, forEachChild, isIdentifier, isPropertyAccessExpression, isPropertyAssignment, ScriptTarget, type Node } from 'typescript';
import { packageSources, readText } from './support/project';

const code = packageSources.filter((path) => path.endsWith('.ts'));

/** The packages and files that a source names, in imports of values and of types alike. */
function importsOf(path: string): string[] {
	const pattern = /(?:from\s+|import\s+|import\s*\(\s*|require\s*\(\s*)'([^']+)'/g;
	return [...readText(path).matchAll(pattern)].map(([, name = '']) => name);
}

/** What n8n Cloud keeps from community nodes. @see https://www.npmjs.com/package/@n8n/eslint-plugin-community-nodes */
const FORBIDDEN_GLOBALS = new Set([
	...['process', 'global', 'globalThis', '__dirname', '__filename', 'console', 'eval', 'Function'],
	...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
]);

/** The names in a source that stand for themselves, not for a field of something. */
function namesIn(path: string): string[] {
	const names: string[] = [];
	const visit = (node: Node): void => {
		const { parent } = node;
		const isField = parent !== undefined && (isPropertyAccessExpression(parent) || isPropertyAssignment(parent)) && parent.name === node;
		if (isIdentifier(node) && !isField) names.push(node.text);
		forEachChild(node, visit);
	};
	visit(createSourceFile(path, readText(path), ScriptTarget.Latest, true));
	return names;
}

describe('the sources that are published', () => {
	it('touch no process, no environment variable, no file and no timer: n8n gives them all they need', () => {
		const forbidden = code.flatMap((path) => namesIn(path).filter((name) => FORBIDDEN_GLOBALS.has(name)).map((name) => `${path}: ${name}`));
		expect(forbidden).toEqual([]);
		expect(code.flatMap(namesIn)).toEqual(expect.arrayContaining(['Buffer', 'AbortController']));
	});

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
