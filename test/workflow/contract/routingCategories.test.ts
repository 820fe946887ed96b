/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads what the project says */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { IDataObject, INodeExecutionData, INodeParameters, INodeProperties } from 'n8n-workflow';
import { properties } from '../../../nodes/Extend/operations';
import { configuredOutputs } from '../../../nodes/Extend/routing/outputs';
import { hurryPace } from '../pace';
import { openStage, type Stage } from '../setup';
import { placeRuns, processedRun } from './placeRuns';

let stage: Stage;
beforeAll(async () => {
	hurryPace(100);
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterAll(async () => {
	await stage.extend.close();
});

const FIXED = ['Other', 'Review', 'No Result'];
const byCategory = (...category: unknown[]) => ({ routeBy: 'category', routeCategories: { route: category.map((one) => ({ category: one })) } }) as IDataObject;
const labelsOf = (parameters: IDataObject) => configuredOutputs(parameters as INodeParameters).map(({ displayName }) => displayName);
const categoryOf = ({ json }: INodeExecutionData) => (json.category === null ? null : String(json.category));

/** For each output the categories that left by it, of runs that came to these, in their order; null for one without a result. */
async function categoriesAfter(parameters: IDataObject, came: Array<string | null>): Promise<Array<Array<string | null>>> {
	const ids = await placeRuns(stage, came.map((category) => (category === null ? { status: 'FAILED' } : processedRun(category))));
	const { outputs, error } = await stage.run({ parameters: { operation: 'get', ...parameters }, items: ids.map((id) => ({ json: { id } })) });
	expect(error).toBeUndefined();
	return outputs.map((items) => items.map(categoryOf));
}

describe('the public interface, routeCategories: the fixed outputs come first, then one per entry in its order', () => {
	it('a category added at the end moves no wire of the regular outputs', async () => {
		const came = ['a', 'b', 'c', 'd', null];
		const two = await categoriesAfter(byCategory('b', 'a'), came);
		expect(two).toEqual([['c', 'd'], [], [null], ['b'], ['a']]);
		const three = await categoriesAfter(byCategory('b', 'a', 'c'), came);
		expect(three).toEqual([['d'], [], [null], ['b'], ['a'], ['c']]);
		expect(labelsOf(byCategory('b', 'a', 'c')).slice(0, 5)).toEqual(labelsOf(byCategory('b', 'a')));
	});

	it("n8n's error output always sits last and does move", async () => {
		const [id = ''] = await placeRuns(stage, [processedRun('a')]);
		for (const [categories, last] of [[['a'], 4], [['a', 'b'], 5], [['a', 'b', 'Error'], 6]] as const) {
			const items = [{ json: { id } }, { json: { id: '' } }];
			const { outputs } = await stage.run({ parameters: { operation: 'get', ...byCategory(...categories) }, items, settings: { onError: 'continueErrorOutput' } });
			expect(outputs.map((each) => each.map(({ pairedItem }) => pairedItem))).toEqual(
				Array.from({ length: last + 1 }, (_, output) => (output === 3 ? [{ item: 0 }] : output === last ? [{ item: 1 }] : [])),
			);
		}
	});

	it('none gives the fixed outputs alone', async () => {
		for (const routeCategories of [{}, { route: [] }, undefined]) {
			expect(await categoriesAfter({ routeBy: 'category', ...(routeCategories === undefined ? {} : { routeCategories }) }, ['a', null])).toEqual([['a'], [], [null]]);
		}
	});

	it('500 give 500 outputs', async () => {
		const names = Array.from({ length: 500 }, (_, number) => `category_${number}`);
		const outputs = await categoriesAfter(byCategory(...names), ['category_499', 'x', 'category_0', 'category_250', null]);
		expect(outputs).toHaveLength(503);
		expect(outputs.flatMap((categories, output) => categories.map((category) => [output, category]))).toEqual([
			[0, 'x'],
			[2, null],
			[3, 'category_0'],
			[253, 'category_250'],
			[502, 'category_499'],
		]);
	});
});

const ODD = [
	'Other', 'Review', 'No Result', 'Error', 'Processed', 'none', 'Category 1', '__proto__', 'constructor', 'toString', '}}', 'a}}b', '{', '${x}',
	'say "invoice"', "it's", '`', '\\', '<b>bold</b>', 'Größe', '請求書', '📄', 'e\u0301', 'é', 'two words', 'a,b', 'a|b', 'tab\there', '0', '-1', 'null', 'undefined', 'x'.repeat(300),
];

describe('the public interface, routeCategories whatever the categories are called', () => {
	it.each(ODD)('%j has an output of its own, and keeps apart from all others', async (name) => {
		const others = ['invoice', 'Invoice'].filter((other) => other !== name);
		expect(await categoriesAfter(byCategory(...others, name), [name, 'invoice', `${name}x`, null])).toEqual([[`${name}x`], [], [null], ['invoice'], [], [name]]);
		expect(labelsOf(byCategory(...others, name))).toEqual([...FIXED, ...others, name]);
	});

	it('all of them together have one each', async () => {
		expect(await categoriesAfter(byCategory(...ODD), ODD)).toEqual([[], [], [], ...ODD.map((name) => [name])]);
		expect(labelsOf(byCategory(...ODD))).toEqual([...FIXED, ...ODD]);
	});
});

/** The fields of an entry of routeCategories. */
function entryFields(): INodeProperties[] {
	const [parameter] = properties.filter(({ name }) => name === 'routeCategories');
	const [collection] = parameter?.options ?? [];
	return collection !== undefined && 'values' in collection ? collection.values : [];
}

describe('the public interface, routeCategories: a fixedCollection route: [{ category }]', () => {
	it.each<[string, unknown]>([
		['a resource locator of mode list', { __rl: true, mode: 'list', value: 'invoice', cachedResultName: 'Invoices' }],
		['a resource locator of mode id', { __rl: true, mode: 'id', value: 'invoice' }],
		['a resource locator without the mark of n8n', { mode: 'id', value: ' invoice ' }],
		['a plain string, as a workflow file may hold it', 'invoice'],
		['a plain string with blanks around it', '  invoice\n'],
	])('takes %s', async (_, category) => {
		expect(await categoriesAfter(byCategory('a', category), ['invoice', 'b'])).toEqual([['b'], [], [], [], ['invoice']]);
		expect(labelsOf(byCategory('a', category))).toEqual([...FIXED, 'a', 'invoice']);
	});

	it('finds a category whose ID begins or ends with blanks, as it was picked from the list', async () => {
		expect(await categoriesAfter(byCategory('a', { __rl: true, mode: 'list', value: ' invoice ' }), [' invoice ', 'b'])).toEqual([['b'], [], [], [], [' invoice ']]);
	});

	it('takes a number for its digits', async () => {
		expect(await categoriesAfter(byCategory(7, { __rl: true, mode: 'id', value: 8 }), ['7', '8'])).toEqual([[], [], [], ['7'], ['8']]);
	});

	it('offers a list and an ID, without expressions', () => {
		const [category, ...others] = entryFields();
		expect(others).toEqual([]);
		expect(category).toMatchObject({ name: 'category', type: 'resourceLocator', noDataExpression: true, default: { mode: 'list', value: '' } });
		expect(category?.modes?.map(({ name }) => name)).toEqual(['list', 'id']);
		expect(category?.modes?.[0]?.typeOptions?.searchListMethod).toBe('searchCategories');
		const [routeCategories] = properties.filter(({ name }) => name === 'routeCategories');
		expect(routeCategories).toMatchObject({ type: 'fixedCollection', noDataExpression: true, typeOptions: { multipleValues: true } });
	});

	it('goes by the stable ID of a category, not by its type', async () => {
		const ids = await placeRuns(stage, [{ status: 'PROCESSED', output: { id: 'inv_2024', type: 'invoice', confidence: 1 } }]);
		const { outputs } = await stage.run({ parameters: { operation: 'get', ...byCategory('invoice', 'inv_2024') }, items: ids.map((id) => ({ json: { id } })) });
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 0, 1]);
	});

	it('has a notice beside it that says to reconnect the error output after changing categories, and so does README', () => {
		const notices = properties.filter(({ type, displayOptions }) => type === 'notice' && displayOptions?.show?.routeBy?.includes('category') === true);
		expect(notices.length).toBeGreaterThan(0);
		for (const notice of notices) expect(notice.displayName).toMatch(/"Error".* always comes last, so connect it again after you add or remove a category/);
		const names = properties.map(({ name }) => name);
		expect(names[names.lastIndexOf('routeCategories') + 1]).toBe('routeNotice');
		expect(readFileSync(resolve(__dirname, '../../../README.md'), 'utf8')).toMatch(/error output always comes last and moves: connect it again after changing categories/);
	});
});
