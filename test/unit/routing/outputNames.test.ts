import type { INodeParameters } from 'n8n-workflow';
import { configuredOutputs } from '../../../nodes/Extend/routing/outputs';

/** Names of the outputs, from the function itself; how n8n gets at it is the matter of outputs.test.ts. */
const namesFor = (parameters: object) => configuredOutputs(parameters as INodeParameters).map(({ displayName }) => displayName);

const MODES: Array<[routeBy: string, names: string[]]> = [
	['status', ['Processed', 'Failed', 'Cancelled', 'Unfinished']],
	[
		'failureReason',
		['Processed', 'Bad File', 'Bad Config', 'No Credits', 'Extend Error', 'Cancelled', 'Other Error', 'Unfinished'],
	],
	['confidence', ['Classified', 'Review', 'No Result']],
	['category', ['Other', 'Review', 'No Result']],
];
const ROUTED = ['classifyRun classify', 'classifyRun get', 'classifyRun waitForCompletion', 'batchRun classify', 'batchRun waitForCompletion'];
const UNROUTED = ['classifyRun start', 'classifyRun getMany', 'batchRun start', 'batchRun get', 'classifier get', 'file get', ' '];

describe('configuredOutputs', () => {
	it.each(ROUTED)('gives the outputs of the chosen way for %s', (both) => {
		const [resource, operation] = both.split(' ');
		for (const [routeBy, names] of MODES) {
			const outputs = configuredOutputs({ resource, operation, routeBy } as INodeParameters);
			expect(outputs).toEqual(names.map((displayName) => ({ type: 'main', displayName })));
		}
	});

	it('takes a node with nothing but a way for one that classifies', () => {
		for (const [routeBy, names] of MODES) expect(namesFor({ routeBy })).toEqual(names);
	});

	it.each(UNROUTED)('gives one output without a name for "%s"', (both) => {
		const [resource, operation] = both.split(' ');
		for (const [routeBy] of MODES) expect(configuredOutputs({ resource, operation, routeBy } as INodeParameters)).toEqual([{ type: 'main' }]);
	});

	it.each(['none', '', undefined, 'constructor'])('gives one output when the way is %j', (routeBy) => {
		expect(configuredOutputs({ routeBy } as INodeParameters)).toEqual([{ type: 'main' }]);
	});

	it('names an output after each category, however it is kept, and numbers those without a name', () => {
		const route = [{ category: { value: 'invoice' } }, { category: ' contract ' }, { category: 7 }, { category: '' }, { category: {} }, {}, null];
		const names = namesFor({ routeBy: 'category', routeCategories: { route } });
		expect(names.slice(3)).toEqual(['invoice', 'contract', '7', 'Category 4', 'Category 5', 'Category 6', 'Category 7']);
	});

	it.each([undefined, null, {}, { route: null }, { route: 'x' }])('gives the fixed outputs when the categories are %j', (routeCategories) => {
		expect(namesFor({ routeBy: 'category', routeCategories })).toEqual(['Other', 'Review', 'No Result']);
	});

	it.each(['status', 'failureReason', 'confidence'])('gives categories no output when routed by %s', (routeBy) => {
		const names = namesFor({ routeBy, routeCategories: { route: [{ category: 'invoice' }] } });
		expect(names).not.toContain('invoice');
	});
});
