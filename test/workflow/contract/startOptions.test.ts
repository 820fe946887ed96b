import type { IDataObject } from 'n8n-workflow';
import { byText, INVOICE, openStage, SAVED, startBodies, type Stage } from '../setup';

/** The options of classify and start that go along with the run: what Extend gets for them, and what is refused. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const ITEM = { json: { deep: { a: 1 }, list: ['x'], key: 4711 } };
const inline = { ...byText, operation: 'start', text: INVOICE };
const saved = { operation: 'start', fileSource: 'text', text: INVOICE, classifier: SAVED };

async function start(parameters: IDataObject) {
	return await stage.run({ parameters, items: [ITEM], settings: { onError: 'continueRegularOutput' } });
}

/** What Extend is sent, categories and our own metadata left out. */
function sent(): IDataObject {
	const { config, classifier, metadata, priority } = startBodies(stage)[0] as Record<string, IDataObject | undefined>;
	const settings = config === undefined ? classifier?.overrideConfig : without('classifications', config);
	return { settings, own: without('n8n:workflow', without('n8n:start', metadata ?? {})), priority };
}

function without(name: string, object: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

describe('options of the run', () => {
	it.each<[string, IDataObject, object]>([
		['metadata as JSON text', { metadata: '{ "mail": "AP-1", "deep": { "a": [1] } }' }, { mail: 'AP-1', deep: { a: [1] } }],
		['metadata as an object, by expression', { metadata: '={{ $json.deep }}' }, { a: 1 }],
		['metadata as JSON text with expressions in it', { metadata: '={ "mail": "{{ $json.key }}" }' }, { mail: '4711' }],
		['metadata that is empty', { metadata: ' ' }, {}],
		['usageTags', { usageTags: ' ap-inbox, n8n_2 ,,' }, { 'extend:usage_tags': ['ap-inbox', 'n8n_2'] }],
		['usageTags beside metadata', { usageTags: 'a', metadata: '{"b":1}' }, { b: 1, 'extend:usage_tags': ['a'] }],
		['usageTags beside tags in the metadata', { usageTags: 'a, b, a', metadata: '{"extend:usage_tags":["mine","b"]}' }, { 'extend:usage_tags': ['mine', 'b', 'a'] }],
	])('%s', async (_, options, own) => {
		await start({ ...inline, options });
		expect(sent().own).toEqual(own);
	});

	it.each<[string, unknown, number | undefined]>([
		['1, the lowest', 1, 1],
		['100, the highest', 100, 100],
		['a number as text', '5', 5],
		['nothing, by expression', '={{ null }}', undefined],
		['not set', undefined, undefined],
	])('priority: %s', async (_, priority, number) => {
		await start({ ...inline, options: { priority } as IDataObject });
		expect(sent().priority).toBe(number);
	});

	it('idempotencyKey marks the run, with a text as with a number, and another key marks another run', async () => {
		for (const idempotencyKey of ['4711', '={{ $json.key }}', 'other']) await start({ ...inline, options: { idempotencyKey } });
		const marks = startBodies(stage).map((body) => ((body as IDataObject).metadata as IDataObject)['n8n:start']);
		expect(marks).toEqual([expect.stringMatching(/^key:[0-9a-f]{32}$/), expect.stringMatching(/^key:/)]);
		expect(new Set(marks).size).toBe(2);
	});
});

/** Options of the configuration, with what Extend is sent for each. */
const CONFIGURATION: Array<[string, IDataObject, object]> = [
	['rules', { rules: ' Be strict ' }, { classificationRules: 'Be strict' }],
	['baseProcessor', { baseProcessor: 'classification_light' }, { baseProcessor: 'classification_light' }],
	['baseProcessor that is not in the list', { baseProcessor: 'classification_of_tomorrow' }, { baseProcessor: 'classification_of_tomorrow' }],
	['baseVersion', { baseVersion: '3.2.0' }, { baseVersion: '3.2.0' }],
	['context', { context: 'max' }, { advancedOptions: { context: 'max' } }],
	['multimodal', { multimodal: true }, { advancedOptions: { advancedMultimodalEnabled: true } }],
	['multimodal that is off', { multimodal: false }, { advancedOptions: { advancedMultimodalEnabled: false } }],
	['memory', { memory: true }, { advancedOptions: { memoryEnabled: true } }],
	['switches as text', { multimodal: '={{ "TRUE" }}', memory: '={{ " False " }}' }, { advancedOptions: { advancedMultimodalEnabled: true, memoryEnabled: false } }],
	['pageRanges', { pageRanges: '1-3,8' }, { advancedOptions: { pageRanges: [{ start: 1, end: 3 }, { start: 8, end: 8 }] } }],
	['pageRanges with blanks', { pageRanges: ' 2 - 2 , 5 ,' }, { advancedOptions: { pageRanges: [{ start: 2, end: 2 }, { start: 5, end: 5 }] } }],
	['pageRanges as a number', { pageRanges: '={{ 3 }}' }, { advancedOptions: { pageRanges: [{ start: 3, end: 3 }] } }],
	['parseConfig', { parseConfig: '{ "target": "spatial" }' }, { parseConfig: { target: 'spatial' } }],
	['parseConfig as an object, by expression', { parseConfig: '={{ ({ target: "markdown" }) }}' }, { parseConfig: { target: 'markdown' } }],
];

describe.each(CONFIGURATION)('%s', (_, modelOptions, settings) => {
	it('is part of the configuration with categories given here', async () => {
		await start({ ...inline, modelOptions });
		expect(sent().settings).toEqual(settings);
	});

	it('is all there is of overrideConfig with a saved classifier', async () => {
		await start({ ...saved, modelOptions });
		expect(sent().settings).toEqual(settings);
	});
});

it('there is no overrideConfig when no configuration option is set', async () => {
	await start({ ...saved, modelOptions: { parseConfig: '{}', rules: ' ', pageRanges: '' }, options: { metadata: '{"a":1}', usageTags: 'a', priority: 3 } });
	expect((startBodies(stage)[0] as IDataObject).classifier).toEqual({ id: 'cl_inbound_mail', version: 'latest' });
});

describe('is refused before anything is sent', () => {
	it.each<[string, IDataObject, RegExp]>([
		['priority true', { options: { priority: '={{ true }}' } }, /Priority is true/],
		['metadata as a date', { options: { metadata: '={{ $now }}' } }, /Metadata is not a JSON object/],
		['usage tags with a dot', { options: { usageTags: 'ok, a.b' } }, /usage tag "a.b"/],
		['usage tags as a list', { options: { usageTags: '={{ $json.list }}' } }, /Usage Tags holds data/],
		['parseConfig that is no JSON', { modelOptions: { parseConfig: '{target}' } }, /Parse Config is not a JSON object/],
		['an open page range', { modelOptions: { pageRanges: '3-' } }, /Page Ranges cannot be read at "3-"/],
		['a switch that is neither on nor off', { modelOptions: { multimodal: '={{ "often" }}' } }, /Multimodal is often/],
		['a switch that holds data', { modelOptions: { memory: '={{ $json.deep }}' } }, /Memory holds data/],
		['a key whose expression gives nothing', { options: { idempotencyKey: '={{ $json.messageId }}' } }, /The expression for Idempotency Key gives no value/],
		['a key of blanks, by expression', { options: { idempotencyKey: '={{ "  " }}' } }, /The expression for Idempotency Key gives no value/],
		['reuse together with a key', { options: { reuse: 'sameDocument', idempotencyKey: 'mail-1' } }, /Reuse Earlier Result and Idempotency Key cannot be used together/],
		['reuse that does not exist', { options: { reuse: '={{ "always" }}' } }, /Reuse Earlier Result is always/],
	])('%s', async (_, parameters, message) => {
		const { json } = await start({ ...inline, ...parameters });
		expect(json).toEqual([expect.objectContaining({ error: expect.stringMatching(message), details: expect.objectContaining({ code: 'INVALID_INPUT' }) })]);
		expect(stage.extend.requests).toEqual([]);
	});
});
