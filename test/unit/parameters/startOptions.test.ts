import type { StartOptions } from '../../../nodes/Extend/parameters/startOptions';
import { readStartOptions } from '../../../nodes/Extend/parameters/startOptions';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';

type Group = Record<string, unknown>;

interface Collections {
	fileOptions?: Group;
	modelOptions?: Group;
	options?: Group;
}

const read = (collections: Collections): StartOptions => readStartOptions(fakeRead({ ...collections }));
const ofFile = (fileOptions: Group): StartOptions => read({ fileOptions });
const ofModel = (modelOptions: Group): StartOptions => read({ modelOptions });
const ofRun = (options: Group): StartOptions => read({ options });

describe('readStartOptions', () => {
	it('gives what holds when nothing is set', () => {
		expect(read({})).toEqual({
			fileName: undefined,
			filePassword: undefined,
			metadata: {},
			usageTags: [],
			priority: undefined,
			idempotencyKey: undefined,
			config: {},
			filter: { onlyFileTypes: [], minimumSizeBytes: 0 },
			skipsWithoutDocument: false,
			deletesFileAfter: false,
			keepsFiles: true,
			reusesSameDocument: false,
			includesInput: false,
		});
	});

	it('gives the same when all options are added and left empty', () => {
		const empty = (names: string): Group => Object.fromEntries(names.split(' ').map((name) => [name, '']));
		const all = {
			fileOptions: empty('fileName filePassword onlyFileTypes minimumFileSize onNoDocument deleteFileAfter keepFiles'),
			modelOptions: empty('rules baseProcessor baseVersion context multimodal memory pageRanges parseConfig'),
			options: empty('metadata usageTags priority idempotencyKey reuse includeInput'),
		};
		expect(read(all)).toEqual(read({}));
	});

	it('takes no option from another collection than its own', () => {
		const others = { fileOptions: { rules: 'x', priority: 1 }, modelOptions: { fileName: 'x', priority: 1 }, options: { fileName: 'x', rules: 'x' } };
		expect(read(others)).toEqual(read({}));
	});

	it('puts the settings where Extend expects them', () => {
		const { config } = ofModel({
			...{ rules: ' A pro-forma invoice counts as other ', baseProcessor: 'classification_light', baseVersion: '3.2.0' },
			...{ context: 'max', multimodal: true, memory: false, pageRanges: '1-3,8', parseConfig: '{ "target": "spatial" }' },
		});
		expect(config).toEqual({
			classificationRules: 'A pro-forma invoice counts as other',
			baseProcessor: 'classification_light',
			baseVersion: '3.2.0',
			advancedOptions: {
				context: 'max',
				advancedMultimodalEnabled: true,
				memoryEnabled: false,
				pageRanges: [
					{ start: 1, end: 3 },
					{ start: 8, end: 8 },
				],
			},
			parseConfig: { target: 'spatial' },
		});
	});

	it('takes any base processor, since Extend adds new ones', () => {
		expect(ofModel({ baseProcessor: 'classification_brand_new' }).config).toEqual({ baseProcessor: 'classification_brand_new' });
	});

	it('leaves empty JSON settings out', () => {
		expect(read({ modelOptions: { parseConfig: '{}' }, options: { metadata: {} } })).toMatchObject({ config: {}, metadata: {} });
	});

	it('reads what belongs to the run', () => {
		expect(
			ofRun({ metadata: '{"a":1}', usageTags: 'a, b', priority: '7', idempotencyKey: 4711, includeInput: true }),
		).toMatchObject({ metadata: { a: 1 }, usageTags: ['a', 'b'], priority: 7, idempotencyKey: '4711', includesInput: true });
	});

	it('reads what belongs to the files', () => {
		const rest = { onNoDocument: 'skip', deleteFileAfter: true, keepFiles: false };
		expect(ofFile({ fileName: ' a.pdf ', filePassword: 'open', onlyFileTypes: 'PDF, .jpeg', minimumFileSize: 2_048, ...rest })).toMatchObject({
			fileName: 'a.pdf',
			filePassword: 'open',
			filter: { onlyFileTypes: ['pdf', 'jpg'], minimumSizeBytes: 2_048 },
			skipsWithoutDocument: true,
			deletesFileAfter: true,
			keepsFiles: false,
		});
	});

	it.each([undefined, 'error', 'Skip', true])('keeps a missing document a failed item when onNoDocument is %j', (onNoDocument) => {
		expect(ofFile({ onNoDocument }).skipsWithoutDocument).toBe(false);
	});

	it.each([1, 100])('takes the priority %i', (priority) => {
		expect(ofRun({ priority }).priority).toBe(priority);
	});

	it.each([
		['never', false],
		['sameDocument', true],
	])('reuses the same document when reuse is %s: %s', (reuse, reusesSameDocument) => {
		expect(ofRun({ reuse }).reusesSameDocument).toBe(reusesSameDocument);
	});

	it('refuses reuse together with an idempotency key', () => {
		const { message, advice } = thrownBy(() => ofRun({ reuse: 'sameDocument', idempotencyKey: 'mail-1' }));
		expect(message).toBe('Reuse Earlier Result and Idempotency Key cannot be used together');
		expect(advice).toContain('under Options');
	});

	it.each([
		[{ idempotencyKey: '={{ $json.messageId }}' }, { idempotencyKey: null }],
		[{ idempotencyKey: '={{ $json.messageId }}' }, { idempotencyKey: ' ' }],
	])('refuses a key of which the expression gives nothing when the workflow has %j', (saved, options) => {
		const { message } = thrownBy(() => readStartOptions({ ...fakeRead({ options }), saved: () => saved, isExpression: () => true }));
		expect(message).toBe('The expression for Idempotency Key gives no value');
	});

	it.each<[string, Collections]>([
		['Priority', { options: { priority: 0 } }],
		['Priority', { options: { priority: 101 } }],
		['Priority', { options: { priority: 1.5 } }],
		['Priority', { options: { priority: 'high' } }],
		['Minimum File Size (Bytes)', { fileOptions: { minimumFileSize: -1 } }],
		['Keep Files', { fileOptions: { keepFiles: 'sometimes' } }],
		['Include Input Fields', { options: { includeInput: 'sometimes' } }],
		['Reuse Earlier Result', { options: { reuse: 'always' } }],
		['usage tag', { options: { usageTags: 'a b' } }],
		['Page Ranges', { modelOptions: { pageRanges: '3-1' } }],
		['Metadata', { options: { metadata: '[1]' } }],
		['Parse Config', { modelOptions: { parseConfig: 'spatial' } }],
		['Classification Rules', { modelOptions: { rules: { text: 'x' } } }],
		['File Name', { fileOptions: { fileName: ['a.pdf'] } }],
	])('names %s when the options are %j', (label, collections) => {
		const error = thrownBy(() => read(collections));
		expect(error.message).toContain(label);
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});
});
