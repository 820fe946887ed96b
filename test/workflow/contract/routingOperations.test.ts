import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { properties } from '../../../nodes/Extend/operations';
import { fileOf } from '../engine';
import { hurryPace } from '../pace';
import { byCategories, inBatch, INVOICE, openStage, SAVED, type Stage } from '../setup';
import { FIXED_OUTPUTS, MODES, type RouteBy } from './routingCases';

let stage: Stage;
beforeAll(async () => {
	hurryPace(100);
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterAll(async () => {
	await stage.extend.close();
});

/** How the stand-in ends the run of each item, and where it then leaves with each value of routeBy; the last has no document. */
const ITEMS: Array<{ ending: IDataObject | null } & Record<RouteBy, string>> = [
	{ ending: {}, status: 'Processed', failureReason: 'Processed', confidence: 'Classified', category: '→ invoice' },
	{ ending: { confidence: 0.79 }, status: 'Processed', failureReason: 'Processed', confidence: 'Review', category: 'Review' },
	{ ending: { category: 'letter' }, status: 'Processed', failureReason: 'Processed', confidence: 'Classified', category: 'Other' },
	{ ending: { failureReason: 'FAILED_TO_PROCESS_FILE' }, status: 'Failed', failureReason: 'Bad File', confidence: 'No Result', category: 'No Result' },
	{ ending: { failureReason: 'INVALID_PROCESSOR' }, status: 'Failed', failureReason: 'Bad Config', confidence: 'No Result', category: 'No Result' },
	{ ending: { failureReason: 'OUT_OF_CREDITS' }, status: 'Failed', failureReason: 'No Credits', confidence: 'No Result', category: 'No Result' },
	{ ending: { failureReason: 'PARSING_ERROR' }, status: 'Failed', failureReason: 'Extend Error', confidence: 'No Result', category: 'No Result' },
	{ ending: { failureReason: 'SOMETHING_NEW' }, status: 'Failed', failureReason: 'Other Error', confidence: 'No Result', category: 'No Result' },
	{ ending: { status: 'CANCELLED' }, status: 'Cancelled', failureReason: 'Cancelled', confidence: 'No Result', category: 'No Result' },
	{ ending: { status: 'EXPIRED' }, status: 'Failed', failureReason: 'Other Error', confidence: 'No Result', category: 'No Result' },
	{ ending: null, status: 'Unfinished', failureReason: 'Unfinished', confidence: 'No Result', category: 'No Result' },
];
const WITH_RUN = ITEMS.filter(({ ending }) => ending !== null);

const byFile = { fileSource: 'binary', binaryFields: '*', fileOptions: { onNoDocument: 'skip' } };
const routing = (routeBy: RouteBy): IDataObject => ({ routeBy, routeCategories: { route: [{ category: 'invoice' }] } });
const namesOf = (routeBy: RouteBy) => [...FIXED_OUTPUTS[routeBy], ...(routeBy === 'category' ? ['→ invoice'] : [])];

async function documents(endings: Array<IDataObject | null>): Promise<INodeExecutionData[]> {
	return await Promise.all(
		endings.map(async (ending, n) => {
			if (ending === null) return { json: { n } };
			return { json: { n }, binary: { data: await fileOf(`${INVOICE}\nemulator: ${JSON.stringify(ending)}`, `${n}.txt`, 'text/plain') } };
		}),
	);
}

/** For each output the numbers of its items, found out by a node behind it. */
async function numbersAfter(parameters: IDataObject, routeBy: RouteBy, items: INodeExecutionData[], of: string): Promise<unknown[][]> {
	const after = { expression: `={{ ${of} }}`, outputs: namesOf(routeBy).length };
	const run = await stage.run({ parameters: { ...parameters, ...routing(routeBy) }, items, after });
	expect(run.error).toBeUndefined();
	return run.after;
}

const expectedAfter = (routeBy: RouteBy, items = ITEMS) => namesOf(routeBy).map((name) => items.flatMap((one, n) => (one[routeBy] === name ? [n] : [])));
const OF_INPUT = "$('Before').item.json.n";

describe.each(MODES)('the public interface, routeBy %s', (routeBy) => {
	it.each<[string, IDataObject]>([
		['classifyRun classify', { ...byCategories, ...byFile }],
		['batchRun classify', { ...inBatch, ...byFile }],
	])('gives %s the same outputs, items without a document included, each paired with its input', async (_, parameters) => {
		const items = await documents(ITEMS.map(({ ending }) => ending));
		expect(await numbersAfter(parameters, routeBy, items, OF_INPUT)).toEqual(expectedAfter(routeBy));
	});

	it('gives batchRun waitForCompletion the same outputs, each item paired with that of its batch', async () => {
		const items = await documents(WITH_RUN.map(({ ending }) => ending));
		const { json } = await stage.run({ parameters: { ...inBatch, ...byFile, operation: 'start' }, items });
		const wait = { resource: 'batchRun', operation: 'waitForCompletion' };
		const batch = [{ json: { n: 'none' } as IDataObject }, { json: { batchId: String(json[0]?.batchId), n: 'batch' } }];
		const settings = { onError: 'continueErrorOutput' as const };
		const after = { expression: `={{ ${OF_INPUT} + $json.fileName }}`, outputs: namesOf(routeBy).length };
		const run = await stage.run({ parameters: { ...wait, ...routing(routeBy) }, items: batch, settings, after });
		expect(run.after).toEqual(expectedAfter(routeBy, WITH_RUN).map((numbers) => numbers.map((n) => `batch${n}.txt`)));
	});

	it('lets a run that is not finished in time leave by Unfinished or No Result', async () => {
		const items = await documents([{ runMs: 600_000 }]);
		const waitOptions = { timeout: 1, onTimeout: 'return' };
		const after = await numbersAfter({ ...byCategories, ...byFile, waitOptions }, routeBy, items, OF_INPUT);
		const name = routeBy === 'status' || routeBy === 'failureReason' ? 'Unfinished' : 'No Result';
		expect(after).toEqual(namesOf(routeBy).map((output) => (output === name ? [0] : [])));
	});
});

/** Where a parameter is shown: "resource operation". */
function placesOf(name: string): string[] {
	const places = (property: INodeProperties) => {
		const { resource = [], operation = [] } = property.displayOptions?.show ?? {};
		return operation.map((value) => `${String(resource[0])} ${String(value)}`);
	};
	return properties.filter((property) => property.name === name).flatMap(places);
}

const ROUTED = ['classifyRun classify', 'classifyRun get', 'classifyRun waitForCompletion', 'batchRun classify', 'batchRun waitForCompletion'];

describe('the public interface, routeBy', () => {
	it('is on classify, get and waitForCompletion of runs and batches, and nowhere else', () => {
		for (const name of ['routeBy', 'minimumConfidence', 'routeCategories']) expect(placesOf(name).sort()).toEqual([...ROUTED].sort());
	});

	it('has five values, of which none is the default, and takes no expression', () => {
		const [routeBy] = properties.filter(({ name }) => name === 'routeBy');
		const values = routeBy?.options?.map((option) => ('value' in option ? option.value : undefined));
		expect(values?.sort()).toEqual(['category', 'confidence', 'failureReason', 'none', 'status']);
		expect(routeBy).toMatchObject({ type: 'options', default: 'none', noDataExpression: true });
	});

	it('none gives one output for everything', async () => {
		const items = await documents(ITEMS.map(({ ending }) => ending));
		const { outputs } = await stage.run({ parameters: { ...byCategories, ...byFile, routeBy: 'none' }, items });
		expect(outputs.map((each) => each.map(({ json, pairedItem }) => [json.id === null, pairedItem]))).toEqual([ITEMS.map(({ ending }, item) => [ending === null, { item }])]);
	});

	it('shows get and waitForCompletion an optional classifier that changes nothing but the list', async () => {
		const pickers = properties.filter(({ name, required }) => name === 'classifier' && required === false);
		expect(pickers.flatMap(({ displayOptions }) => displayOptions?.show?.operation ?? []).sort()).toEqual(['get', 'waitForCompletion', 'waitForCompletion']);
		const { json } = await stage.run({ parameters: { ...byCategories, ...byFile, operation: 'start' }, items: await documents([{}]) });
		const before = stage.extend.requests.length;
		for (const operation of ['get', 'waitForCompletion']) {
			for (const classifier of [SAVED, { mode: 'id', value: 'cl_nobody' }, { mode: 'list', value: '' }]) {
				const { outputs } = await stage.run({ parameters: { operation, classifier, ...routing('category') }, items: [{ json: json[0] ?? {} }] });
				expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
			}
		}
		expect(stage.extend.requests.slice(before).filter(({ path }) => path.startsWith('/classifiers'))).toEqual([]);
	});
});
