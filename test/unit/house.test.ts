/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the source files */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { properties } from '../../nodes/Extend/operations';
import { ExtendApi } from '../../credentials/ExtendApi.credentials';

const ROOT = resolve(__dirname, '../..');
const HOUSE = join(ROOT, 'nodes/Extend');

const sources = readdirSync(HOUSE, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => ({ path, text: readFileSync(join(HOUSE, path), 'utf8') }));

/** Each folder may use those to its right, and itself. */
const ORDER = [['nodes'], ['operations', 'pickers'], ['parameters'], ['n8n'], ['waiting', 'starting', 'routing'], ['runs'], ['api']];
const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : 'nodes');
const floorOf = (room: string) => ORDER.findIndex((rooms) => rooms.includes(room));

function importsOf({ path, text }: { path: string; text: string }): string[] {
	const specifiers = [...text.matchAll(/from '([^']+)'/g)].map(([, specifier = '']) => specifier);
	const local = specifiers.filter((specifier) => specifier.startsWith('.') && !specifier.endsWith('package.json'));
	return local.map((specifier) => relative(HOUSE, resolve(HOUSE, dirname(path), specifier)));
}

describe('the house', () => {
	it('has every file in a known room', () => {
		expect(sources.length).toBeGreaterThan(30);
		expect(sources.filter(({ path }) => floorOf(roomOf(path)) === -1).map(({ path }) => path)).toEqual([]);
	});

	it('has imports in one direction only', () => {
		const wrong = sources.flatMap((source) =>
			importsOf(source)
				.filter((target) => {
					const [from, to] = [roomOf(source.path), roomOf(target)];
					return from !== to && floorOf(to) <= floorOf(from);
				})
				.map((target) => `${source.path} -> ${target}`),
		);
		expect(wrong).toEqual([]);
	});

	it('has no operation that uses another', () => {
		const operations = sources.filter(({ path }) => path.endsWith('.operation.ts'));
		expect(operations.flatMap(importsOf).filter((target) => target.endsWith('.operation'))).toEqual([]);
	});

	it('lets n8n-workflow in by its types only, but at the edge', () => {
		const inner = sources.filter(({ path }) => !['nodes', 'n8n'].includes(roomOf(path)));
		expect(inner.filter(({ text }) => /^import \{[^}]*\} from 'n8n-workflow'/m.test(text)).map(({ path }) => path)).toEqual([]);
	});

	it('keeps files under 200 lines, node files under 150', () => {
		const tooLong = sources.filter(({ path, text }) => text.split('\n').length > (path.endsWith('.node.ts') ? 150 : 200));
		expect(tooLong.map(({ path }) => path)).toEqual([]);
	});

	it('has neither any nor switched-off checks', () => {
		const pattern = /: any\b|as any\b|<any>|@ts-(ignore|nocheck|expect-error)|eslint-disable|TODO|FIXME/;
		expect(sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
	});
});

interface Texts {
	displayName?: string;
	name?: string;
	description?: string;
	placeholder?: string;
	type?: string;
	options?: unknown[];
	values?: unknown[];
}

/** A property with all that is nested in it. */
function flatten(property: Texts): Texts[] {
	const nested = [...(property.options ?? []), ...(property.values ?? [])] as Texts[];
	return [property, ...nested.flatMap(flatten)];
}

describe('the texts of parameters', () => {
	const fields = [...properties, ...new ExtendApi().properties].flatMap(flatten);
	const parameters = fields.filter((field) => field.displayName !== undefined && 'type' in field);

	it('say something about every parameter but resource and operation', () => {
		const speaking = parameters.filter(({ type }) => type !== 'notice');
		const silent = speaking.filter(({ name, description }) => !description && !['resource', 'operation'].includes(name ?? ''));
		expect(silent.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('begin placeholders with "e.g." unless they are buttons', () => {
		const placeholders = parameters.filter(({ placeholder }) => placeholder !== undefined && !/^(Add |Select )/.test(placeholder));
		expect(placeholders.filter(({ placeholder }) => !placeholder?.startsWith('e.g. '))).toEqual([]);
		expect(placeholders.length).toBeGreaterThan(10);
	});

	it('avoid words that blame', () => {
		const words = /\b(errors?|problems?|failures?|mistakes?|invalid)\b/i;
		const textOf = ({ displayName, description }: Texts) => `${displayName} ${description}`.replaceAll('"Error"', 'the output n8n calls so');
		expect(fields.filter((field) => words.test(textOf(field)))).toEqual([]);
	});

	it('name and order the operations as saved workflows know them', () => {
		const operation = properties.find(({ name }) => name === 'operation');
		expect(operation?.options?.map((option) => ('value' in option ? option.value : ''))).toEqual([
			'classify', 'start', 'get', 'waitForCompletion', 'getMany', 'cancel', 'delete',
		]);
		expect(operation?.default).toBe('classify');
	});
});
