import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RequestRecord } from '../../emulator';
import { fileOf } from '../engine';
import { byCategories, byText, INVOICE, itemWith, openStage, type Stage } from '../setup';

/** What comes out where a run comes out: the simplified fields, or Extend's run untouched. */

const FIELDS = [
	'fileName', 'category', 'confidence', 'status', 'reasoning', 'failureReason', 'failureMessage', 'failureAdvice', 'retryable', 'id', 'dashboardUrl',
	'categoryType', 'reviewed', 'edited', 'initialCategory', 'reviewedCategory', 'changedByReview', 'classifierId', 'classifierName', 'classifierVersion',
	'fileId', 'fileType', 'pageCount', 'metadata', 'credits', 'parseRunId', 'createdAt', 'updatedAt',
];
/** Operations that put runs out. */
const OPERATIONS = ['classify', 'start', 'get', 'waitForCompletion', 'getMany', 'cancel'];
/** A run with everything that could be touched on its way. */
const STRANGE: IDataObject = {
	...{ object: 'classify_run', id: 'clr_1', status: 'PROCESSED', output: { id: 'a', type: 'a', confidence: 1e-7, insights: [] }, metadata: { 'n8n:start': 'run:x', deep: [[{ a: null }]] } },
	...{ message: 'm', details: { x: 1 }, '': 'empty', 'a.b': ['\u0000', '\ud83d\ude00', 'ä'], zero: 0, no: false, nothing: null, list: [], usage: { breakdown: [{ credits: 0.1 }] }, json: { error: 'inside' } },
};

let stage: Stage;
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

/** Lets every answer that holds a run, or a list of them, hold this one. */
function answerWith(run: IDataObject): void {
	stage.extend.options.onRequest = ({ method, path }: RequestRecord) => {
		if (!path.startsWith('/classify_runs')) return undefined;
		const isList = method === 'GET' && path === '/classify_runs';
		return { kind: 'status', status: 200, body: isList ? { object: 'list', data: [run] } : run };
	};
}

async function act(operation: string, parameters: IDataObject = {}) {
	return await stage.run({
		parameters: { ...byText, text: INVOICE, operation, runId: 'clr_1', ...parameters },
		settings: { onError: 'continueErrorOutput' },
	});
}

describe.each(OPERATIONS)('%s', (operation) => {
	it('gives all fields in their order, also of a run of which Extend says next to nothing', async () => {
		answerWith({ id: 'clr_1', status: 'PROCESSED' });
		const { json } = await act(operation);
		expect(Object.keys(json[0] ?? {})).toEqual(FIELDS);
		const { id, status, changedByReview, ...rest } = json[0] ?? {};
		expect([id, status, changedByReview, ...new Set(Object.values(rest))]).toEqual(['clr_1', 'PROCESSED', false, null]);
	});

	it('gives the run untouched with Simplify off', async () => {
		answerWith(STRANGE);
		const { json, outputs } = await act(operation, { simplify: false });
		expect(JSON.stringify(json)).toBe(JSON.stringify([STRANGE]));
		expect(outputs.slice(1).flat()).toEqual([]);
	});

	it.each([['it broke'], [{ code: 'X' }], [null], [true]])('lets a run with a key error that holds %j pass as a success', async (error) => {
		const run = { id: 'clr_1', status: 'PROCESSED', error: error as IDataObject, message: 'm', details: {} };
		answerWith(run);
		const raw = await act(operation, { simplify: false });
		expect(raw.outputs.slice(1).flat()).toEqual([]);
		expect(raw.json).toEqual([{ id: 'clr_1', status: 'PROCESSED', message: 'm', details: {}, extendError: error }]);
		const simple = await act(operation);
		expect([Object.keys(simple.json[0] ?? {}), simple.outputs.slice(1).flat()]).toEqual([FIELDS, []]);
	});

	it('shows the metadata as Extend returns it, our key included', async () => {
		const metadata = { 'n8n:start': 'run:1', mail: { deep: [1] }, 'extend:usage_tags': ['a'] };
		answerWith({ id: 'clr_1', status: 'PROCESSED', metadata });
		expect((await act(operation)).json[0]?.metadata).toEqual(metadata);
	});
});

