/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for what follows a stop */
import type { IDataObject } from 'n8n-workflow';
import { fileOf } from './engine';
import { hurryPace } from './pace';
import { batchBodies, inBatch, INVOICE, numberedTexts, openStage, type Stage } from './setup';

let stage: Stage;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const goOn = { onError: 'continueRegularOutput' as const };
const waitForCompletion = { resource: 'batchRun', operation: 'waitForCompletion' };
const after = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const isList = ({ method, path }: { method: string; path: string }) => method === 'GET' && path === '/classify_runs';
const codes = (json: IDataObject[]) => json.map(({ status, details }) => status ?? (details as { code: string }).code);

async function startBatch(count: number): Promise<string> {
	const { json } = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(count) });
	return String(json[0]?.batchId);
}

describe('runs of a batch that do not come to a good end', () => {
	const failing = { outcome: ({ text }: { text: string }) => (text.endsWith('No. 1') ? { status: 'FAILED', failureReason: 'OUT_OF_CREDITS' } : undefined) };

	it('come out beside the others with their reason, though the batch is PROCESSED', async () => {
		stage = await openStage(failing);
		const { json, hints } = await stage.run({ parameters: inBatch, items: numberedTexts(3) });
		expect(json.map(({ status, failureReason }) => [status, failureReason])).toEqual([['PROCESSED', null], ['FAILED', 'OUT_OF_CREDITS'], ['PROCESSED', null]]);
		expect(json[1]).toMatchObject({ failureAdvice: expect.stringContaining('Add credits') });
		expect(hints.join()).toMatch(/2 processed: .* 1 run failed \(OUT_OF_CREDITS\)/);
	});

	it.each(['classify', 'waitForCompletion'])('fail their items where they are to in %s, and no other', async (operation) => {
		stage = await openStage(failing);
		const batchId = operation === 'classify' ? '' : await startBatch(3);
		const parameters = { ...inBatch, operation, batchId, onRunFailed: 'error' };
		const { json } = await stage.run({ parameters, items: operation === 'classify' ? numberedTexts(3) : [{ json: {} }], settings: goOn });
		expect(codes(json)).toEqual(['PROCESSED', 'PROCESSED', 'RUN_FAILED']);
		expect(json[2]).toMatchObject({ details: { failureReason: 'OUT_OF_CREDITS', runId: expect.stringMatching(/^clr_/), itemIndex: operation === 'classify' ? 1 : 0 } });
	});

	it('stop the workflow after the others are finished, with the IDs of all runs', async () => {
		stage = await openStage({ ...failing, runMs: ({ text }) => (text.endsWith('No. 2') ? 1_500 : 50) });
		const { error } = await stage.run({ parameters: { ...inBatch, onRunFailed: 'error' }, items: numberedTexts(3) });
		expect(error?.message).toMatch(/OUT_OF_CREDITS.*\[item 1\]/);
		for (const id of stage.extend.store.runs.keys()) expect(error?.description).toContain(id);
	});

	it('leave by the output of their status', async () => {
		stage = await openStage(failing);
		const { outputs } = await stage.run({ parameters: { ...inBatch, routeBy: 'status' }, items: numberedTexts(3) });
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 0 }, { item: 2 }], [{ item: 1 }], [], []]);
		const batchId = await startBatch(3);
		const waited = await stage.run({ parameters: { ...waitForCompletion, batchId, routeBy: 'failureReason' } });
		expect(waited.outputs.map((items) => items.length)).toEqual([2, 0, 0, 1, 0, 0, 0, 0]);
	});

	it('leave by the error output where n8n has one, paired', async () => {
		stage = await openStage(failing);
		const settings = { onError: 'continueErrorOutput' as const };
		const { outputs } = await stage.run({ parameters: { ...inBatch, onRunFailed: 'error' }, items: numberedTexts(3), settings });
		expect(outputs.map((items) => items.map(({ pairedItem }) => pairedItem))).toEqual([[{ item: 0 }, { item: 2 }], [{ item: 1 }]]);
	});
});

describe('an item of a batch that did not succeed', () => {
	it('keeps the file it is about, and no other', async () => {
		stage = await openStage({ outcome: ({ fileName }) => (fileName === 'b.txt' ? { status: 'FAILED', failureReason: 'PARSING_ERROR' } : undefined) });
		const binary = { a: await fileOf(INVOICE, 'a.txt', 'text/plain'), b: await fileOf(INVOICE, 'b.txt', 'text/plain') };
		const parameters = { ...inBatch, fileSource: 'binary', binaryFields: 'a, b', onRunFailed: 'error' };
		const { outputs } = await stage.run({ parameters, items: [{ json: {}, binary }], settings: goOn });
		expect(outputs[0]?.map((item) => Object.keys(item.binary ?? {}))).toEqual([['a'], ['b']]);
		expect(outputs[0]?.[1]?.json).toMatchObject({ details: { code: 'RUN_FAILED' } });
	});
});

