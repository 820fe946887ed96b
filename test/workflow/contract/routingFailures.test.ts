import type { IDataObject, INode } from 'n8n-workflow';
import { configuredOutputs } from '../../../nodes/Extend/routing/outputs';
import { hurryPace } from '../pace';
import { byText, inBatch, INVOICE, openStage, type Stage } from '../setup';

let stage: Stage;
beforeAll(() => hurryPace());
beforeEach(async () => {
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterEach(async () => {
	await stage.extend.close();
});

const routes = (...categories: string[]) => ({ routeBy: 'category', routeCategories: { route: categories.map((category) => ({ category })) } });
const WHOLE: [string, IDataObject, number] = ['none', { routeBy: 'none' }, 0];
/** What is routed by, and the number of the output for items that did not succeed. */
const ROUTED: Array<[routeBy: string, parameters: IDataObject, failedOutput: number]> = [
	['status', { routeBy: 'status' }, 1],
	['failureReason', { routeBy: 'failureReason' }, 6],
	['confidence', { routeBy: 'confidence' }, 2],
	['category', routes('invoice'), 2],
];
const countOf = (parameters: IDataObject) => configuredOutputs(parameters as never).length;
/** Where a processed invoice leaves: by its own output where it has one, else by the first. */
const goodOutput = (parameters: IDataObject) => (parameters.routeBy === 'category' ? 3 : 0);

/** Items of which the second and the fourth have no text. */
const ITEMS = [INVOICE, '', INVOICE, ''].map((text, n) => ({ json: { text, n } }));

async function classify(parameters: IDataObject, settings: Partial<INode>, outputs: number) {
	return await stage.run({
		parameters: { ...byText, text: '={{ $json.text }}', ...parameters },
		items: ITEMS,
		settings,
		after: { expression: "={{ $('Before').item.json.n }}", outputs },
	});
}

describe.each([WHOLE, ...ROUTED])('the public interface, items that do not succeed with routeBy %s', (_, parameters, failedOutput) => {
	const count = countOf(parameters);
	const expected = (extra: Record<number, number[]>) => Array.from({ length: count + 1 }, (__, output) => extra[output] ?? []);

	it('leave by the output for them, behind the others, when the node continues', async () => {
		const { after, outputs, error } = await classify(parameters, { onError: 'continueRegularOutput' }, count + 1);
		expect(error).toBeUndefined();
		const good = goodOutput(parameters);
		expect(after).toEqual(expected(good === failedOutput ? { [good]: [0, 2, 1, 3] } : { [good]: [0, 2], [failedOutput]: [1, 3] }));
		const failed = outputs[failedOutput]?.slice(-2).map(({ json }) => json);
		expect(failed).toEqual([1, 3].map((n) => expect.objectContaining({ error: `The Text is empty [item ${n}]`, details: expect.objectContaining({ itemIndex: n }) })));
		expect(Object.keys(failed?.[0] ?? {})).toEqual(['error', 'message', 'details']);
	});

	it('leave by the error output, the last one, with the fields of their input', async () => {
		const { after, outputs } = await classify(parameters, { onError: 'continueErrorOutput' }, count + 1);
		expect(after).toEqual(expected({ [goodOutput(parameters)]: [0, 2], [count]: [1, 3] }));
		expect(outputs[count]?.map(({ json }) => json)).toEqual([1, 3].map((n) => expect.objectContaining({ n, error: expect.stringContaining(`[item ${n}]`) })));
	});

	it('stop the node once the others are through', async () => {
		const { error } = await classify(parameters, {}, count);
		expect(error?.message).toBe('The Text is empty [item 1]');
		expect(error?.description).toMatch(/2 of 4 items failed\. Runs at Extend: clr_\w+, clr_\w+$/);
	});

	it('do not make n8n try the whole node again while others succeeded', async () => {
		for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
			await classify(parameters, { onError, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }, 0);
		}
		expect(stage.requests('POST', /^\/classify_runs$/)).toHaveLength(2);
	});

	it('leave by the same output when nothing can be done at all', async () => {
		const { error } = await stage.run({ parameters: { ...parameters, operation: 'explode' }, items: ITEMS });
		expect(error?.message).toMatch(/no operation "explode"/);
		const { outputs } = await classify({ ...parameters, ...(parameters.routeBy === 'category' ? routes('') : { classifyWith: 'categories', categories: {} }) }, { onError: 'continueRegularOutput' }, 0);
		expect(outputs.map((items) => items.length)).toEqual(Array.from({ length: count }, (__, output) => (output === failedOutput ? 4 : 0)));
	});
});

describe.each(ROUTED)('the public interface, items that do not succeed with routeBy %s', (_, parameters, failedOutput) => {
	it.each<[string, IDataObject]>([
		['classifyRun get', { operation: 'get' }],
		['classifyRun waitForCompletion', { operation: 'waitForCompletion' }],
		['batchRun classify', { ...inBatch }],
	])('leave %s by the same outputs', async (__, operation) => {
		const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: INVOICE } });
		await stage.run({ parameters: { operation: 'waitForCompletion' }, items: [{ json: json[0] ?? {} }] });
		const items = [{ json: { n: 0, id: '', text: '' } }, { json: { n: 1, id: String(json[0]?.id), text: INVOICE } }];
		for (const [onError, output] of [['continueRegularOutput', failedOutput], ['continueErrorOutput', countOf(parameters)]] as const) {
			const after = { expression: "={{ $('Before').item.json.n }}", outputs: countOf(parameters) + 1 };
			const run = await stage.run({ parameters: { ...parameters, ...operation }, items, settings: { onError }, after });
			const good = goodOutput(parameters);
			expect(run.after).toEqual(Array.from({ length: countOf(parameters) + 1 }, (___, place) => (place === output ? [0] : place === good ? [1] : [])));
		}
	});
});

describe.each(ROUTED)('the public interface, onRunFailed error with routeBy %s: a run that ended badly', (_, parameters, failedOutput) => {
	it.each([
		['continueRegularOutput', failedOutput],
		['continueErrorOutput', countOf(parameters)],
	] as const)('leaves like any other with %s', async (onError, output) => {
		const text = `${INVOICE}\nemulator: {"failureReason":"OUT_OF_CREDITS"}`;
		const { outputs } = await stage.run({ parameters: { ...byText, text, onRunFailed: 'error', ...parameters }, settings: { onError } });
		expect(outputs[output]?.[0]?.json).toMatchObject({ details: { code: 'RUN_FAILED', failureReason: 'OUT_OF_CREDITS' } });
		expect(outputs.flat()).toHaveLength(1);
	});
});
