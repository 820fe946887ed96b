import type { IDataObject } from 'n8n-workflow';
import { configuredOutputs } from '../../nodes/Extend/routing/outputs';
import { fileOf } from './engine';
import { byText, INVOICE, openStage, type Stage } from './setup';

let stage: Stage;
beforeEach(async () => {
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterEach(async () => {
	await stage.extend.close();
});

/** What a run looks like, and the output it leaves by with each kind of routing, for the routes invoice and Other. */
interface Case {
	run: IDataObject;
	status: string;
	failureReason: string;
	confidence: string;
	category: string;
}

const output = (more: IDataObject = {}) => ({ id: 'invoice', type: 'invoice', confidence: 0.9, insights: [], ...more });
const rows = (leaveBy: Omit<Case, 'run'>, ...runs: IDataObject[]): Case[] => runs.map((run) => ({ run, ...leaveBy }));

const PROCESSED = { status: 'Processed', failureReason: 'Processed' };
const DOUBTFUL = { ...PROCESSED, confidence: 'Needs Review', category: 'Needs Review' };
const EMPTY = { confidence: 'Not Classified', category: 'Not Classified' };
const reason = (failureReason: string) => ({ status: 'Failed', failureReason, ...EMPTY });
const failedWith = (failureReason: unknown) => ({ status: 'FAILED', failureReason }) as IDataObject;
const processed = (more: IDataObject) => ({ status: 'PROCESSED', output: output(), ...more });

const ENDED: Case[] = [
	...rows(
		{ ...PROCESSED, confidence: 'Classified', category: 'invoice' },
		processed({}),
		processed({ output: output({ confidence: 0.8 }) }),
		processed({ output: output({ confidence: 0.1 }), reviewed: true }),
		processed({ output: output({ confidence: null }), reviewed: true }),
	),
	...rows(
		{ ...PROCESSED, confidence: 'Classified', category: 'Other' },
		processed({ output: output({ id: 'contract' }) }),
		processed({ output: output({ id: 'other', type: 'other' }) }),
		processed({ output: output({ id: 'INVOICE' }) }),
		processed({ output: output({ id: 'Needs Review' }) }),
	),
	...rows({ ...PROCESSED, confidence: 'Classified', category: 'Other, by its own route' }, processed({ output: output({ id: 'Other' }) })),
	...rows(
		DOUBTFUL,
		processed({ output: output({ confidence: 0.79999 }) }),
		processed({ output: output({ confidence: null }) }),
		processed({ output: output({ confidence: 'high' }) }),
		processed({ output: output({ confidence: 0.1, id: 'contract' }), reviewed: false, edited: true }),
	),
	...rows({ ...PROCESSED, ...EMPTY }, processed({ output: null }), processed({ output: { confidence: 1 } })),
	...rows(reason('Document Rejected'), ...['FAILED_TO_PROCESS_FILE', 'PRE_PROCESSING_FAILURE'].map(failedWith)),
	...rows(reason('Configuration Invalid'), ...['INVALID_PROCESSOR', 'INVALID_CONFIGURATION'].map(failedWith)),
	...rows(reason('Out of Credits'), failedWith('OUT_OF_CREDITS')),
	...rows(reason('Extend Fault'), ...['INTERNAL_ERROR', 'PARSING_ERROR', 'POST_PROCESSING_FAILURE'].map(failedWith)),
	...rows(reason('Cancelled'), failedWith('ABORTED')),
	...rows(reason('Other Failure'), ...['SOMETHING_NEW', null, 7, 'toString'].map(failedWith), { ...failedWith('NEW'), output: output() }),
	...rows({ ...EMPTY, status: 'Cancelled', failureReason: 'Cancelled' }, { status: 'CANCELLED' }, { status: 'CANCELLED', failureReason: 'OUT_OF_CREDITS' }),
	...rows(reason('Other Failure'), { status: 'EXPIRED' }, { status: 'EXPIRED', failureReason: 'OUT_OF_CREDITS', output: output() }),
];
const OPEN = rows({ ...EMPTY, status: 'Unfinished', failureReason: 'Unfinished' }, ...['PENDING', 'PROCESSING', 'CANCELLING'].map((status) => ({ status })));

const ROUTES = ['invoice', 'Other'];
const MODES = ['status', 'failureReason', 'confidence', 'category'] as const;
const routingBy = (routeBy: string, categories = ROUTES): IDataObject => ({
	routeBy,
	routeCategories: { route: categories.map((category) => ({ category: { __rl: true, mode: 'list', value: category, cachedResultName: category } })) },
});
/** Names of the outputs; the route of a category that is called as a fixed output is told apart. */
const namesOf = (routing: IDataObject) =>
	configuredOutputs(routing as never).map(({ displayName }, index) => (displayName === 'Other' && index > 0 ? 'Other, by its own route' : displayName ?? ''));

/** A run in the stand-in for each case, with the fields of the case whatever its state. */
async function place(cases: Case[]): Promise<string[]> {
	const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: INVOICE } });
	const { runs } = stage.extend.store;
	const first = runs.get(String(json[0]?.id));
	if (first === undefined) throw new Error('The run is not there');
	return cases.map(({ run }, index) => {
		const id = `clr_case_${index}`;
		runs.set(id, { ...first, id, overrides: { id, output: null, failureReason: null, reviewed: false, ...run } });
		return id;
	});
}

