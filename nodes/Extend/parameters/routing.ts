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
		{ name: 'Category', value: 'category', description: 'One output for each category you add, and outputs for other categories, for review and for items without a result' },
		{ name: 'Confidence', value: 'confidence', description: 'Outputs for confident results, for results to review and for items without a result' },
		{ name: 'Nothing (One Output)', value: 'none', description: 'All items are sent to the same output' },
		{ name: 'Status', value: 'status', description: 'Outputs for processed, failed, cancelled and unfinished runs' },
		{ name: 'Status and Reason', value: 'failureReason', description: 'Like Status, with an output for each kind of failure reason' },
	],
	default: 'none',
	description: 'What determines the output that an item is sent to. Replaces Switch nodes after this node.',
	displayOptions: { hide: notForTools },
};

const minimumConfidence: INodeProperties = {
	displayName: 'Minimum Confidence',
	name: 'minimumConfidence',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: CONFIDENT_ENOUGH,
	description:
		'From 0 to 1. Results with a lower confidence are sent to Review, unless a person has reviewed them. Set to 0 to ignore the confidence.',
	displayOptions: { show: { routeBy: ['confidence', 'category'] }, hide: notForTools },
};

/** For operations that have no classifier of their own: it fills the list of categories and does nothing else. */
const pickerClassifier: INodeProperties = {
	...savedClassifier,
	required: false,
	description: 'The classifier whose categories to list below. It has no other effect.',
	displayOptions: forCategories,
};

const routeCategories: INodeProperties = {
	displayName: 'Route These Categories',
	name: 'routeCategories',
	type: 'fixedCollection',
	noDataExpression: true,
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Category',
	default: {},
	description: 'Each category gets its own output, in this order. All other categories are sent to Other.',
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
					description: 'The ID of the category, as returned in the field "category"',
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

const routeByNotice: INodeProperties = {
	displayName: 'Changing Route By changes the outputs of this node. n8n keeps connections by their position, so check them afterwards.',
	name: 'routeByNotice',
	type: 'notice',
	default: '',
	displayOptions: { hide: notForTools },
};

const routeNotice: INodeProperties = {
	displayName:
		'Add new categories at the end to keep all connections. Only the error output of n8n moves, because it always comes last: reconnect it after you add or remove a category.',
	name: 'routeNotice',
	type: 'notice',
	default: '',
	displayOptions: forCategories,
};

/** Which output an item is sent to, for operations with a classifier of their own. */
export const routingParameters = [routeBy, routeByNotice, minimumConfidence, routeCategories, routeNotice];
/** The same for operations without one. */
export const routingParametersWithPicker = [routeBy, routeByNotice, minimumConfidence, pickerClassifier, routeCategories, routeNotice];

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
	throw inputError(`The category "${twice}" has two outputs`, 'Remove one of the two under Route These Categories.');
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
		throw inputError(`Category ${position + 1} under Route These Categories is empty`, 'Choose a category from the list, or remove the entry.');
	}
	// n8n takes the sign of equality away where no expressions are allowed.
	if (category.startsWith('=') || category.includes('{{')) {
		throw inputError(
			`Category ${position + 1} under Route These Categories is an expression`,
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
