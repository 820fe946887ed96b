import type { INodeParameters, INodeType, INodeTypes } from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';
import { ExtendClassify } from '../../../nodes/Extend/ExtendClassify.node';
import { configuredOutputs } from '../../../nodes/Extend/routing/outputs';
import { compiledOutputs } from '../support/compiledOutputs';

const text = compiledOutputs();
const { description } = new ExtendClassify();
const outputs = `={{(${text})($parameter)}}`;
const nodeType = { description: { ...description, outputs } } as unknown as INodeType;
const nodeTypes: INodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };

/** Names of the outputs as n8n finds them out, from the compiled text. */
function namesIn(parameters: INodeParameters, onError?: 'continueErrorOutput'): Array<string | undefined> {
	const node = { id: '1', name: 'Extend', type: 'x.extendClassify', typeVersion: 1, position: [0, 0] as [number, number], parameters, onError };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const found = workflow.getNode('Extend');
	if (found === null) throw new Error('The workflow has lost its node');
	const given = NodeHelpers.getNodeOutputs(workflow, found, nodeType.description);
	return given.map((output) => (typeof output === 'string' ? output : output.displayName));
}

const byCategory = (...category: unknown[]): INodeParameters =>
	({ routeBy: 'category', routeCategories: { route: category.map((one) => ({ category: one })) } }) as INodeParameters;
const picked = (value: string) => ({ __rl: true, mode: 'list', value, cachedResultName: `${value}, described` });

const MODES: Array<[routeBy: string, names: string[]]> = [
	['status', ['Processed', 'Failed', 'Cancelled', 'Unfinished']],
	[
		'failureReason',
		['Processed', 'Bad File', 'Bad Config', 'No Credits', 'Extend Error', 'Cancelled', 'Other Error', 'Unfinished'],
	],
	['confidence', ['Classified', 'Review', 'No Result']],
	['category', ['Other', 'Review', 'No Result']],
];

describe('configuredOutputs, as n8n evaluates it', () => {
	it('is one function without anything that n8n cannot run elsewhere', () => {
		expect(text).not.toContain('}}');
		expect(text).not.toMatch(/exports|require|__|_1\b|Object\./);
		expect(description.outputs).toMatch(/^=\{\{\(.*\)\(\$parameter\)\}\}$/s);
	});

	it.each(MODES)('gives the outputs of %s in their order', (routeBy, names) => {
		for (const operation of ['classify', 'get', 'waitForCompletion']) expect(namesIn({ operation, routeBy })).toEqual(names);
		expect(namesIn({ routeBy }, 'continueErrorOutput')).toEqual([...names, 'Error']);
	});

	it.each(['none', 'constructor', '', '={{ $json.by }}'])('gives one output when routeBy is %j', (routeBy) => {
		expect(namesIn({ routeBy })).toEqual([undefined]);
	});

	it.each(['start', 'getMany', 'cancel', 'delete'])('gives one output for %s, whatever was left in routeBy', (operation) => {
		for (const [routeBy] of MODES) {
			expect(namesIn({ operation, routeBy })).toEqual([undefined]);
			expect(configuredOutputs({ resource: 'classifyRun', operation, routeBy })).toEqual([{ type: 'main' }]);
		}
	});

	it.each([
		['classifier', 'get'],
		['file', 'get'],
		['batchRun', 'start'],
		['batchRun', 'get'],
	])('gives one output for %s %s, whatever was left in routeBy', (resource, operation) => {
		for (const [routeBy] of MODES) expect(configuredOutputs({ resource, operation, routeBy })).toEqual([{ type: 'main' }]);
	});

	it.each(['classify', 'waitForCompletion'])('gives the outputs of a batch run for %s', (operation) => {
		for (const [routeBy, names] of MODES) {
			expect(configuredOutputs({ resource: 'batchRun', operation, routeBy }).map(({ displayName }) => displayName)).toEqual(names);
		}
	});

	it('gives every category an output behind the fixed ones, in its order, however it is kept', () => {
		const fixed = ['Other', 'Review', 'No Result'];
		expect(namesIn(byCategory(picked('invoice'), 'contract', ' padded '))).toEqual([...fixed, 'invoice', 'contract', 'padded']);
		expect(namesIn(byCategory('Other', 'constructor', '', picked('')))).toEqual([...fixed, 'Other', 'constructor', 'Category 3', 'Category 4']);
		expect(namesIn({ routeBy: 'category', routeCategories: {} })).toEqual(fixed);
	});

	it('moves no output when a category is added at the end, but n8n puts its error output last', () => {
		const two = namesIn(byCategory('invoice', 'contract'), 'continueErrorOutput');
		const three = namesIn(byCategory('invoice', 'contract', 'receipt'), 'continueErrorOutput');
		expect(three.slice(0, 5)).toEqual(two.slice(0, 5));
		expect([two.indexOf('Error'), three.indexOf('Error')]).toEqual([5, 6]);
	});

	it('gives 500 categories 500 outputs', () => {
		const categories = Array.from({ length: 500 }, (_, number) => `category_${number}`);
		expect(namesIn(byCategory(...categories.map(picked))).slice(3)).toEqual(categories);
	});

	it.each([
		[{ routeCategories: null }],
		[{ routeCategories: 'x' }],
		[{ routeCategories: { route: null } }],
		[{ routeCategories: { route: [null, 7, {}, { category: {} }, { category: [] }] } }],
	])('gives the fixed outputs at least when the categories are %j', (parameters) => {
		const names = configuredOutputs({ ...parameters, routeBy: 'category' } as unknown as INodeParameters).map(({ displayName }) => displayName);
		expect(names.slice(0, 3)).toEqual(['Other', 'Review', 'No Result']);
		expect(names.every((name) => typeof name === 'string' && name !== '')).toBe(true);
	});
});
