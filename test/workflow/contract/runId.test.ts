import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Outcome } from '../../emulator/runs/outcome';
import { fileOf } from '../engine';
import { byText, INVOICE, openStage, type Stage } from '../setup';

/** Operations on runs that exist: get, waitForCompletion, cancel, delete, and their parameter runId. */

const OPERATIONS = ['get', 'waitForCompletion', 'cancel', 'delete'];

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

async function startedIds(count = 1): Promise<string[]> {
	const items = Array.from({ length: count }, (_, number) => ({ json: { text: `${INVOICE} ${number}` } }));
	const { json } = await stage.run({ parameters: { ...byText, operation: 'start', text: '={{ $json.text }}' }, items });
	return json.map(({ id }) => String(id));
}

async function act(operation: string, items: INodeExecutionData[], parameters: IDataObject = {}) {
	stage.extend.requests.splice(0);
	return await stage.run({ parameters: { operation, ...parameters }, items, settings: { onError: 'continueRegularOutput' } });
}
const withId = (id: unknown): INodeExecutionData => ({ json: { id } as IDataObject });
/** Paths that name a single run, without what follows its ID. */
const paths = () => [...new Set(stage.extend.requests.map(({ path }) => path.split('/')[2]))];

describe.each(OPERATIONS)('%s', (operation) => {
	it('acts on the run whose ID is in the field id, unless runId says another, and keeps order, pairing and files', async () => {
		stage = await openStage();
		const ids = await startedIds(3);
		const binary = { data: await fileOf('x', 'x.txt', 'text/plain') };
		const items = ids.map((id) => ({ json: { id, other: 'clr_nobody' }, binary }));
		const { json, outputs, error } = await act(operation, items);
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id)).toEqual(ids);
		expect(outputs[0]?.map(({ pairedItem, binary: kept }) => [pairedItem, kept])).toEqual(ids.map((_, item) => [{ item }, binary]));
		const { json: [failed] } = await act(operation, items.slice(0, 1), { runId: '={{ $json.other }}' });
		expect(failed).toMatchObject({ details: { code: 'NOT_FOUND', runId: 'clr_nobody' } });
	});

	it.each<[string, unknown, string]>([
		['blanks around it are dropped', ' clr_x\n', 'clr_x'],
		['a blank in it stays', 'clr x', 'clr%20x'],
		['a number is taken as text', 42, '42'],
		['a path is no way to elsewhere', '../classifiers', '..%2Fclassifiers'],
		['signs of a query are part of it', 'a?b#c', 'a%3Fb%23c'],
	])('runId: %s', async (_, id, path) => {
		stage = await openStage();
		const { json } = await act(operation, [withId(id)]);
		expect(json).toEqual([expect.objectContaining({ details: expect.objectContaining({ code: 'NOT_FOUND', runId: String(id).trim() }) })]);
		expect(paths()).toEqual([path]);
	});

	it('runId: the ID is taken out of a link to the Extend dashboard', async () => {
		stage = await openStage();
		const { json } = await act(operation, [withId('https://dashboard.extend.ai/runs/clr_1')]);
		expect(json).toEqual([expect.objectContaining({ details: expect.objectContaining({ code: 'NOT_FOUND', runId: 'clr_1' }) })]);
		expect(paths()).toEqual(['clr_1']);
	});

	it.each([undefined, null, '', '  ', {}, ['clr_1'], '.', '..'])('runId that is %j is refused before anything is sent', async (id) => {
		stage = await openStage();
		const { json } = await act(operation, [withId(id)]);
		expect(json).toEqual([expect.objectContaining({ details: expect.objectContaining({ code: 'INVALID_INPUT', itemIndex: 0 }) })]);
		expect(stage.extend.requests).toEqual([]);
	});
});

it('waitForCompletion does not wait for what Extend refuses to show for good: an organization\'s key without its workspace', async () => {
	stage = await openStage({ organizationKeys: ['sk_test_emulator'] });
	const { json } = await act('waitForCompletion', [withId('clr_1')]);
	expect(json[0]).toMatchObject({ message: expect.stringMatching(/./), details: { status: 400, code: 'INVALID_REQUEST', runId: 'clr_1' } });
	// A no that only a proxy may have said for a moment is heard five times.
	expect(stage.extend.requests).toHaveLength(5);
});

describe('one run in several items', () => {
	it.each(['get', 'waitForCompletion', 'cancel'])('%s gives it for each of them', async (operation) => {
		stage = await openStage();
		const [one = '', other = ''] = await startedIds(2);
		const ids = [one, one, other, one];
		const { json, outputs, error } = await act(operation, ids.map(withId));
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id)).toEqual(ids);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('delete finds it gone the second time', async () => {
		stage = await openStage();
		const [id = ''] = await startedIds();
		const { json } = await act('delete', [withId(id), withId(id)]);
		expect(json).toEqual([{ deleted: true, id }, expect.objectContaining({ details: expect.objectContaining({ code: 'NOT_FOUND', itemIndex: 1, runId: id }) })]);
	});
});

describe('cancel', () => {
	it('gives the run as cancelling leaves it, without a hint', async () => {
		stage = await openStage({ runMs: 60_000, createStatus: 'PROCESSING', cancellingMs: 60_000 });
		const { json, hints } = await act('cancel', [withId((await startedIds())[0])]);
		expect([json[0]?.status, hints]).toEqual(['CANCELLING', []]);
		const again = await act('cancel', [withId(json[0]?.id)]);
		expect([again.json[0]?.status, again.hints]).toEqual(['CANCELLING', []]);
	});

	it.each<[string, Outcome]>([
		['PROCESSED', {}],
		['FAILED', { failureReason: 'PARSING_ERROR' }],
		['CANCELLED', { status: 'CANCELLED' }],
		['ARCHIVED', { status: 'ARCHIVED' }],
	])('gives a run that ended as %s already, with a hint', async (status, outcome) => {
		stage = await openStage({ outcome: () => outcome });
		const [id] = await startedIds();
		await act('waitForCompletion', [withId(id)]);
		const { json, hints, error } = await act('cancel', [withId(id)]);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id, status });
		expect(hints).toEqual([expect.stringMatching(new RegExp(`^Nothing to cancel: run ${id} \\(https://.*\\) was ${status} already$`))]);
	});
});

it('delete gives { deleted, id } and nothing else, and the run is gone', async () => {
	stage = await openStage();
	const [id = ''] = await startedIds();
	const { json } = await act('delete', [withId(id)]);
	expect(json).toEqual([{ deleted: true, id }]);
	expect(stage.extend.store.runs.has(id)).toBe(false);
});
