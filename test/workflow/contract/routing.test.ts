import type { IDataObject } from 'n8n-workflow';
import { hurryPace } from '../pace';
import { openStage, type Stage } from '../setup';
import { placeRuns, processedRun } from './placeRuns';
import { ENDED, FIXED_OUTPUTS, MODES, OPEN, reasonOutputs, ROUTES, type RouteBy } from './routingCases';

/** Read by a node behind each output: the number of the item before ours that an item goes back to. */
const expression = "={{ $('Before').item.json.n }}";
const CASES = [...ENDED, ...OPEN];

let stage: Stage;
beforeAll(async () => {
	hurryPace(100);
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterAll(async () => {
	await stage.extend.close();
});

/** Names of the outputs; those of routes are told from fixed ones. */
const namesOf = (routeBy: RouteBy) => [...FIXED_OUTPUTS[routeBy], ...(routeBy === 'category' ? ROUTES.map((route) => `→ ${route}`) : [])];

interface Left {
	/** By which output each item left, by number of the item. */
	nameByItem: Map<number, string>;
	/** The items behind each output, in their order. */
	after: unknown[][];
	outputCount: number;
}

/** Reads the runs with an operation, and looks where they leave. */
async function leave(runs: IDataObject[], routeBy: RouteBy, parameters: IDataObject): Promise<Left> {
	const ids = await placeRuns(stage, runs);
	const names = namesOf(routeBy);
	const { outputs, after, error } = await stage.run({
		parameters: { routeBy, routeCategories: { route: ROUTES.map((category) => ({ category })) }, ...parameters },
		items: ids.map((id, n) => ({ json: { id, n } })),
		after: { expression, outputs: names.length },
	});
	expect(error).toBeUndefined();
	const nameByItem = new Map(outputs.flatMap((items, output) => items.map(({ json }) => [ids.indexOf(String(json.id)), names[output] ?? ''] as const)));
	return { nameByItem, after, outputCount: outputs.length };
}

describe.each(MODES)('the public interface, routeBy %s', (routeBy) => {
	describe.each<[string, IDataObject]>([
		['get', {}],
		['waitForCompletion', { waitOptions: { timeout: 0.01, onTimeout: 'return' } }],
	])('on %s', (operation, parameters) => {
		let left: Left;
		beforeAll(async () => {
			left = await leave(CASES.map(({ run }) => run), routeBy, { operation, ...parameters });
		});

		it.each(CASES.map((one, item) => [one.name, one[routeBy], item] as const))('sends %s to %s', (_, output, item) => {
			expect(left.nameByItem.get(item)).toBe(output);
		});

		it("has these outputs and no others, each item of which is paired with its own, in the order of the input", () => {
			const expected = namesOf(routeBy).map((name) => CASES.flatMap((one, item) => (one[routeBy] === name ? [item] : [])));
			expect(left.after).toEqual(expected);
			expect(left.outputCount).toBe(expected.length);
			expect(expected.filter((items) => items.length === 0)).toEqual([]);
		});
	});
});

const STATUSES = ['PROCESSED', 'FAILED', 'CANCELLED', 'PENDING', 'PROCESSING', 'CANCELLING', 'EXPIRED'];
const REASONS = [...Object.keys(reasonOutputs), 'SOMETHING_NEW', null];
const RESULTS = [null, { id: 'invoice', type: 'invoice', confidence: 0.9, insights: [] }];
const statusOutputs: Record<string, string> = {
	PROCESSED: 'Processed', CANCELLED: 'Cancelled', PENDING: 'Unfinished', PROCESSING: 'Unfinished', CANCELLING: 'Unfinished',
};

describe('the public interface, routing of every status with every reason, with an output and without', () => {
	const runs = STATUSES.flatMap((status) => REASONS.flatMap((failureReason) => RESULTS.map((output) => ({ status, failureReason, output }))));
	type Read = (run: (typeof runs)[number]) => string;
	const outputsOf: Record<RouteBy, Read> = {
		status: ({ status }) => statusOutputs[status] ?? 'Failed',
		failureReason: ({ status, failureReason }) => {
			if (status === 'FAILED') return reasonOutputs[String(failureReason)] ?? 'Other Error';
			return statusOutputs[status] ?? 'Other Error';
		},
		confidence: ({ status, output }) => (status === 'PROCESSED' && output !== null ? 'Classified' : 'No Result'),
		category: ({ status, output }) => (status === 'PROCESSED' && output !== null ? '→ invoice' : 'No Result'),
	};

	it.each(MODES)('sends each by the output that routeBy %s names', async (routeBy) => {
		const { nameByItem } = await leave(runs as IDataObject[], routeBy, { operation: 'get' });
		expect(runs.map((run, item) => ({ ...run, leavesBy: nameByItem.get(item) }))).toEqual(runs.map((run) => ({ ...run, leavesBy: outputsOf[routeBy](run) })));
	});
});

describe('the public interface, a run without a status', () => {
	const failedBy: Record<RouteBy, string> = { status: 'Failed', failureReason: 'Other Error', confidence: 'No Result', category: 'No Result' };

	it.each(MODES)('is an API error for its item, which leaves with routeBy %s like any other that did not succeed', async (routeBy) => {
		const [good = '', ...bad] = await placeRuns(stage, [processedRun('invoice'), { status: null }, { status: '' }]);
		const { outputs } = await stage.run({
			parameters: { operation: 'waitForCompletion', waitOptions: { timeout: 1 }, routeBy, routeCategories: { route: [{ category: 'invoice' }] } },
			items: [good, ...bad].map((id) => ({ json: { id } })),
			settings: { onError: 'continueRegularOutput' },
		});
		const failed = outputs[FIXED_OUTPUTS[routeBy].indexOf(failedBy[routeBy])] ?? [];
		expect(failed.map(({ pairedItem, json }) => [pairedItem, typeof json.error])).toEqual([[{ item: 1 }, 'string'], [{ item: 2 }, 'string']]);
		expect(outputs.flat()).toHaveLength(3);
	});
});
