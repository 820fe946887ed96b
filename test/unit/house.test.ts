/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the source files */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
	createSourceFile,
	forEachChild,
	isStringLiteralLike,
	isTemplateHead,
	isTemplateMiddleOrTemplateTail,
	ScriptTarget,
	type Node,
} from 'typescript';
import { quaintIn } from './support/words';

const ROOT = resolve(__dirname, '../..');

const filesIn = (folder: string, ending: string) =>
	readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((path) => path.endsWith(ending))
		.map((path) => join(folder, path));

const read = (path: string) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') });

const sources = ['nodes', 'credentials'].flatMap((folder) => filesIn(folder, '.ts')).map(read);

/** The first is written by the benchmark. */
const UNCHECKED = new Set(['docs/benchmarks.md']);
const pages = [...filesIn('docs', '.md').filter((path) => !UNCHECKED.has(path)), 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'].map(read);

/** The texts with a space in a source file: messages, advice, labels and descriptions. */
function sentencesIn(path: string, text: string): string[] {
	const sentences: string[] = [];
	const visit = (node: Node): void => {
		if (isStringLiteralLike(node) || isTemplateHead(node) || isTemplateMiddleOrTemplateTail(node)) sentences.push(node.text);
		forEachChild(node, visit);
	};
	visit(createSourceFile(path, text, ScriptTarget.Latest));
	return sentences.filter((sentence) => sentence.includes(' '));
}

describe('the sources', () => {
	it('have neither any nor switched-off checks', () => {
		const pattern = /: any\b|as any\b|<any>|@ts-(ignore|nocheck|expect-error)|eslint-disable|TODO|FIXME/;
		expect(sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
	});
});

describe('the words', () => {
	it('of messages and of the panel are plain', () => {
		const sentences = sources.flatMap(({ path, text }) => sentencesIn(path, text).map((sentence) => ({ path, sentence })));
		expect(sentences.length).toBeGreaterThan(500);
		expect(sentences.filter(({ sentence }) => quaintIn(sentence) !== undefined)).toEqual([]);
	});

	it('of the documentation are plain', () => {
		expect(pages.map(({ path, text }) => ({ path, found: quaintIn(text) })).filter(({ found }) => found !== undefined)).toEqual([]);
	});

	const quaint = [
		'The runs that were put out',
		'Items leave by Other',
		'an unanswered start',
		'Extend stumbled over it',
		'as far as it goes',
	];

	it.each(quaint)('are not those of "%s"', (text) => {
		expect(quaintIn(text)).toBeDefined();
	});
});
