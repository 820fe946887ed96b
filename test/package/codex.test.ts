import { z } from 'zod';
import manifest from '../../package.json';
import { loadNodes, nodePaths } from './support/nodes';
import { exists, packageSources, readText } from './support/project';

/** @see https://docs.n8n.io/integrations/creating-nodes/build/reference/node-codex-files/ */
const CATEGORIES = [
	'Analytics', 'Communication', 'Data & Storage', 'Development', 'Finance & Accounting', 'Marketing & Content',
	'Miscellaneous', 'Productivity', 'Sales', 'Utility',
] as const;

const link = z.object({ url: z.string().url().startsWith('https://') });

const codexSchema = z.object({
	node: z.string(),
	nodeVersion: z.literal('1.0'),
	codexVersion: z.literal('1.0'),
	categories: z.array(z.enum(CATEGORIES)).min(1),
	alias: z.array(z.string().min(1)).min(1),
	// n8n drops a codex without resources entirely.
	resources: z.object({ primaryDocumentation: z.array(link).min(1), credentialDocumentation: z.array(link).min(1) }),
});

const codexPath = (node: string) => node.replace(/\.ts$/, '.json');

/** What people enter into n8n's node panel who do not know the name of the node. */
const SEARCHES = [
	'classify document', 'classify documents', 'document classification', 'document classifier', 'document type', 'sort documents',
	'categorize documents', 'route documents', 'document processing', 'pdf classification', 'classify pdf', 'classify invoices', 'sort invoices',
	'classify files', 'sort files', 'file classification', 'classify attachments', 'email attachments', 'classify email', 'extend.ai', 'ocr', 'idp',
];

/** n8n finds a name that holds all characters of the search, spaces included, in their order. */
function isFoundBy(name: string, search: string): boolean {
	let found = 0;
	for (const character of name.toLowerCase()) if (character === search[found]) found += 1;
	return found === search.length;
}

describe('the codex', () => {
	it('lies beside every node, and nowhere else', () => {
		expect(nodePaths.map(codexPath).filter((path) => !exists(path))).toEqual([]);
		expect(packageSources.filter((path) => path.endsWith('.node.json'))).toEqual(nodePaths.map(codexPath));
	});

	it.each(nodePaths.map(codexPath))('has categories that n8n knows, other names and resources: %s', (path) => {
		const parsed = codexSchema.safeParse(JSON.parse(readText(path)));
		expect(parsed.error?.issues ?? []).toEqual([]);
	});

	it('names the node it belongs to', async () => {
		const wrong = (await loadNodes()).filter(({ path, node }) => {
			const codex = codexSchema.parse(JSON.parse(readText(codexPath(path))));
			return codex.node !== `${manifest.name}.${node.description.name}`;
		});
		expect(wrong.map(({ path }) => path)).toEqual([]);
	});

	it.each(nodePaths.map(codexPath))('is found by what people search for, in several words too: %s', (path) => {
		const { alias } = codexSchema.parse(JSON.parse(readText(path)));
		expect(SEARCHES.filter((search) => !alias.some((name) => isFoundBy(name, search)))).toEqual([]);
	});
});
