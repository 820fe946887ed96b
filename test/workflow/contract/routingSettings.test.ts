import type { IDataObject } from 'n8n-workflow';
import { byText, INVOICE, openStage, type Stage } from '../setup';

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

describe('the public interface, minimumConfidence is 0 to 1, and anything else is refused before anything is sent', () => {
	it.each<[string, unknown, RegExp]>([
		['80, with "write 0.8"', 80, /Minimum Confidence is 80 \[item 0\].*write 0\.8 for 80 %/],
		['80 as a text', '={{ "80" }}', /Minimum Confidence is 80 .*write 0\.8 for 80 %/],
		['5, with "write 0.05"', '={{ 5 }}', /Minimum Confidence is 5 .*write 0\.05 for 5 %/],
		['100, with "write 1"', 100, /Minimum Confidence is 100 .*write 1 for 100 %/],
		['more than 100', 800, /Minimum Confidence is 800.*such as 0\.8/],
		['a negative number', -0.1, /Minimum Confidence is -0\.1.*from 0 to 1, such as 0\.8/],
		['a number with a comma', '={{ "0,8" }}', /Minimum Confidence is 0,8.*such as 0\.8/],
		['a number with a percent sign', '={{ "80%" }}', /Minimum Confidence is 80%.*such as 0\.8/],
		['a word', '={{ "high" }}', /Minimum Confidence is high/],
		['not a number', '={{ Number("x") }}', /Minimum Confidence is NaN/],
		['Infinity', '={{ 1 / 0 }}', /Minimum Confidence is Infinity/],
		['an empty text', '={{ "" }}', /Minimum Confidence is empty/],
		['a field that is not there', '={{ $json.nothing }}', /Minimum Confidence is empty/],
		['a list', '={{ [0.8] }}', /^Minimum Confidence holds data where text is needed/],
		['an expression that fails', '={{ $("Nowhere").item.json.x }}', /^Minimum Confidence could not be read/],
	])('%s', async (_, minimumConfidence, text) => {
		for (const routeBy of ['confidence', 'category']) {
			const { error } = await classify({ routeBy, minimumConfidence } as IDataObject);
			expect(`${error?.message} ${error?.description}`).toMatch(new RegExp(text.source, 's'));
		}
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

describe('the public interface, routeCategories that cannot be outputs are refused before anything is sent', () => {
	it.each<[string, IDataObject, RegExp]>([
		['an empty category', byCategory('invoice', ' '), /Category 2 under .* is empty \[item 0\].*Choose a category/],
		['a category not chosen yet', byCategory({ __rl: true, mode: 'list', value: '' }), /Category 1 under .* is empty/],
		['an entry without a category', byCategory(undefined), /Category 1 under .* is empty/],
		['a category that is data', byCategory('invoice', { a: 1 }), /Category 2 under .* is empty/],
		['the same category twice', byCategory('invoice', { __rl: true, mode: 'id', value: ' invoice' }), /"invoice" has two outputs/],
		['the same category as a text and as a number', byCategory(7, '7'), /"7" has two outputs/],
		['the same category twice, called like a fixed output', byCategory('Other', 'invoice', 'Other'), /"Other" has two outputs/],
		['a category by expression', byCategory('={{ $json.category }}', 'a'), /Category 1 under .* is an expression/],
		['a picked category by expression', byCategory({ __rl: true, mode: 'id', value: '={{ $json.category }}' }), /Category 1 under .* is an expression/],
	])('%s', async (_, parameters, text) => {
		const { error } = await classify(parameters);
		expect(`${error?.message} ${error?.description}`).toMatch(new RegExp(text.source, 's'));
		expect(stage.extend.requests).toEqual([]);
	});
});

function byCategory(...category: unknown[]): IDataObject {
	return { routeBy: 'category', routeCategories: { route: category.map((one) => ({ category: one })) } } as IDataObject;
}
