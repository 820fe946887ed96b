import { configOf } from './index';
import { useStage } from './testing/stage';

const FILE = { text: 'Invoice' };
const SAVED = { id: 'cl_inbound_mail' };
const config = configOf('invoice');
const [invoice] = config.classifications;
const withoutOther = { classifications: [invoice] };
const OTHER_RULE = 'At least one classification must have type "other".; Path: ';

describe('POST /classify_runs', () => {
	const stage = useStage();
	const post = (json: unknown) => stage().call('POST', '/classify_runs', { json });

	it.each<[string, object]>([
		['a saved classifier', { classifier: SAVED, file: FILE }],
		['an inline configuration', { config, file: FILE }],
		['a text with a name', { config, file: { ...FILE, name: 'a.txt' } }],
		['a URL with name and password', {
			config,
			file: { url: 'https://files.acme.example/a.pdf', name: 'a.pdf', settings: { password: 'x' } },
		}],
		['a base processor of next year', { config: { ...config, baseProcessor: 'classification_2027' }, file: FILE }],
		['all options of a configuration', {
			config: {
				...config,
				baseVersion: '3.2.0',
				classificationRules: 'A pro-forma invoice counts as other.',
				advancedOptions: {
					context: 'max',
					advancedMultimodalEnabled: true,
					memoryEnabled: false,
					pageRanges: [{ start: 1, end: 2 }],
				},
				parseConfig: { target: 'markdown', engine: 'parse_light', blockOptions: { figures: { enabled: false } } },
			},
			file: FILE,
		}],
		['an override without categories', {
			classifier: { ...SAVED, version: 'draft', overrideConfig: { classificationRules: 'x' } },
			file: FILE,
		}],
		['priority and metadata', { config, file: FILE, priority: 1, metadata: { a: { b: [1, null] } } }],
		['metadata of 10 KB', { config, file: FILE, metadata: { a: 'x'.repeat(10 * 1024 - 8) } }],
	])('accepts %s', async (_case, json) => {
		expect(await post(json)).toMatchObject({ status: 200, body: { status: 'PENDING' } });
	});

	it.each<[string, object, string]>([
		['neither classifier nor config', { file: FILE }, 'Exactly one of "classifier" and "config" must be given.'],
		['both', { classifier: SAVED, config, file: FILE }, 'Exactly one of "classifier" and "config"'],
		['no file', { config }, 'Required; Path: file'],
		['an empty file', { config, file: {} }, 'Exactly one of "url", "id" and "text" must be given.; Path: file'],
		['two files', { config, file: { ...FILE, id: 'file_1' } }, 'Exactly one of "url", "id" and "text"'],
		['a name for an ID', { config, file: { id: 'file_1', name: 'a.txt' } }, 'Path: file.name'],
		['a password for a text', { config, file: { ...FILE, settings: { password: 'x' } } }, 'Path: file.settings'],
		['a data URI', { config, file: { url: 'data:text/plain;base64,eA==' } }, 'Invalid url; Path: file.url'],
		['base64', { config, file: { base64: 'eA==' } }, "Unrecognized key(s) in object: 'base64'; Path: file"],
		['empty text', { config, file: { text: '' } }, 'Path: file.text'],
		['no category', { config: { classifications: [] }, file: FILE }, 'Path: config.classifications'],
		['no category of type other', { config: withoutOther, file: FILE }, `${OTHER_RULE}config.classifications`],
		[
			'none in an override',
			{ classifier: { ...SAVED, overrideConfig: withoutOther }, file: FILE },
			`${OTHER_RULE}classifier.overrideConfig.classifications`,
		],
		[
			'two categories of one ID',
			{ config: { classifications: [invoice, ...config.classifications] }, file: FILE },
			'Classification ids must be unique.; Path: config.classifications',
		],
		[
			'a category without description',
			{ config: { classifications: [{ id: 'a', type: 'other' }] }, file: FILE },
			'Required; Path: config.classifications.0.description',
		],
		[
			'a category with a name',
			{ config: { classifications: [{ id: 'a', type: 'other', description: '', name: 'A' }] }, file: FILE },
			'Path: config.classifications.0',
		],
		['an unknown key', { config, file: FILE, idempotencyKey: 'x' }, "'idempotencyKey'"],
		['an unknown key of the classifier', { classifier: { ...SAVED, name: 'x' }, file: FILE }, 'Path: classifier'],
		['pages as text', { config: { ...config, advancedOptions: { pageRanges: '1-3' } }, file: FILE }, 'pageRanges'],
		['parseConfig as text', { config: { ...config, parseConfig: '{}' }, file: FILE }, 'Path: config.parseConfig'],
		['metadata as text', { config, file: FILE, metadata: 'x' }, 'Path: metadata'],
		['metadata over 10 KB', { config, file: FILE, metadata: { a: 'x'.repeat(10 * 1024) } }, '10 KB'],
		['tags as text', { config, file: FILE, metadata: { 'extend:usage_tags': 'a' } }, 'Path: metadata.extend:usage_tags'],
		['priority as text', { config, file: FILE, priority: 'high' }, 'Path: priority'],
		['priority 101', { config, file: FILE, priority: 101 }, 'Path: priority'],
		['priority 1.5', { config, file: FILE, priority: 1.5 }, 'Path: priority'],
	])('refuses %s', async (_case, json, message) => {
		const { status, body } = await post(json);
		expect(status).toBe(400);
		expect(body).toMatchObject({ code: 'INVALID_REQUEST', message: expect.stringContaining(message) });
		expect(stage().emulator.store.runs.size).toBe(0);
	});

	it.each([
		['classifier', { classifier: { id: 'cl_unknown' }, file: FILE }],
		['version', { classifier: { ...SAVED, version: '9.9' }, file: FILE }],
		['file', { classifier: SAVED, file: { id: 'file_unknown' } }],
	])('does not find an unknown %s', async (_case, json) => {
		expect(await post(json)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
	});

	it('asks for no category of type other where the options do not', async () => {
		stage().emulator.options.requireOther = false;
		expect((await post({ config: withoutOther, file: FILE })).status).toBe(200);
	});
});

describe('POST /classify and /classify_runs/batch', () => {
	const stage = useStage();

	it.each([
		['/classify', { classifier: SAVED, file: FILE, priority: 1 }, "'priority'"],
		['/classify_runs/batch', { config, inputs: [{ file: FILE }] }, 'Path: classifier'],
		['/classify_runs/batch', { classifier: SAVED, inputs: [] }, 'Path: inputs'],
		['/classify_runs/batch', { classifier: SAVED, inputs: [{ file: FILE }], metadata: {} }, "'metadata'"],
		['/classify_runs/batch', { classifier: SAVED, inputs: [{ file: { text: 'x', id: 'y' } }] }, 'Path: inputs.0.file'],
	])('%s refuses %j', async (path, json, message) => {
		const { status, body } = await stage().call('POST', path, { json });
		expect(status).toBe(400);
		expect(body).toMatchObject({ message: expect.stringContaining(message) });
	});
});
