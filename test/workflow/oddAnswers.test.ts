import type { IDataObject } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../emulator';
import { logCalls } from './logs';
import { byCategories, byText, INVOICE, itemWith, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
const isCancel = ({ path }: RequestRecord) => path.endsWith('/cancel');
const isLook = ({ method, path }: RequestRecord) => method === 'GET' && path.startsWith('/classify_runs/');
const answerTo = (fits: (request: RequestRecord) => boolean, body: unknown, status = 200) => (request: RequestRecord): Fault | undefined =>
	fits(request) ? { kind: 'status', status, body } : undefined;

/** The ID of a run that was started, and is long under way unless it is `finished`. */
async function startedRun(): Promise<string> {
	const { json } = await stage.run({ parameters: { ...text, operation: 'start' } });
	return String(json[0]?.id);
}

async function finishedRun(): Promise<string> {
	const { json } = await stage.run({ parameters: text });
	return String(json[0]?.id);
}

describe('an execution that failed is one that failed', () => {
	it('also when Extend writes that something was canceled, which n8n takes for a Stop', async () => {
		stage = await openStage({ onRequest: answerTo(() => true, { code: 'X', message: 'Your subscription was canceled', retryable: false }, 400) });
		const { run, error } = await stage.run({ parameters: text });
		expect(run.status).toBe('error');
		expect(error?.message).toMatch(/Your subscription was cancelled/);
	});
});

describe('an upload', () => {
	it('is taken when its answer is wrapped as in the version before', async () => {
		const file = { object: 'file', id: 'file_wrapped', name: 'invoice.txt', metadata: {} };
		stage = await openStage({ onRequest: answerTo(({ path }) => path === '/files/upload', { success: true, file }) });
		const { json } = await stage.run({ parameters: { resource: 'file', operation: 'upload' }, items: [await itemWith(INVOICE)] });
		expect(json[0]).toMatchObject({ id: 'file_wrapped', name: 'invoice.txt' });
		expect(stage.extend.requests).toHaveLength(1);
	});
});

describe('a run without a status', () => {
	it('fails its item, with its ID, after a few looks', async () => {
		stage = await openStage({ runMs: 60_000 });
		const runId = await startedRun();
		stage.extend.options.onRequest = answerTo(isLook, { object: 'classify_run', id: runId });
		const { json } = await stage.run({ parameters: { operation: 'waitForCompletion', runId }, settings: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({ details: { code: 'UNREADABLE_ANSWER', runId } });
		expect(stage.extend.requests.filter(isLook).length).toBeLessThanOrEqual(6);
	}, 20_000);
});

describe('Cancel', () => {
	it.each<[string, unknown]>([
		['nothing', undefined],
		['the ID alone', { id: 'clr_1' }],
	])('is asked for once and reads the run when Extend answers with %s', async (_, body) => {
		stage = await openStage({ runMs: 60_000, pendingMs: 0, cancelPending: true });
		const runId = await startedRun();
		stage.extend.options.onRequest = (request) =>
			answerTo(isCancel, body)(request) ?? answerTo(isLook, { object: 'classify_run', id: runId, status: 'CANCELLED' })(request);
		const { json, hints } = await stage.run({ parameters: { operation: 'cancel', runId } });
		expect(json[0]).toMatchObject({ id: runId, status: 'CANCELLED' });
		expect(hints).toEqual([]);
		expect(stage.extend.requests.filter(isCancel)).toHaveLength(1);
	});

	it.each([403, 404, 409, 412])('outputs a finished run when Extend refuses with %i', async (status) => {
		stage = await openStage();
		const runId = await finishedRun();
		stage.extend.options.onRequest = answerTo(isCancel, { code: 'X', message: 'It has ended.', retryable: false }, status);
		const { json, hints } = await stage.run({ parameters: { operation: 'cancel', runId } });
		expect(json[0]).toMatchObject({ id: runId, status: 'PROCESSED' });
		expect(hints.join()).toMatch(/Nothing to cancel/);
	});

	it('says what became of the run when Extend will not cancel it', async () => {
		stage = await openStage({ runMs: 60_000 });
		const runId = await startedRun();
		stage.extend.options.onRequest = answerTo(isCancel, { code: 'FORBIDDEN', message: 'Not yours.', retryable: false }, 403);
		const { json } = await stage.run({ parameters: { operation: 'cancel', runId }, settings: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({
			error: expect.stringMatching(/did not cancel run clr_.* which is (PENDING|PROCESSING)\. .*Not yours/),
			message: expect.stringMatching(/Check the rights of the API key/),
			details: { runId, status: 403 },
		});
		expect(stage.extend.requests.filter(isCancel)).toHaveLength(1);
	});
});

describe('a run that is gone when its result is to be read', () => {
	it('says that it was there, and what to do in a workspace that keeps nothing', async () => {
		stage = await openStage({ onRequest: answerTo(isLook, { code: 'NOT_FOUND', message: 'Run not found.', retryable: false }, 404) });
		const { json } = await stage.run({ parameters: text, settings: { onError: 'continueRegularOutput' } });
		expect(json[0]).toMatchObject({
			error: expect.stringMatching(/was started but no longer exists/),
			message: expect.stringMatching(/keeps no data.*Extend Classify Trigger/),
			details: { code: 'NOT_FOUND', runId: expect.stringMatching(/^clr_/) },
		});
	});
});

describe('a file that is to be removed and is gone already', () => {
	it('is not said to be still at Extend', async () => {
		stage = await openStage({ onRequest: answerTo(({ method }) => method === 'DELETE', { code: 'NOT_FOUND', message: 'No.', retryable: false }, 404) });
		const { hints } = await stage.run({ parameters: { ...byCategories, fileOptions: { deleteFileAfter: true } }, items: [await itemWith(INVOICE)] });
		expect(hints.join()).not.toMatch(/still at Extend/);
	});
});

describe('a timeout that is to cancel', () => {
	const parameters: IDataObject = { ...text, waitOptions: { timeout: 0.3, onTimeout: 'cancel' } };

	it('gives up after ten seconds when Extend does not answer, and outputs the run as it was', async () => {
		stage = await openStage({ runMs: 60_000, onRequest: (request): Fault | undefined => (isCancel(request) ? { kind: 'hang' } : undefined) });
		const begunMs = Date.now();
		const { json } = await stage.run({ parameters });
		expect(json[0]?.status).toMatch(/PENDING|PROCESSING/);
		expect(Date.now() - begunMs).toBeLessThan(30_000);
		expect(JSON.stringify(logCalls())).toMatch(/could not be cancelled: there was no time left/);
	}, 40_000);

	it('ends with the workflow', async () => {
		stage = await openStage({ runMs: 60_000, onRequest: (request): Fault | undefined => (isCancel(request) ? { kind: 'hang' } : undefined) });
		const begunMs = Date.now();
		await stage.run({ parameters, stopAfterMs: 1_000 });
		expect(Date.now() - begunMs).toBeLessThan(8_000);
	}, 20_000);
});
