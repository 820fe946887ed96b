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

describe('routing', () => {
	it('spreads the items over the outputs of their status, each paired to its own', async () => {
		const endings = [{}, { status: 'FAILED' }, { status: 'CANCELLED' }, { status: 'BRAND_NEW' }, {}];
		const { outputs, error } = await classify({ routeBy: 'status' }, endings);
		expect(error).toBeUndefined();
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([
			[{ item: 0 }, { item: 4 }],
			[{ item: 1 }, { item: 3 }],
			[{ item: 2 }],
			[],
		]);
	});

	it('does not depend on Simplify', async () => {
		const { outputs } = await classify({ routeBy: 'confidence', simplify: false }, [{ confidence: 0.8 }, { confidence: 0.79 }, { status: 'FAILED' }]);
		expect(outputs.map((items) => items.length)).toEqual([1, 1, 1]);
	});
});

describe('routing settings that cannot be used are refused before anything is sent', () => {
	it.each<[string, IDataObject, RegExp]>([
		['80 for 0.8', { routeBy: 'confidence', minimumConfidence: 80 }, /Minimum Confidence is 80 \[item 0\].*write 0\.8 for 80 %/],
		['5 for 0.05', { routeBy: 'category', minimumConfidence: '={{ 5 }}' }, /Minimum Confidence is 5 .*write 0\.05 for 5 %/],
		['a negative confidence', { routeBy: 'confidence', minimumConfidence: -0.1 }, /Minimum Confidence is -0\.1.*from 0 to 1: such as 0\.8/],
		['a confidence over 100', { routeBy: 'confidence', minimumConfidence: 800 }, /Minimum Confidence is 800.*such as 0\.8/],
		['a confidence in words', { routeBy: 'confidence', minimumConfidence: '={{ "high" }}' }, /Minimum Confidence is high/],
		['no confidence', { routeBy: 'confidence', minimumConfidence: '={{ "" }}' }, /Minimum Confidence is empty/],
		['an empty category', byCategory('invoice', ' '), /Category 2 under .* is empty \[item 0\].*Choose a category/],
		['a category not chosen yet', byCategory({ __rl: true, mode: 'list', value: '' }), /Category 1 under .* is empty/],
		['the same category twice', byCategory('invoice', { __rl: true, mode: 'id', value: ' invoice' }), /"invoice" has two outputs/],
		['a category by expression', byCategory('={{ $json.category }}', 'a'), /Category 1 under .* is an expression/],
		['a picked category by expression', byCategory({ __rl: true, mode: 'id', value: '={{ $json.category }}' }), /Category 1 under .* is an expression/],
	])('%s', async (_, parameters, text) => {
		const { error } = await classify({ ...parameters }, [{}]);
		expect(`${error?.message} ${error?.description}`).toMatch(new RegExp(text.source, 's'));
		expect(stage.extend.requests).toEqual([]);
	});

	it('in get and waitForCompletion too', async () => {
		for (const operation of ['get', 'waitForCompletion']) {
			const { error } = await stage.run({ parameters: { operation, runId: 'clr_1', routeBy: 'confidence', minimumConfidence: 80 } });
			expect(error?.message).toMatch(/Minimum Confidence is 80 \[item 0\]/);
		}
		expect(stage.extend.requests).toEqual([]);
	});
});

describe('a node with one output', () => {
	it('pays no heed to routing that was left from another operation', async () => {
		const left = { routeBy: 'category', minimumConfidence: 80, routeCategories: { route: [{ category: '' }] } };
		const { outputs, error } = await classify({ ...left, operation: 'start' }, [{}, {}]);
		expect(error).toBeUndefined();
		expect(outputs.map((items) => items.length)).toEqual([2]);
	});

	it('gives everything by the first when it is an AI agent\'s tool', async () => {
		const { outputs, error } = await classify({ routeBy: 'confidence' }, [{ status: 'FAILED' }, {}], { type: 'n8n-nodes-extend-ai.extendClassifyTool' });
		expect(error).toBeUndefined();
		expect(outputs.map((items) => items.map(({ json }) => json.status))).toEqual([['FAILED', 'PROCESSED']]);
	});
});

function byCategory(...category: unknown[]): IDataObject {
	return { routeBy: 'category', routeCategories: { route: category.map((one) => ({ category: one })) } } as IDataObject;
}
