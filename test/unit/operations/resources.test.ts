/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- reads the schemas of the outputs */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findOperation, properties } from '../../../nodes/Extend/operations';
import { optionsOf, shownFor, valuesIn, valuesOf } from '../support/described';

/** What saved workflows rely on: names, defaults and values of the resources beside single runs. */

const RUN_FIELDS = [
	'fileName', 'category', 'confidence', 'status', 'reasoning', 'failureReason', 'failureMessage', 'failureAdvice', 'retryable', 'id', 'dashboardUrl',
	'categoryType', 'reviewed', 'edited', 'initialCategory', 'reviewedCategory', 'changedByReview', 'classifierId', 'classifierName', 'classifierVersion',
	'fileId', 'fileType', 'pageCount', 'metadata', 'credits', 'parseRunId', 'createdAt', 'updatedAt',
];
const BATCH_FIELDS = ['batchId', 'status', 'runCount', 'createdAt'];
const FILE_FIELDS = ['id', 'name', 'type', 'pageCount', 'createdAt', 'updatedAt'];

const START_OPTIONS = { fileOptions: {}, modelOptions: {}, options: {} };
const LIST = { mode: 'list', value: '' };
const VERSIONED = { classifier: LIST, classifierVersion: 'latest' };
const DOCUMENT = { fileSource: 'binary', binaryFields: 'data', fileUrl: '', fileId: '', text: '' };
const ROUTING = { routeBy: 'none', minimumConfidence: 0.8, routeCategories: {} };

interface Row {
	parameters: Record<string, unknown>;
	output: string[];
}

const ROWS: Record<string, Row> = {
	'batchRun classify': {
		parameters: { ...VERSIONED, ...DOCUMENT, ...ROUTING, onRunFailed: 'return', simplify: true, ...START_OPTIONS, waitOptions: {} },
		output: [...RUN_FIELDS, 'binaryField'],
	},
	'batchRun start': { parameters: { ...VERSIONED, ...DOCUMENT, simplify: true, ...START_OPTIONS }, output: BATCH_FIELDS },
	'batchRun get': { parameters: { batchId: '={{ $json.batchId }}', simplify: true }, output: BATCH_FIELDS },
	'batchRun waitForCompletion': {
		parameters: { batchId: '={{ $json.batchId }}', ...ROUTING, classifier: LIST, onRunFailed: 'return', simplify: true, waitOptions: {} },
		output: RUN_FIELDS,
	},
	'classifier get': { parameters: { ...VERSIONED, simplify: true }, output: ['id', 'name', 'version', 'categories', 'createdAt', 'updatedAt'] },
	'classifier getMany': { parameters: { returnAll: false, limit: 50, simplify: true }, output: ['id', 'name', 'createdAt', 'updatedAt'] },
	'file upload': { parameters: { binaryFields: 'data', simplify: true, fileOptions: {} }, output: FILE_FIELDS },
	'file get': { parameters: { fileId: '={{ $json.fileId ?? $json.id }}', simplify: true }, output: FILE_FIELDS },
	'file delete': { parameters: { fileId: '={{ $json.fileId ?? $json.id }}' }, output: ['deleted', 'id'] },
};

const rows = Object.entries(ROWS).map(([name, row]): [string, Row] => [name, row]);

describe('the resources beside single runs', () => {
	it('are all there, with these operations, the first of each chosen', () => {
		const resource = properties.find(({ name }) => name === 'resource');
		expect([resource?.default, valuesIn(resource)]).toEqual(['classifyRun', ['classifyRun', 'batchRun', 'classifier', 'file']]);
		const operations = properties.filter(({ name, displayOptions }) => name === 'operation' && !displayOptions?.show?.resource?.includes('classifyRun'));
		const listed = operations.map((property) => [property.displayOptions?.show?.resource?.[0], property.default, valuesIn(property)]);
		expect(listed).toEqual([
			['batchRun', 'classify', ['classify', 'start', 'get', 'waitForCompletion']],
			['classifier', 'get', ['get', 'getMany']],
			['file', 'upload', ['upload', 'get', 'delete']],
		]);
	});

	it.each(rows)('give %s these parameters with these defaults', (name, { parameters }) => {
		const shown = shownFor(name).map((property): [string, unknown] => [property.name, property.default]);
		expect(Object.fromEntries(shown)).toEqual(parameters);
		const [resource = '', operation = ''] = name.split(' ');
		expect(findOperation(resource, operation)?.option.value).toBe(operation);
	});

	it.each(rows)('let %s put out these fields', (name, { output }) => {
		const file = join(resolve(__dirname, '../../..'), 'nodes/Extend/__schema__/v1.0.0', `${name.replace(' ', '/')}.json`);
		const schema = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
		expect(Object.keys(schema.properties)).toEqual(output);
	});

	it('take a batch from the same places and with the same options as a single run, but for the categories', () => {
		expect(valuesOf('batchRun classify', 'fileSource')).toEqual(['binary', 'fileId', 'text', 'url']);
		for (const collection of ['fileOptions', 'modelOptions', 'options', 'waitOptions', 'routeBy', 'onRunFailed']) {
			expect([collection, valuesOf('batchRun classify', collection)]).toEqual([collection, valuesOf('classifyRun classify', collection)]);
		}
		expect(valuesOf('batchRun classify', 'waitOptions')).toEqual(['cancelOnStop', 'onTimeout', 'timeout']);
		expect(shownFor('batchRun classify').map(({ name }) => name)).not.toContain('classifyWith');
	});

	it('upload with these options, neither of them set', () => {
		expect(optionsOf('file upload', 'fileOptions').map((option) => [option.name, option.default])).toEqual([['convertToPdf', false], ['filePassword', '']]);
	});
});