describe.each(['classify', 'start'])('binaryField in %s', (operation) => {
	it.each([true, false])('comes last with fileSource binary, and is the one addition to the raw run (Simplify: %s)', async (simplify) => {
		answerWith(STRANGE);
		const { json } = await stage.run({ parameters: { ...byCategories, operation, simplify }, items: [await itemWith(INVOICE)] });
		if (simplify) expect(Object.keys(json[0] ?? {})).toEqual([...FIELDS, 'binaryField']);
		else expect(JSON.stringify(json)).toBe(JSON.stringify([{ ...STRANGE, binaryField: 'data' }]));
		expect(json[0]?.binaryField).toBe('data');
	});

	it.each([
		['url', { fileUrl: 'https://files.example.com/a.pdf' }],
		['fileId', { fileId: 'file_1' }],
		['text', { text: INVOICE }],
	])('is not there with fileSource %s', async (fileSource, parameters) => {
		answerWith(STRANGE);
		expect((await act(operation, { fileSource, ...parameters })).json[0]).not.toHaveProperty('binaryField');
	});

	it('tells apart the documents of items that held several; each keeps its one file, in the order of the input', async () => {
		const file = async (name: string) => await fileOf(INVOICE, name, 'text/plain');
		const items: INodeExecutionData[] = [
			{ json: {}, binary: { a: await file('0a.txt'), b: await file('0b.txt') } },
			{ json: {}, binary: { a: await file('1a.txt'), other: await file('other.pdf') } },
			{ json: {}, binary: { b: await file('2b.txt'), a: await file('2a.txt') } },
		];
		const { json, outputs } = await stage.run({ parameters: { ...byCategories, operation, binaryFields: 'a, b*' }, items });
		expect(json.map(({ fileName, binaryField }) => [fileName, binaryField])).toEqual([['0a.txt', 'a'], ['0b.txt', 'b'], ['1a.txt', 'a'], ['2a.txt', 'a'], ['2b.txt', 'b']]);
		expect(outputs[0]?.map(({ pairedItem, binary }) => [pairedItem, Object.keys(binary ?? {})])).toEqual([
			[{ item: 0 }, ['a']],
			[{ item: 0 }, ['b']],
			[{ item: 1 }, ['a', 'other']],
			[{ item: 2 }, ['a']],
			[{ item: 2 }, ['b']],
		]);
	});
});

describe('the status', () => {
	/** Lets the first look at a run show one status, and all others another. */
	const answerFirst = (first: unknown, later: unknown): void => {
		let isFirst = true;
		stage.extend.options.onRequest = () => {
			const body = { id: 'clr_1', status: isFirst ? first : later };
			isFirst = false;
			return { kind: 'status', status: 200, body };
		};
	};

	it.each(['PENDING', 'PROCESSING', 'CANCELLING'])('%s is unfinished: it is waited for until it changes', async (status) => {
		answerFirst(status, 'PROCESSED');
		expect((await act('waitForCompletion')).json[0]).toMatchObject({ status: 'PROCESSED' });
	});

	it.each(['PROCESSED', 'FAILED', 'CANCELLED', 'ARCHIVED', 'processing', 'ÄÖ'])('%s is final: it is looked at once', async (status) => {
		answerFirst(status, 'OTHER');
		expect((await act('waitForCompletion')).json[0]).toMatchObject({ status });
		expect(stage.extend.requests).toHaveLength(1);
	});

	it.each([undefined, null, '', 7, {}])('%j is none: the item fails with what Extend sent', async (status) => {
		answerFirst(status, status);
		const [, failed] = (await act('waitForCompletion', { waitOptions: { timeout: 0.4, onTimeout: 'return' } })).outputs;
		expect(failed?.[0]?.json).toMatchObject({ error: expect.stringMatching(/^Extend sent an answer that could not be read.*\[item 0\]$/), details: { code: 'UNREADABLE_ANSWER', runId: 'clr_1' } });
	});

	it('that is missing for once is read again', async () => {
		answerFirst(undefined, 'PROCESSED');
		expect((await act('get')).json[0]).toMatchObject({ id: 'clr_1', status: 'PROCESSED' });
	});
});
