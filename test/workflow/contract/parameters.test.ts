import { NodeHelpers, type INodeProperties } from 'n8n-workflow';
import { properties } from '../../../nodes/Extend/operations';
import { optionsOf, shownFor, valuesIn, valuesOf } from '../../unit/support/described';

/** What saved workflows rely on: the names, types, values and defaults of the parameters of single runs. */

const LIST = { mode: 'list', value: '' };
const TARGET = { classifyWith: 'classifier', classifier: LIST, classifierVersion: 'latest', categories: {}, categoriesJson: '[]' };
const DOCUMENT = { fileSource: 'binary', binaryFields: 'data', fileUrl: '', fileId: '', text: '' };
const ROUTING = { routeBy: 'none', minimumConfidence: 0.8, routeCategories: {} };
const OUTPUT = { onRunFailed: 'return', simplify: true };
const START_OPTIONS = { fileOptions: {}, modelOptions: {}, options: {} };
const RUN_ID = { runId: '={{ $json.id }}' };

const DEFAULTS: Array<[operation: string, label: string, parameters: Record<string, unknown>]> = [
	['classify', 'Classify and Wait', { ...TARGET, ...DOCUMENT, ...ROUTING, ...OUTPUT, ...START_OPTIONS, waitOptions: {} }],
	['start', 'Start', { ...TARGET, ...DOCUMENT, simplify: true, ...START_OPTIONS }],
	['get', 'Get', { ...RUN_ID, ...ROUTING, classifier: LIST, ...OUTPUT }],
	['waitForCompletion', 'Wait for Completion', { ...RUN_ID, ...ROUTING, classifier: LIST, ...OUTPUT, waitOptions: {} }],
	['getMany', 'Get Many', { returnAll: false, limit: 50, includeOutput: false, filters: {}, sort: {}, simplify: true }],
	['cancel', 'Cancel', { ...RUN_ID, simplify: true }],
	['delete', 'Delete', RUN_ID],
];

/** Types by name, the same in every operation that has the parameter. */
const TYPES: Record<string, string> = {
	...{ classifyWith: 'options', classifier: 'resourceLocator', classifierVersion: 'options', categories: 'fixedCollection', categoriesJson: 'json' },
	...{ fileSource: 'options', binaryFields: 'string', fileUrl: 'string', fileId: 'string', text: 'string' },
	...{ fileOptions: 'collection', modelOptions: 'collection', options: 'collection', waitOptions: 'collection' },
	...{ runId: 'string', routeBy: 'options', minimumConfidence: 'number', routeCategories: 'fixedCollection', onRunFailed: 'options', simplify: 'boolean' },
	...{ returnAll: 'boolean', limit: 'number', includeOutput: 'boolean', filters: 'collection', sort: 'collection' },
};

/** Fields of collections with type and default; a default is what an added field begins with, not what holds without it. */
const COLLECTIONS: Record<string, Record<string, [type: string, begins: unknown]>> = {
	'classify options': {
		...{ metadata: ['json', '{}'], usageTags: ['string', ''], priority: ['number', 50], idempotencyKey: ['string', ''] },
		...{ reuse: ['options', 'never'], includeInput: ['boolean', false] },
	},
	'classify fileOptions': {
		...{ fileName: ['string', ''], filePassword: ['string', ''], onlyFileTypes: ['string', ''], minimumFileSize: ['number', 0] },
		...{ onNoDocument: ['options', 'error'], deleteFileAfter: ['boolean', false], keepFiles: ['boolean', true] },
	},
	'classify modelOptions': {
		...{ rules: ['string', ''], baseProcessor: ['options', 'classification_performance'], baseVersion: ['string', ''], context: ['options', 'default'] },
		...{ multimodal: ['boolean', false], memory: ['boolean', false], pageRanges: ['string', ''], parseConfig: ['json', '{}'] },
	},
	'classify waitOptions': { timeout: ['number', 1_800], onTimeout: ['options', 'error'], cancelOnStop: ['boolean', false] },
	'getMany filters': {
		...{ status: ['options', 'PROCESSED'], classifierId: ['options', ''], batchId: ['string', ''], source: ['options', 'API'], fileNameContains: ['string', ''] },
	},
	'getMany sort': { sortBy: ['options', 'updatedAt'], sortDir: ['options', 'desc'] },
};

/** The values of lists, in alphabetical order. */
const VALUES: Array<[list: string, values: string[]]> = [
	['classify classifyWith', ['categories', 'categoriesJson', 'classifier']],
	['classify fileSource', ['binary', 'fileId', 'text', 'url']],
	['classify onRunFailed', ['error', 'return']],
	['classify fileOptions.onNoDocument', ['error', 'skip']],
	['classify modelOptions.context', ['default', 'max']],
	['classify options.reuse', ['never', 'sameDocument']],
	['waitForCompletion waitOptions.onTimeout', ['cancel', 'error', 'return']],
	['getMany sort.sortBy', ['createdAt', 'updatedAt']],
	['getMany sort.sortDir', ['asc', 'desc']],
	['getMany filters.status', ['CANCELLED', 'CANCELLING', 'FAILED', 'PENDING', 'PROCESSED', 'PROCESSING']],
];

