import type { StartOptions } from '../../../nodes/Extend/parameters/startOptions';
import { readStartOptions } from '../../../nodes/Extend/parameters/startOptions';
import { fakeRead } from '../support/fakeRead';
import { thrownBy } from '../support/faults';

const read = (options: Record<string, unknown>): StartOptions => readStartOptions(fakeRead({ options }));

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
		});
	});

	it('gives the same when all options are added and left empty', () => {
		const names = 'fileName filePassword metadata usageTags priority idempotencyKey rules baseProcessor baseVersion context multimodal memory';
		const empty = `${names} pageRanges parseConfig onlyFileTypes minimumFileSize deleteFileAfter`.split(' ').map((name) => [name, '']);
		expect(read(Object.fromEntries(empty))).toEqual(read({}));
	});

	it('puts the settings where Extend expects them', () => {
		const { config } = read({
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
		expect(read({ baseProcessor: 'classification_brand_new' }).config).toEqual({ baseProcessor: 'classification_brand_new' });
	});

	it('leaves empty JSON settings out', () => {
		expect(read({ parseConfig: '{}', metadata: {} })).toMatchObject({ config: {}, metadata: {} });
	});

	it('reads what belongs to the run', () => {
		expect(
			read({ fileName: ' a.pdf ', filePassword: 'open', metadata: '{"a":1}', usageTags: 'a, b', priority: '7', idempotencyKey: 4711 }),
		).toMatchObject({ fileName: 'a.pdf', filePassword: 'open', metadata: { a: 1 }, usageTags: ['a', 'b'], priority: 7, idempotencyKey: '4711' });
	});

	it('reads what is to be left out', () => {
		expect(read({ onlyFileTypes: 'PDF, .jpeg', minimumFileSize: 2_048, onNoDocument: 'skip', deleteFileAfter: true })).toMatchObject({
			filter: { onlyFileTypes: ['pdf', 'jpg'], minimumSizeBytes: 2_048 },
			skipsWithoutDocument: true,
			deletesFileAfter: true,
		});
	});

	it.each([undefined, 'error', 'Skip', true])('keeps a missing document a failed item when onNoDocument is %j', (onNoDocument) => {
		expect(read({ onNoDocument }).skipsWithoutDocument).toBe(false);
	});

	it.each([1, 100])('takes the priority %i', (priority) => {
		expect(read({ priority }).priority).toBe(priority);
	});

	it.each([
		['Priority', { priority: 0 }],
		['Priority', { priority: 101 }],
		['Priority', { priority: 1.5 }],
		['Priority', { priority: 'high' }],
		['Minimum File Size', { minimumFileSize: -1 }],
		['usage tag', { usageTags: 'a b' }],
		['Page Ranges', { pageRanges: '3-1' }],
		['Metadata', { metadata: '[1]' }],
		['Parse Config', { parseConfig: 'spatial' }],
		['Rules', { rules: { text: 'x' } }],
		['File Name', { fileName: ['a.pdf'] }],
	])('names %s when the options are %j', (label, options) => {
		const error = thrownBy(() => read(options));
		expect(error.message).toContain(label);
		expect(error.facts).toEqual({ code: 'INVALID_INPUT', retryable: false });
	});
});
