/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for what follows a stop */
import type { Fault } from '../emulator';
import { byText, INVOICE, openStage, SAVED, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
const isStart = ({ method, path }: { method: string; path: string }) => method === 'POST' && path === '/classify_runs';
const isLook = ({ method, path }: { method: string; path: string }) => method === 'GET' && path.startsWith('/classify_runs/');

describe('a run that exists is never started again and never lost from view', () => {
	it('when Retry On Fail comes before the list shows it', async () => {
		let looks = 0;
		stage = await openStage({
			listLagMs: 5_000,
			onRequest: (request): Fault | undefined => {
				if (!isLook(request)) return undefined;
				looks += 1;
				return looks === 1 ? { kind: 'status', status: 403, body: {} } : undefined;
			},
		});
		const { json } = await stage.run({ parameters: text, settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 50 } });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(stage.extend.store.runs.size).toBe(1);
	});

	it('when Extend answers a start without a status', async () => {
		stage = await openStage({
			onRequest: (request) => (isStart(request) ? { kind: 'status', status: 200, body: { id: 'clr_without_status' } } : undefined),
		});
		const { json } = await stage.run({ parameters: text, settings: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({ details: { runId: 'clr_without_status', code: 'NOT_FOUND' } });
		expect(stage.requests('POST', /^\/classify_runs$/)).toHaveLength(1);
	});

	it('when the run that was found cannot be read', async () => {
		stage = await openStage({
			onRequest: (request): Fault | undefined => {
				if (isStart(request)) return { kind: 'resetAfter' };
				return isLook(request) ? { kind: 'status', status: 403, body: {} } : undefined;
			},
		});
		const { json } = await stage.run({ parameters: text, settings: { onError: 'continueRegularOutput' } });
		const [id] = [...stage.extend.store.runs.keys()];
		// It exists and is listed; whatever keeps it from being read says nothing about that.
		expect(JSON.stringify(json[0])).toContain(String(id));
	});

	it('when the workflow is stopped while the start is under way', async () => {
		stage = await openStage({ runMs: 60_000, pendingMs: 0, onRequest: (request) => (isStart(request) ? { kind: 'delay', ms: 600 } : undefined) });
		await stage.run({ parameters: { ...text, waitOptions: { cancelOnStop: true } }, stopAfterMs: 300 });
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(stage.extend.store.runs.size).toBe(1);
		expect(stage.extend.requests.filter(({ path, status }) => path.endsWith('/cancel') && status === 200)).toHaveLength(1);
	});

	it.each([
		['classifyRun', '/classify_runs'],
		['batchRun', '/classify_runs/batch'],
	])('when the workflow is stopped and the start of a %s is not answered: the message says that it may exist', async (resource, start) => {
		stage = await openStage({ runMs: 60_000, onRequest: ({ method, path }) => (method === 'POST' && path === start ? { kind: 'delay', ms: 5_000 } : undefined) });
		const { error } = await stage.run({ parameters: { ...text, resource, classifier: SAVED }, stopAfterMs: 500 });
		expect(error?.message).toMatch(/stopped while Extend was asked to start runs with the metadata n8n:start = run:\w+, and it may have started them/);
		expect(error?.description).toMatch(/paid twice/);
	});

	it('when a parameter that shapes the output cannot be read: it is refused before anything is sent', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...text, simplify: '={{ $("Nowhere").item.json.x }}' }, settings: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({ details: { code: 'INVALID_INPUT' } });
		expect(stage.extend.requests).toEqual([]);
	});

	it('when it cannot be cancelled in time: it comes out as it is', async () => {
		stage = await openStage({ runMs: 60_000, pendingMs: 60_000 });
		const { json, error } = await stage.run({ parameters: { ...text, waitOptions: { timeout: 0.2, onTimeout: 'cancel' } } });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'PENDING' });
	});
});

describe('Delete', () => {
	it('succeeds when the answer to the first try was lost', async () => {
		let deletes = 0;
		stage = await openStage({
			onRequest: ({ method }): Fault | undefined => {
				if (method !== 'DELETE') return undefined;
				deletes += 1;
				return deletes === 1 ? { kind: 'resetAfter' } : undefined;
			},
		});
		const started = await stage.run({ parameters: { ...text, operation: 'start' } });
		const { json, error } = await stage.run({ parameters: { operation: 'delete', runId: String(started.json[0]?.id) } });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ deleted: true, id: started.json[0]?.id }]);
	});
});
