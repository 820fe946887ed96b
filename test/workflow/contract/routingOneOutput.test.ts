import type { IDataObject } from 'n8n-workflow';
import { hurryPace } from '../pace';
import { byText, inBatch, INVOICE, openStage, type Stage } from '../setup';
import { MODES } from './routingCases';

let stage: Stage;
beforeAll(async () => {
	hurryPace(100);
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterAll(async () => {
	await stage.extend.close();
});

const TOOL = { type: 'n8n-nodes-extend-ai.extendClassifyTool' };
const texts = (...endings: IDataObject[]) => endings.map((ending) => ({ json: { text: `${INVOICE}\nemulator: ${JSON.stringify(ending)}` } }));
const ENDINGS = texts({}, { confidence: 0.1 }, { status: 'FAILED' }, { status: 'CANCELLED' });
const STATUSES = ['PROCESSED', 'PROCESSED', 'FAILED', 'CANCELLED'];
const routing = (routeBy: string): IDataObject => ({ routeBy, minimumConfidence: 0.8, routeCategories: { route: [{ category: 'invoice' }] } });
const statusesOf = (outputs: Array<Array<{ json: IDataObject }>>) => outputs.map((items) => items.map(({ json }) => json.status));

describe.each([...MODES, 'none'])('the public interface, as an AI tool everything comes out of one output, also with routeBy %s', (routeBy) => {
	it.each<[string, IDataObject]>([
		['classifyRun classify', { ...byText, text: '={{ $json.text }}' }],
		['batchRun classify', inBatch],
	])('%s', async (_, parameters) => {
		const { outputs, error } = await stage.run({ parameters: { ...parameters, ...routing(routeBy) }, items: ENDINGS, settings: TOOL });
		expect(error).toBeUndefined();
		expect(statusesOf(outputs)).toEqual([STATUSES]);
	});

	it.each(['get', 'waitForCompletion'])('classifyRun %s', async (operation) => {
		const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: '={{ $json.text }}' }, items: ENDINGS });
		await stage.run({ parameters: { operation: 'waitForCompletion' }, items: json.map((one) => ({ json: one })) });
		const { outputs } = await stage.run({ parameters: { operation, ...routing(routeBy) }, items: json.map((one) => ({ json: one })), settings: TOOL });
		expect(statusesOf(outputs)).toEqual([STATUSES]);
	});

	it('items that do not succeed as well', async () => {
		const settings = { ...TOOL, onError: 'continueRegularOutput' as const };
		const { outputs } = await stage.run({ parameters: { ...byText, ...routing(routeBy), text: '={{ $json.text }}' }, items: [{ json: { text: '' } }, ...texts({})], settings });
		expect(outputs.map((items) => items.map(({ json }) => json.status ?? json.error))).toEqual([['PROCESSED', 'The Text is empty [item 0]']]);
	});
});

describe('a tool', () => {
	it('pays no heed to routing that could not be used, since it is not shown', async () => {
		const parameters = { ...byText, text: INVOICE, routeBy: 'category', minimumConfidence: 80, routeCategories: { route: [{ category: '' }] } };
		expect((await stage.run({ parameters, settings: TOOL })).json).toEqual([expect.objectContaining({ status: 'PROCESSED' })]);
	});
});

describe('an operation without routing', () => {
	const left = { routeBy: 'category', minimumConfidence: 80, routeCategories: { route: [{ category: '' }] } };

	it.each<[string, IDataObject]>([
		['start', { ...byText, text: INVOICE }],
		['getMany', {}],
	])('has one output, whatever was left from another one: %s', async (operation, parameters) => {
		const { outputs, error } = await stage.run({ parameters: { ...parameters, ...left, operation } });
		expect([error, outputs.length]).toEqual([undefined, 1]);
		expect(outputs[0]?.length).toBeGreaterThan(0);
	});
});

describe('routing', () => {
	it('does not depend on simplify', async () => {
		const parameters = { ...byText, text: '={{ $json.text }}', routeBy: 'confidence', simplify: false };
		const { outputs } = await stage.run({ parameters, items: texts({ confidence: 0.8 }, { confidence: 0.79 }, { status: 'FAILED' }) });
		expect(outputs.map((items) => items.map(({ json }) => [json.object, json.status]))).toEqual([
			[['classify_run', 'PROCESSED']],
			[['classify_run', 'PROCESSED']],
			[['classify_run', 'FAILED']],
		]);
	});
});
