/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the source files */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const HOUSE = join(ROOT, 'nodes/Extend');

const sources = readdirSync(HOUSE, { recursive: true, encoding: 'utf8' })
	.filter((path) => path.endsWith('.ts'))
	.map((path) => ({ path, text: readFileSync(join(HOUSE, path), 'utf8') }));

/** Each folder may use those to its right, and itself. */
const ORDER = [['nodes'], ['operations', 'pickers'], ['parameters'], ['n8n'], ['waiting', 'starting', 'routing', 'webhook'], ['runs'], ['api']];
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
