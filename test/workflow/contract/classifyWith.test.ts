import type { IDataObject } from 'n8n-workflow';
import { byText, INVOICE, openStage, SAVED, startBodies, type Stage } from '../setup';

/** What a run is classified with: classifyWith, classifier, classifierVersion, categories, categoriesJson. */

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

const LIST = [{ id: 'invoice', description: 'asks for payment' }];
const text = { operation: 'start', fileSource: 'text', text: INVOICE };
const CATCH_ALL = { id: 'other', type: 'other', description: expect.stringMatching(/\w/) };
const other = { id: 'rest', type: 'other', description: 'All else' };

async function start(parameters: IDataObject) {
	const items = [{ json: { list: LIST, object: { category: LIST }, id: 'cl_inbound_mail', version: 2, versionText: '1.0' } }];
	return await stage.run({ parameters: { ...text, ...parameters }, items, settings: { onError: 'continueRegularOutput' } });
}
const sent = () => startBodies(stage)[0] as { classifier?: IDataObject; config?: { classifications: IDataObject[] } };

describe('classifier', () => {
	const locator = (mode: string, value: string) => ({ classifier: { __rl: true, mode, value } });

	it.each<[string, IDataObject]>([
		['from the list', locator('list', 'cl_inbound_mail')],
		['by ID', locator('id', ' cl_inbound_mail ')],
		['by ID, by expression', locator('id', '={{ $json.id }}')],
		['by a link to the dashboard, entered as an ID', locator('id', ' https://dashboard.extend.ai/ws_1/classifiers/cl_inbound_mail?tab=runs ')],
		['by a link to the dashboard', locator('url', 'https://dashboard.extend.ai/processors/cl_inbound_mail')],
		['by a link to a classifier, with a tab', locator('url', 'https://dashboard.extend.ai/ws_1/classifiers/cl_inbound_mail/build?tab=x#y')],
		['as a plain text, as hand-written workflows have it', { classifier: 'cl_inbound_mail' }],
	])('%s', async (_, parameters) => {
		await start(parameters);
		expect(sent().classifier).toEqual({ id: 'cl_inbound_mail', version: 'latest' });
	});

	it.each<[string, IDataObject]>([
		['none is chosen', locator('id', '={{ "" }}')],
		['the expression gives nothing', locator('id', '={{ undefined }}')],
	])('is refused before anything is sent when %s', async (_, parameters) => {
		const { json } = await start(parameters);
		expect(json[0]).toMatchObject({ error: 'No classifier is chosen [item 0]' });
		expect(stage.extend.requests).toEqual([]);
	});
});

describe('classifierVersion', () => {
	it.each<[string, unknown, string]>([
		['nothing, which is latest', undefined, 'latest'],
		['latest', 'latest', 'latest'],
		['draft', 'draft', 'draft'],
		['a number of a release', '1.0', '1.0'],
		['a text by expression', '={{ $json.versionText }}', '1.0'],
		['a number by expression, which drops the zero of 2.0', '={{ $json.version }}', '2.0'],
	])('%s', async (_, classifierVersion, version) => {
		const { json } = await start({ classifier: SAVED, ...(classifierVersion === undefined ? {} : { classifierVersion: classifierVersion as string }) });
		expect(sent().classifier).toEqual({ id: 'cl_inbound_mail', version });
		expect(json[0]).toMatchObject({ classifierId: 'cl_inbound_mail', classifierVersion: version === 'latest' ? '2.0' : version });
	});

	it('an expression that gives nothing is refused, since the latest can have other categories', async () => {
		const { json } = await start({ classifier: SAVED, classifierVersion: '={{ undefined }}' });
		expect(json[0]).toMatchObject({ error: 'The expression for Version Name or ID gives no version [item 0]' });
		expect(stage.extend.requests).toEqual([]);
	});

	it('one that the classifier does not have is named, and no run', async () => {
		const { json } = await start({ classifier: SAVED, classifierVersion: '9.9' });
		expect(json[0]).toMatchObject({
			error: 'Version 9.9 does not exist in classifier cl_inbound_mail [item 0]',
			message: expect.stringMatching(/^Choose one of its versions under Version\./),
			details: { code: 'NOT_FOUND', status: 404, retryable: false, runId: null },
		});
	});

	const draftOnly = () => [...stage.extend.store.classifiers.values()].find(({ published }) => published.length === 0)?.id ?? '';

	it.each<[string, () => string, string, RegExp]>([
		['when nothing is published', draftOnly, 'latest', /the draft was run, because no version is published yet/],
		['not when the draft was asked for', draftOnly, 'draft', /^$/],
		['not when a version is published', () => 'cl_inbound_mail', 'latest', /^$/],
	])('a hint says that latest ran a draft: %s', async (_, classifierOf, classifierVersion, hint) => {
		const { hints, json } = await start({ classifier: { mode: 'id', value: classifierOf() }, classifierVersion });
		expect(json[0]).toMatchObject({ status: 'PENDING' });
		expect(hints.join()).toMatch(hint);
	});
});

