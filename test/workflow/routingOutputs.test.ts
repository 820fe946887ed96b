import type { IDataObject, INode } from 'n8n-workflow';
import { byText, INVOICE, openStage, type Stage } from './setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

/** Classifies a text of each item, which tells the stand-in how its run is to end. */
async function classify(parameters: IDataObject, endings: IDataObject[], settings: Partial<INode> = {}) {
	const items = endings.map((ending) => ({ json: { text: `${INVOICE}\nemulator: ${JSON.stringify(ending)}` } }));
	return await stage.run({ parameters: { ...byText, text: '={{ $json.text }}', ...parameters }, items, settings });
}

const routes = (...categories: string[]) => ({ routeBy: 'category', routeCategories: { route: categories.map((category) => ({ category })) } });

describe('the outputs of categories', () => {
	const endings = ['a', 'b', 'c', 'd'].map((category) => ({ category }));
	const categoriesIn = async (parameters: IDataObject) => (await classify(parameters, endings)).outputs.map((items) => items.map(({ json }) => json.category));

	it('stay where they are when a category is added at the end', async () => {
		expect(await categoriesIn(routes('b', 'a'))).toEqual([['c', 'd'], [], [], ['b'], ['a']]);
		expect(await categoriesIn(routes('b', 'a', 'c'))).toEqual([['d'], [], [], ['b'], ['a'], ['c']]);
	});

	it('can be many: 500', async () => {
		const names = Array.from({ length: 500 }, (_, number) => `category_${number}`);
		const { outputs } = await classify(routes(...names), [0, 499, 250].map((number) => ({ category: names[number] })));
		expect(outputs).toHaveLength(503);
		expect(outputs.flatMap((items, output) => items.map(({ json }) => [output, json.category]))).toEqual([
			[3, 'category_0'],
			[253, 'category_250'],
			[502, 'category_499'],
		]);
	});

	it("are told from n8n's error output when a category is called like it", async () => {
		const { outputs } = await classify(routes('Error'), [{ category: 'Error' }], { onError: 'continueErrorOutput' });
		expect(outputs.map((items) => items.map(({ json }) => json.category))).toEqual([[], [], [], ['Error'], []]);
	});

	it('can be none', async () => {
		expect(await categoriesIn({ routeBy: 'category' })).toEqual([['a', 'b', 'c', 'd'], [], []]);
	});
});

describe('routing and what else shapes the items', () => {
	it('does not depend on Simplify', async () => {
		const { outputs } = await classify({ routeBy: 'confidence', simplify: false }, [{ confidence: 0.8 }, { confidence: 0.79 }, { status: 'FAILED' }]);
		expect(outputs.map((items) => items.map(({ json }) => [json.object, json.status]))).toEqual([
			[['classify_run', 'PROCESSED']],
			[['classify_run', 'PROCESSED']],
			[['classify_run', 'FAILED']],
		]);
	});

	it('reads the minimum confidence of each item', async () => {
		const parameters = { routeBy: 'confidence', minimumConfidence: '={{ $itemIndex === 0 ? 0.9 : 0.7 }}' };
		const { outputs } = await classify(parameters, [{ confidence: 0.8 }, { confidence: 0.8 }]);
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 1 }], [{ item: 0 }], []]);
	});
});

describe('a node with one output', () => {
	it('pays no heed to routing that was left from another operation', async () => {
		const left = { routeBy: 'category', minimumConfidence: 80, routeCategories: { route: [{ category: '' }] } };
		const { outputs, error } = await classify({ ...left, operation: 'start' }, [{}, {}]);
		expect(error).toBeUndefined();
		expect(outputs.map((items) => items.length)).toEqual([2]);
	});

	it.each([{ routeBy: 'status' }, { routeBy: 'failureReason' }, { routeBy: 'confidence', minimumConfidence: 80 }, routes('invoice')])(
		"gives everything by it when it is an AI agent's tool with %j",
		async (parameters) => {
			const { outputs, error } = await classify(parameters, [{ status: 'FAILED' }, {}], { type: 'n8n-nodes-extend-ai.extendClassifyTool' });
			expect(error).toBeUndefined();
			expect(outputs.map((items) => items.map(({ json }) => json.status))).toEqual([['FAILED', 'PROCESSED']]);
		},
	);
});
