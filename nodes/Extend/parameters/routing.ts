import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { Read } from '../n8n/read';
import type { RouteBy, Routing } from '../routing/route';
import { savedClassifier } from './classifier';
import { parseConfidence } from './values';

const CONFIDENT_ENOUGH = 0.8;

/** An AI agent's tool has one output. */
const notForTools = { '@tool': [true] };
const forCategories = { show: { routeBy: ['category'] }, hide: notForTools };

const routeBy: INodeProperties = {
	displayName: 'Route By',
	name: 'routeBy',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Category', value: 'category', description: 'An output for each category you name, for other categories, for what needs review and for what was not classified' },
		{ name: 'Confidence', value: 'confidence', description: 'Outputs for results that are certain enough, for those to review and for what was not classified' },
		{ name: 'Nothing (One Output)', value: 'none', description: 'Everything leaves by the same output' },
		{ name: 'Status', value: 'status', description: 'An output each for processed, failed, cancelled and unfinished runs' },
		{ name: 'Status and Reason', value: 'failureReason', description: 'As Status, with an output for each kind of reason why a run failed' },
	],
	default: 'none',
	description: 'What decides by which output an item leaves; takes the place of Switch nodes behind this one',
	displayOptions: { hide: notForTools },
};

const minimumConfidence: INodeProperties = {
	displayName: 'Minimum Confidence',
	name: 'minimumConfidence',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: CONFIDENT_ENOUGH,
	description:
		'From 0 to 1. Results below it leave by Review, unless a person has reviewed them. With 0, routing by category does not look at the confidence.',
	displayOptions: { show: { routeBy: ['confidence', 'category'] }, hide: notForTools },
};

/** For operations that have no classifier of their own: it fills the list of categories and does nothing else. */
const pickerClassifier: INodeProperties = {
	...savedClassifier,
	required: false,
	description: 'Whose categories to show in the list below; it changes nothing else',
	displayOptions: forCategories,
};

const routeCategories: INodeProperties = {
	displayName: 'Categories With Their Own Output',
	name: 'routeCategories',
	type: 'fixedCollection',
	noDataExpression: true,
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Category',
	default: {},
	description: 'Each gets an output, in this order; all other categories leave by Other',
	displayOptions: forCategories,
	options: [
		{
			displayName: 'Category',
			name: 'route',
			values: [
				{
					displayName: 'Category',
					name: 'category',
					type: 'resourceLocator',
					noDataExpression: true,
					default: { mode: 'list', value: '' },
					description: 'The ID of the category, as it stands in the field category of the output',
					modes: [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list',
							placeholder: 'Select a category…',
							typeOptions: { searchListMethod: 'searchCategories', searchable: true },
						},
						{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. invoice' },
					],
				},
			],
		},
	],
};

const routeNotice: INodeProperties = {
	displayName:
		'Add new categories at the end, then all connections stay right. Only the output for failed items, which n8n calls "Error", moves: it always comes last, so connect it again after you add or remove a category.',
	name: 'routeNotice',
	type: 'notice',
	default: '',
	displayOptions: forCategories,
};

/** By which output an item leaves, for operations with a classifier of their own. */
export const routingParameters = [routeBy, minimumConfidence, routeCategories, routeNotice];
/** The same for operations without one. */
export const routingParametersWithPicker = [routeBy, minimumConfidence, pickerClassifier, routeCategories, routeNotice];

/** Whether an operation with these parameters has runs to route. */
export function canRoute(parameters: INodeProperties[]): boolean {
	return parameters.includes(routeBy);
}

/** What items are routed by; a value that does not exist counts as none, as it does for the outputs. */
export function readRouteBy(read: Read): RouteBy {
	const by = read.text(routeBy);
	return by === 'status' || by === 'failureReason' || by === 'confidence' || by === 'category' ? by : 'none';
}

/**
 * How the node routes; the same for all items, since it shapes the outputs.
 * @throws ExtendError for categories that cannot have an output
 */
export function readRouting(read: Read): Routing {
	const by = readRouteBy(read);
	return { by, categories: new Set(by === 'category' ? readRouteCategories(read.saved(routeCategories)) : []) };
}

function readRouteCategories(saved: unknown): string[] {
	const categories = entriesOf(saved).map(readRouteCategory);
	const twice = categories.find((category, position) => categories.indexOf(category) !== position);
	if (twice === undefined) return categories;
	throw inputError(`The category "${twice}" has two outputs`, 'Remove one of the two under Categories With Their Own Output.');
}

function entriesOf(saved: unknown): unknown[] {
	const entries: unknown = fieldOf(saved, 'route');
	return Array.isArray(entries) ? entries : [];
}

/** n8n keeps a resource locator as an object; a workflow file may hold the ID itself. */
function readRouteCategory(entry: unknown, position: number): string {
	const field = fieldOf(entry, 'category');
	const value = fieldOf(field, 'value') ?? field;
	const category = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (category === '') {
		throw inputError(`Category ${position + 1} under Categories With Their Own Output is empty`, 'Choose a category from the list, or remove the entry.');
	}
	// n8n takes the sign of equality away where no expressions are allowed.
	if (category.startsWith('=') || category.includes('{{')) {
		throw inputError(
			`Category ${position + 1} under Categories With Their Own Output is an expression`,
			'Enter the ID itself: the outputs of a node are the same for all items.',
		);
	}
	return category;
}

function fieldOf(value: unknown, key: string): unknown {
	return typeof value === 'object' && value !== null && key in value ? Reflect.get(value, key) : undefined;
}

/**
 * The confidence from which a result needs no review, from 0 to 1; 0 for a routing that does not look at it.
 * @throws ExtendError for anything that is no number from 0 to 1
 */
export function readMinimumConfidence(read: Read): number {
	const by = readRouteBy(read);
	if (by !== 'confidence' && by !== 'category') return 0;
	return parseConfidence(read.text(minimumConfidence), minimumConfidence);
}
