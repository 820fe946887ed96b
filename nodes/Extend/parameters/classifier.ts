import type { INodeProperties } from 'n8n-workflow';
import { inputError } from '../api/errors';
import type { JsonObject } from '../api/json';
import { parseJson } from '../api/json';
import type { ClassifierTarget, SavedTarget } from '../api/types';
import type { Read } from '../n8n/read';
import { buildClassifications, readCategories } from '../documents/categories';
import { CLASSIFIER_LINK, idIn } from './links';

/**
 * A link holds the ID behind /classifiers/ or /processors/, or as a part that begins with a known prefix. From the beginning
 * of the text and without a second way to read the ID, so that no text takes long.
 */
const LINK_WITH_ID =
	'^https?:\\/\\/\\S*?\\/(?=(?:cls?|dp)_|(?<=\\/(?:classifiers?|processors?)\\/))([A-Za-z0-9_-]+)(?![A-Za-z0-9_-])\\S*';

const forClassifier = { show: { classifyWith: ['classifier'] } };

const classifyWith: INodeProperties = {
	displayName: 'Classify With',
	name: 'classifyWith',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Saved Classifier', value: 'classifier', description: 'A classifier from your Extend account' },
		{ name: 'Categories Defined Below', value: 'categories', description: 'Categories that you enter in this node' },
		{ name: 'Categories as JSON', value: 'categoriesJson', description: 'Categories from a previous node' },
	],
	default: 'classifier',
	description: 'Where the categories come from',
};

/** A classifier that is kept at Extend. */
export const savedClassifier: INodeProperties = {
	displayName: 'Classifier',
	name: 'classifier',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The classifier to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a classifier…',
			typeOptions: { searchListMethod: 'searchClassifiers', searchable: true },
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://dashboard.extend.ai/processors/cl_1234567890',
			extractValue: { type: 'regex', regex: LINK_WITH_ID },
			validation: [
				{
					type: 'regex',
					properties: { regex: LINK_WITH_ID, errorMessage: 'This is not a link to a classifier in the Extend dashboard' },
				},
			],
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. cl_1234567890' },
	],
};

export const savedVersion: INodeProperties = {
	displayName: 'Version Name or ID',
	name: 'classifierVersion',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getClassifierVersions', loadOptionsDependsOn: ['classifier.value'] },
	default: 'latest',
	description:
		'A fixed version keeps its categories, while the latest changes with every release. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

const classifier: INodeProperties = { ...savedClassifier, displayOptions: forClassifier };
const classifierVersion: INodeProperties = { ...savedVersion, displayOptions: forClassifier };

const categories: INodeProperties = {
	displayName: 'Categories',
	name: 'categories',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Category',
	default: {},
	description: 'The categories a document can have. If none has the type "other", a category for all other documents is added.',
	displayOptions: { show: { classifyWith: ['categories'] } },
	options: [
		{
			displayName: 'Category',
			name: 'category',
			values: [
				{
					displayName: 'ID',
					name: 'id',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice',
					description: 'Returned as the category of a document. Keep it stable, because workflows branch on it.',
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. A supplier asks for payment for goods or services',
					description: 'What documents of this category look like. The more precise the description, the better the result.',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice',
					description: 'Name shown to the model, optional. Leave empty to use the ID. Use "other" for documents that fit no other category.',
				},
			],
		},
	],
};

const categoriesJson: INodeProperties = {
	displayName: 'Categories (JSON)',
	name: 'categoriesJson',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '[]',
	hint: 'For example ["invoice", "contract"] or [{ "id": "invoice", "description": "A supplier asks for payment" }]',
	description: 'An array of IDs, or of objects with an ID and, optionally, a type and a description',
	displayOptions: { show: { classifyWith: ['categoriesJson'] } },
};

/** What to classify with: a saved classifier, or categories given in the node or as data. */
export const classifierParameters = [classifyWith, classifier, classifierVersion, categories, categoriesJson];

function readCategoriesJson(value: unknown): unknown[] {
	const parsed = typeof value === 'string' ? parseJson(value) : value;
	if (Array.isArray(parsed)) return parsed;
	throw inputError('Categories (JSON) is not an array of categories', 'Enter an array such as ["invoice", "contract"], or one of objects such as [{ "id": "invoice", "description": "…" }].');
}

function readGivenCategories(read: Read): unknown[] {
	if (read.text('classifyWith') === 'categoriesJson') return readCategoriesJson(read.value('categoriesJson'));
	const { category } = read.group('categories');
	return Array.isArray(category) ? category : [];
}

/**
 * The version that was asked for. Releases have two parts; a table that holds 2.0 as a number gives 2.
 * @throws ExtendError for an expression that gives none: the latest could have other categories
 */
export function readVersion(read: Read): string {
	const version = read.text('classifierVersion');
	if (version === '' && read.isExpression('classifierVersion')) {
		throw inputError('The expression for Version Name or ID gives no version', 'Check the expression, or enter latest, draft or a number such as 1.0.');
	}
	return /^\d+$/.test(version) ? `${version}.0` : version || 'latest';
}

/** The ID, also where a link to the dashboard was entered as one. @throws ExtendError when none is chosen */
export function readClassifierId(read: Read): string {
	const id = read.locator('classifier');
	if (id !== '') return idIn(id, CLASSIFIER_LINK);
	throw inputError('No classifier is chosen', 'Pick one from the list under Classifier, or enter its ID.');
}

/**
 * The saved classifier that the parameters name.
 * @param config the configuration options, which override those of the classifier
 * @throws ExtendError when none is chosen
 */
export function readSavedTarget(read: Read, config: JsonObject): SavedTarget {
	const overrides = Object.keys(config).length === 0 ? {} : { overrideConfig: config };
	return { classifier: { id: readClassifierId(read), version: readVersion(read), ...overrides } };
}

/**
 * What the parameters say to classify with.
 * @param config the configuration options; with a saved classifier they override its own
 * @throws ExtendError when no classifier is chosen or the categories cannot be used
 */
export function readTarget(read: Read, config: JsonObject): ClassifierTarget {
	if (read.text('classifyWith') === 'classifier') return readSavedTarget(read, config);
	const classifications = buildClassifications(readCategories(readGivenCategories(read)));
	return { config: { classifications, ...config } };
}
