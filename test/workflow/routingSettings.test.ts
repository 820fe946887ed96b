import type { IDataObject } from 'n8n-workflow';
import { byText, INVOICE, openStage, type Stage } from './setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

async function classify(parameters: IDataObject) {
	return await stage.run({ parameters: { ...byText, text: INVOICE, ...parameters } });
}

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
		const { error } = await classify(parameters);
		expect(`${error?.message} ${error?.description}`).toMatch(new RegExp(text.source, 's'));
		expect(stage.extend.requests).toEqual([]);
	});

	it('for the items whose value it is, while the others go on', async () => {
		const { outputs } = await stage.run({
			parameters: { ...byText, text: INVOICE, routeBy: 'confidence', minimumConfidence: '={{ $json.minimum }}' },
			items: [80, '0.8', 1, -1].map((minimum) => ({ json: { minimum } })),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 1 }], [{ item: 2 }], [{ item: 0 }, { item: 3 }]]);
		expect(stage.extend.store.runs.size).toBe(2);
	});

	it('in get and waitForCompletion too', async () => {
		for (const operation of ['get', 'waitForCompletion']) {
			const { error } = await stage.run({ parameters: { operation, runId: 'clr_1', routeBy: 'confidence', minimumConfidence: 80 } });
			expect(error?.message).toMatch(/Minimum Confidence is 80 \[item 0\]/);
		}
		expect(stage.extend.requests).toEqual([]);
	});
});

function byCategory(...category: unknown[]): IDataObject {
	return { routeBy: 'category', routeCategories: { route: category.map((one) => ({ category: one })) } } as IDataObject;
}