describe('categories', () => {
	it.each<[string, IDataObject[], unknown[]]>([
		['type and description are taken from the ID', [{ id: 'invoice' }], [{ id: 'invoice', type: 'invoice', description: 'invoice' }, CATCH_ALL]],
		['empty ones as well', [{ id: ' a ', type: ' ', description: '' }], [{ id: 'a', type: 'a', description: 'a' }, CATCH_ALL]],
		['a type of its own stays', [{ id: 'a', type: 'Letter', description: 'd' }], [{ id: 'a', type: 'Letter', description: 'd' }, CATCH_ALL]],
		['no catch-all is added where one is given', [{ id: 'a' }, other], [{ id: 'a', type: 'a', description: 'a' }, other]],
		['the ID other makes a catch-all', [{ id: 'other' }], [{ id: 'other', type: 'other', description: 'other' }]],
		['the catch-all finds a free ID', [{ id: 'other', type: 'x' }], [{ id: 'other', type: 'x', description: 'x' }, { ...CATCH_ALL, id: 'other_2' }]],
	])('%s', async (_, category, classifications) => {
		const { json } = await start({ ...byText, ...text, categories: { category } });
		expect(sent().config?.classifications).toEqual(classifications);
		expect(json[0]).toMatchObject({ status: 'PENDING', classifierId: null, classifierVersion: null });
	});
});

describe('categoriesJson', () => {
	it.each<[string, string]>([
		['an array as text', JSON.stringify(LIST)],
		['an array by expression', '={{ $json.list }}'],
		['an array as text by expression', '={{ JSON.stringify($json.list) }}'],
		['a text with expressions in it', '=[{ "id": "{{ $json.list[0].id }}", "description": "asks for payment" }]'],
	])('%s', async (_, categoriesJson) => {
		await start({ classifyWith: 'categoriesJson', categoriesJson });
		expect(sent().config?.classifications).toEqual([{ id: 'invoice', type: 'invoice', description: 'asks for payment' }, CATCH_ALL]);
	});

	it.each<[string, string, RegExp]>([
		['nothing', '', /not an array of categories/],
		['an empty array', '[]', /no categories to choose from/],
		['an object', '={{ $json.object }}', /not an array of categories/],
		['a text', '={{ "invoice" }}', /not an array of categories/],
		['an array of nothing', '[null]', /Category 1 has no ID/],
		['two with one ID', '[{"id":"a"},{"id":"a "}]', /Two categories have the ID "a"/],
	])('%s is refused before anything is sent', async (_, categoriesJson, message) => {
		const { json } = await start({ classifyWith: 'categoriesJson', categoriesJson });
		expect(json[0]).toMatchObject({ error: expect.stringMatching(message) });
		expect(stage.extend.requests).toEqual([]);
	});
});
