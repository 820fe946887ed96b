/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for what follows a stop */
import type { IDataObject } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../emulator';
import { batchBodies, inBatch, numberedTexts, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const goOn = { onError: 'continueRegularOutput' as const };
const after = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('a batch whose runs come without metadata', () => {
	/** What a workspace that keeps no metadata shows. */
	const openBare = async (options: Parameters<typeof openStage>[0] = {}) => {
		stage = await openStage({
			...options,
			onRequest: ({ method }) => {
				if (method === 'GET') for (const run of stage.extend.store.runs.values()) run.metadata = null;
				return undefined;
			},
		});
	};

	it('fails its items with the IDs of the batch and of its runs, without waiting for them', async () => {
		await openBare({ runMs: 600_000 });
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: goOn });
		const [batchId = ''] = [...stage.extend.store.batches.keys()];
		for (const [item, failed] of json.entries()) {
			expect(failed).toMatchObject({ error: expect.stringMatching(new RegExp(`which run of batch ${batchId} is that of this document.*\\[item ${item}\\]$`)), message: expect.stringContaining('Wait for Completion and the batch ID'), details: { code: 'RUN_NOT_MATCHED' } });
			for (const id of stage.extend.store.runs.keys()) expect(failed.error).toContain(id);
		}
		expect(stage.requests('GET', /^\/classify_runs\/clr_/)).toHaveLength(1);
	});

	it('stops the workflow with the IDs of all of them, however many', async () => {
		await openBare();
		const { error } = await stage.run({ parameters: inBatch, items: numberedTexts(25) });
		expect(error?.message).toContain(' and 15 more');
		for (const id of [...stage.extend.store.batches.keys(), ...stage.extend.store.runs.keys()]) expect(error?.description).toContain(id);
	});

	it('is fetched whole by Wait for Completion', async () => {
		await openBare();
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(3) });
		const parameters = { resource: 'batchRun', operation: 'waitForCompletion', batchId: String(started.json[0]?.batchId) };
		const { json } = await stage.run({ parameters });
		expect(json.map(({ status }) => status)).toEqual(Array(3).fill('PROCESSED'));
	});

	it("is not started again by n8n's Retry On Fail", async () => {
		await openBare();
		const { error } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 } });
		expect(error?.message).toContain('is that of this document');
		expect(batchBodies(stage)).toHaveLength(1);
	});

	it('is cancelled run by run when the workflow is stopped and the node is told to', async () => {
		await openBare({ runMs: 600_000, pendingMs: 0, listLagMs: 1_000 });
		await stage.run({ parameters: { ...inBatch, waitOptions: { cancelOnStop: true } }, items: numberedTexts(3), stopAfterMs: 500 });
		const cancelled = () => stage.extend.requests.filter(({ path, status }) => path.endsWith('/cancel') && status === 200).length;
		for (let look = 0; look < 200 && cancelled() < 3; look++) await after(50);
		expect(cancelled()).toBe(3);
	});

	it("is not taken for a list that shows other people's runs too", async () => {
		stage = await openStage({ runMs: 600_000, pendingMs: 0 });
		await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(4) });
		const others = [...stage.extend.store.runs.values()];
		// Nothing of the new batch itself is listed, and the others look as if they were of it.
		stage.extend.options.onRequest = ({ method, path }) => {
			const [batchId = null] = [...stage.extend.store.batches.keys()].slice(-1);
			for (const run of others) Object.assign(run, { metadata: null, batchId });
			if (method === 'GET' && path === '/classify_runs') for (const run of stage.extend.store.runs.values()) run.batchId = others.includes(run) ? batchId : null;
			return undefined;
		};
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(3), settings: goOn });
		const [, batchId] = [...stage.extend.store.batches.keys()];
		for (const { error } of json) expect(error).toContain(batchId);
		for (const { id } of others) expect(JSON.stringify(json)).not.toContain(id);
	});
});

describe('a batch whose list leaves out the metadata that its runs have', () => {
	const isList = ({ method, path }: RequestRecord) => method === 'GET' && path === '/classify_runs';
	const isLook = ({ method, path }: RequestRecord) => method === 'GET' && path.startsWith('/classify_runs/');

	/** Last run first, so that their order tells nothing. */
	function bareList(metadata: object): Fault {
		const data = [...stage.extend.store.runs.keys()].reverse().map((id) => ({ object: 'classify_run', id, status: 'PROCESSING', ...metadata }));
		return { kind: 'status', status: 200, body: { object: 'list', data } };
	}

	it.each<[string, object]>([
		['no metadata', {}],
		['metadata null', { metadata: null }],
	])('gives each document its own run where the list shows %s', async (_, metadata) => {
		stage = await openStage({ onRequest: (request) => (isList(request) ? bareList(metadata) : undefined) });
		const { json, error } = await stage.run({ parameters: { ...inBatch, simplify: false }, items: numberedTexts(2) });
		expect(error).toBeUndefined();
		expect(json.map((run) => (run.metadata as IDataObject)['n8n:position'])).toEqual(['0.0', '1.0']);
		expect(stage.extend.requests.filter(isLook).length).toBeLessThanOrEqual(8);
	});

	it('names the runs where they cannot be read either', async () => {
		stage = await openStage({
			onRequest: (request): Fault | undefined => {
				if (isList(request)) return bareList({});
				return isLook(request) ? { kind: 'status', status: 403, body: {} } : undefined;
			},
		});
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(2), settings: goOn });
		expect(json).toHaveLength(2);
		for (const failed of json) {
			expect(failed).toMatchObject({ details: { code: 'RUN_NOT_MATCHED' }, message: expect.stringMatching(/Wait for Completion/) });
			for (const id of stage.extend.store.runs.keys()) expect(failed.error).toContain(id);
		}
	});

	it('says of a run that it was there when it is gone before its result is read, also when it had ended in the list', async () => {
		stage = await openStage({ pendingMs: 0, runMs: 0, onRequest: (request): Fault | undefined => (isLook(request) ? { kind: 'status', status: 404, body: { code: 'NOT_FOUND' } } : undefined) });
		const { json } = await stage.run({ parameters: inBatch, items: numberedTexts(1), settings: goOn });
		expect(json[0]).toMatchObject({ error: expect.stringMatching(/was started but no longer exists/), details: { runId: expect.stringMatching(/^clr_/) } });
	});
});