const defaultsOf = (shown: INodeProperties[]) => Object.fromEntries(shown.map((property): [string, unknown] => [property.name, property.default]));

describe('the operations of single runs', () => {
	const operation = properties.find(({ name, displayOptions }) => name === 'operation' && displayOptions?.show?.resource?.includes('classifyRun'));

	it('are these, in this order, with these labels, and the first is chosen', () => {
		expect(operation?.default).toBe('classify');
		expect(valuesIn(operation)).toEqual(DEFAULTS.map(([value]) => value));
		expect(operation?.options?.map(({ name }) => name)).toEqual(DEFAULTS.map(([, label]) => label));
	});

	it.each(DEFAULTS)('%s ("%s") has exactly these parameters with these defaults', (name, _, parameters) => {
		expect(defaultsOf(shownFor(`classifyRun ${name}`))).toEqual(parameters);
	});

	it.each(DEFAULTS)('%s ("%s") has parameters of these types', (name) => {
		const shown = shownFor(`classifyRun ${name}`);
		expect(shown.map((property) => [property.name, property.type])).toEqual(shown.map((property) => [property.name, TYPES[property.name]]));
	});

	it.each(Object.entries(COLLECTIONS))('%s holds exactly these fields', (name, fields) => {
		const [operationName = '', collection = ''] = name.split(' ');
		const held = optionsOf(`classifyRun ${operationName}`, collection).map((option): [string, unknown] => [option.name, [option.type, option.default]]);
		expect(Object.fromEntries(held)).toEqual(fields);
	});

	it('start and waitForCompletion have the same collections as classify', () => {
		for (const collection of ['fileOptions', 'modelOptions', 'options']) {
			expect(optionsOf('classifyRun start', collection)).toEqual(optionsOf('classifyRun classify', collection));
		}
		expect(optionsOf('classifyRun waitForCompletion', 'waitOptions')).toEqual(optionsOf('classifyRun classify', 'waitOptions'));
	});

	it.each(VALUES)('%s offers these values', (name, values) => {
		const [operationName = '', path = ''] = name.split(' ');
		const [parameter = '', field] = path.split('.');
		if (field === undefined) expect(valuesOf(`classifyRun ${operationName}`, parameter)).toEqual(values);
		else expect(valuesIn(optionsOf(`classifyRun ${operationName}`, parameter).find((option) => option.name === field)).sort()).toEqual(values);
	});

	it('the three collections of options are labelled File Options, Model Options and Options, and stand in this order', () => {
		const labels = shownFor('classifyRun classify').filter(({ name }) => name in START_OPTIONS).map(({ displayName }) => displayName);
		expect(labels).toEqual(['File Options', 'Model Options', 'Options']);
	});

	it.each([
		['classifyRun', 'classifier', true],
		['classifyRun', 'categories', false],
		['classifyRun', 'categoriesJson', false],
		['batchRun', 'classifier', true],
	])('the panel of %s with %s says that Model Options override the saved classifier: %s', (resource, classifyWith, isShown) => {
		const [notice] = properties.filter(({ name, displayOptions }) => name === 'modelOptionsNotice' && displayOptions?.show?.resource?.includes(resource));
		const values = { resource, operation: 'classify', classifyWith };
		expect(notice !== undefined && NodeHelpers.displayParameter(values, notice, null, null)).toBe(isShown);
		expect(notice?.displayName).toMatch(/Model Options override/);
	});

	it('classifier is picked from a list, by ID or by URL, the list first', () => {
		const classifier = shownFor('classifyRun classify').find((property) => property.name === 'classifier');
		expect([classifier?.modes?.[0]?.name, ...(classifier?.modes ?? []).map((mode) => mode.name).sort()]).toEqual(['list', 'id', 'list', 'url']);
	});

	it('categories holds many of { id, description, type } under "category", the type last', () => {
		const categories = shownFor('classifyRun classify').find((property) => property.name === 'categories');
		const [group] = (categories?.options ?? []) as Array<{ name: string; values: INodeProperties[] }>;
		expect([categories?.typeOptions?.multipleValues, group?.name, group?.values.map(({ name }) => name)]).toEqual([true, 'category', ['id', 'description', 'type']]);
	});

	it('classifierVersion takes its values from the classifier', () => {
		const version = shownFor('classifyRun classify').find((property) => property.name === 'classifierVersion');
		expect(version?.typeOptions).toMatchObject({ loadOptionsMethod: expect.any(String), loadOptionsDependsOn: ['classifier.value'] });
	});

	it('there is no parameter for the interval of looks', () => {
		expect(JSON.stringify(properties)).not.toMatch(/"name":"[^"]*(interval|poll)[^"]*"/i);
	});

	it.each(['classifyWith', 'fileSource', 'routeBy', 'resource', 'operation'])('%s takes no expression, since other parameters depend on it', (name) => {
		const own = properties.filter((property) => property.name === name);
		expect(own.map(({ noDataExpression }) => noDataExpression)).toEqual(own.map(() => true));
	});
});