const NUMBERED = { expression: "={{ $('Before').item.json.n }}" };

describe('every status, reason, confidence and category', () => {
	const waiting = { waitOptions: { timeout: 0.01, onTimeout: 'return' } };

	describe.each(MODES)('by %s', (routeBy) => {
		it.each<[string, IDataObject, Case[]]>([
			['get', {}, [...ENDED, ...OPEN]],
			['waitForCompletion', waiting, [...ENDED, ...OPEN]],
		])('leaves %s by the output of its own, paired to its input, in order', async (operation, parameters, cases) => {
			const ids = await place(cases);
			const routing = routingBy(routeBy);
			const names = namesOf(routing);
			const { outputs, after, error } = await stage.run({
				parameters: { operation, ...routing, ...parameters },
				items: ids.map((id, n) => ({ json: { id, n } })),
				after: { ...NUMBERED, outputs: names.length },
			});
			expect(error).toBeUndefined();
			const expected = names.map((name) => cases.flatMap((one, n) => (one[routeBy] === name ? [n] : [])));
			expect(after).toEqual(expected);
			expect(outputs.map((items) => items.map(({ json }) => ids.indexOf(String(json.id))))).toEqual(expected);
			expect(expected.filter((items) => items.length > 0)).toHaveLength(names.length);
		});
	});

	it.each(['failureReason', 'category'] as const)('leaves Classify and Wait by the same outputs, by %s', async (routeBy) => {
		const unfinished = rows({ ...EMPTY, status: 'Unfinished', failureReason: 'Unfinished' }, { runMs: 60_000 });
		const skipped = rows({ ...EMPTY, status: 'Unfinished', failureReason: 'Unfinished' }, {});
		const cases = [...ENDED, ...unfinished, ...skipped];
		const items = await Promise.all(
			cases.map(async (one, n) => {
				if (one === skipped[0]) return { json: { n } };
				return { json: { n }, binary: { data: await fileOf(`${INVOICE}\nemulator: ${endingOf(one.run)}`, `${n}.txt`, 'text/plain') } };
			}),
		);
		const routing = routingBy(routeBy);
		const names = namesOf(routing);
		const parameters = { ...byText, fileSource: 'binary', binaryFields: '*', options: { onNoDocument: 'skip' }, ...routing };
		const waitOptions = { timeout: 4, onTimeout: 'return' };
		const { after, error } = await stage.run({ parameters: { ...parameters, waitOptions }, items, after: { ...NUMBERED, outputs: names.length } });
		expect(error).toBeUndefined();
		expect(after).toEqual(names.map((name) => cases.flatMap((one, n) => (one[routeBy] === name ? [n] : []))));
	});
});

/** Words for the stand-in to end a run so; it makes an output of its own for some fields. */
function endingOf(run: IDataObject): string {
	const { reviewed, ...rest } = run;
	const failureReason = typeof rest.failureReason === 'number' ? 'SEVEN' : rest.failureReason;
	const review = reviewed === true ? { reviewed, reviewedOutput: output(), output: rest.output } : {};
	return JSON.stringify({ ...rest, ...(failureReason === undefined ? {} : { failureReason }), ...review });
}