describe('a batch that takes longer than it may', () => {
	const waitOptions = { timeout: 1 };

	it.each(['classify', 'waitForCompletion'])('fails the items of unfinished runs in %s, and names them', async (operation) => {
		stage = await openStage({ runMs: ({ text }) => (text.endsWith('No. 0') ? 60_000 : 50) });
		const batchId = operation === 'classify' ? '' : await startBatch(3);
		const parameters = { ...inBatch, operation, batchId, waitOptions };
		const { json } = await stage.run({ parameters, items: operation === 'classify' ? numberedTexts(3) : [{ json: {} }], settings: goOn });
		expect(codes(json)).toEqual(['PROCESSED', 'PROCESSED', 'TIMEOUT']);
		expect(json[2]).toMatchObject({ details: { runId: [...stage.extend.store.runs.keys()][0] } });
	});

	it('gives unfinished runs out where it is to', async () => {
		stage = await openStage({ runMs: 60_000 });
		const { json } = await stage.run({ parameters: { ...inBatch, waitOptions: { ...waitOptions, onTimeout: 'return' } }, items: numberedTexts(3) });
		expect(codes(json)).toEqual(Array(3).fill('PROCESSING'));
	});

	it('cancels all of its runs where it is to, however many', async () => {
		stage = await openStage({ runMs: 60_000, rateLimits: { get: 300, write: 20, run: 10 } });
		const { json } = await stage.run({ parameters: { ...inBatch, waitOptions: { ...waitOptions, onTimeout: 'cancel' } }, items: numberedTexts(250) });
		expect(codes(json)).toEqual(Array(250).fill('CANCELLED'));
	}, 60_000);

	it('says so when its runs were never listed, and names the batch', async () => {
		stage = await openStage({ listLagMs: 60_000 });
		const { json } = await stage.run({ parameters: { ...inBatch, waitOptions: { ...waitOptions, onTimeout: 'return' } }, items: numberedTexts(2), settings: goOn });
		const [batchId = ''] = [...stage.extend.store.batches.keys()];
		expect(codes(json)).toEqual(['TIMEOUT', 'TIMEOUT']);
		expect(json[0]).toMatchObject({ error: expect.stringContaining(batchId), message: expect.stringMatching(/Wait for Completion and the batch ID/) });
		const stopped = await stage.run({ parameters: { ...inBatch, waitOptions }, items: numberedTexts(2) });
		expect(stopped.error?.description).toContain(`Batches at Extend: ${[...stage.extend.store.batches.keys()][1]}.`);
	});
});

describe('the list of a batch', () => {
	it('is looked at again when it could not be read, or lags', async () => {
		let lists = 0;
		stage = await openStage({
			listLagMs: 1_200,
			onRequest: (request) => {
				if (!isList(request)) return undefined;
				lists += 1;
				return lists === 1 ? { kind: 'html', status: 502 } : lists === 2 ? { kind: 'truncate' } : undefined;
			},
		});
		const { json, error } = await stage.run({ parameters: inBatch, items: numberedTexts(4) });
		expect(error).toBeUndefined();
		expect(codes(json)).toEqual(Array(4).fill('PROCESSED'));
	});

	it('ends the wait at once when it may not be read, and the items name the batch', async () => {
		stage = await openStage({ onRequest: (request) => (isList(request) ? { kind: 'status', status: 403, body: {} } : undefined) });
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(2), settings: goOn });
		const [batchId = ''] = [...stage.extend.store.batches.keys()];
		expect(json.map(({ error }) => error)).toEqual([0, 1].map((item) => expect.stringMatching(new RegExp(`403.*while the runs of batch ${batchId} were looked for \\[item ${item}\\]`))));
	});

	it('lacks runs that were deleted: the others come out, with a hint', async () => {
		stage = await openStage();
		const batchId = await startBatch(4);
		await after(100);
		const [deleted = ''] = [...stage.extend.store.runs.keys()];
		stage.extend.store.runs.delete(deleted);
		const { json, hints, error } = await stage.run({ parameters: { ...waitForCompletion, batchId } });
		expect(error).toBeUndefined();
		expect(codes(json)).toEqual(Array(3).fill('PROCESSED'));
		expect(hints.join()).toMatch(new RegExp(`3 of the 4 runs of batch ${batchId}`));
	}, 60_000);

	it('is asked for little while many runs are under way', async () => {
		stage = await openStage({ runMs: 3_000 });
		await stage.run({ parameters: inBatch, items: numberedTexts(100) });
		const reads = stage.requests('GET', /^\/classify_runs\/clr_/).length;
		expect(reads).toBeLessThanOrEqual(110);
		expect(stage.requests('GET', /^\/classify_runs$/).length).toBeLessThan(30);
	});
});

describe('a workflow that is stopped', () => {
	const slow = { runMs: 60_000, pendingMs: 0 };
	const cancels = () => stage.extend.requests.filter(({ path, status }) => path.endsWith('/cancel') && status === 200).length;

	it.each(['classify', 'waitForCompletion'])('lets the runs go on in %s unless it is told to cancel them', async (operation) => {
		stage = await openStage(slow);
		const batchId = operation === 'classify' ? '' : await startBatch(5);
		for (const cancelOnStop of [false, true]) {
			const parameters = { ...inBatch, operation, batchId, waitOptions: { cancelOnStop } };
			await stage.run({ parameters, items: operation === 'classify' ? numberedTexts(5) : [{ json: {} }], stopAfterMs: 800 });
			await after(1_500);
			expect(cancels()).toBe(cancelOnStop ? 5 : 0);
		}
	});

	it('finds and cancels runs that it had not seen yet', async () => {
		stage = await openStage({ ...slow, listLagMs: 1_000 });
		await stage.run({ parameters: { ...inBatch, waitOptions: { cancelOnStop: true } }, items: numberedTexts(5), stopAfterMs: 700 });
		stage.extend.options.listLagMs = 0;
		await after(2_500);
		expect(cancels()).toBe(5);
	});

	it('starts no batch for files that were not uploaded yet', async () => {
		stage = await openStage({ onRequest: ({ path }) => (path === '/files/upload' ? { kind: 'delay', ms: 900 } : undefined) });
		const binary = { data: { data: Buffer.from('INVOICE').toString('base64'), fileName: 'a.txt', mimeType: 'text/plain' } };
		await stage.run({ parameters: { ...inBatch, fileSource: 'binary' }, items: [{ json: {}, binary }], stopAfterMs: 300 });
		await after(1_500);
		expect(batchBodies(stage)).toEqual([]);
	});
});
