import type { IDataObject } from 'n8n-workflow';
import type { Fault, RequestRecord } from '../emulator';
import { byText, inBatch, INVOICE, openStage, type Stage } from '../workflow/setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const single: IDataObject = { ...byText, text: INVOICE };
const batch: IDataObject = { ...inBatch, text: INVOICE };
const settings = { onError: 'continueRegularOutput' as const };
const isStart = ({ method, path }: RequestRecord): boolean => method === 'POST' && /^\/classify_runs(\/batch)?$/.test(path);
const isRead = ({ method, path }: RequestRecord): boolean => method === 'GET' && /^\/classify_runs\/clr_/.test(path);
const starts = () => stage.extend.requests.filter(isStart);

/** JSON with 200 in place of a run, and the text that the item has to show. */
const ANSWERS: Array<[name: string, body: unknown, shown: RegExp]> = [
	['a refusal', { success: false, error: { message: 'Your plan does not include classification' } }, /Your plan does not include classification/],
	['a message', { message: 'Please sign in' }, /Please sign in/],
	['an object without an ID', { status: 'PENDING' }, /PENDING/],
	['a list', [], /does not hold the started/],
	['a text', '"ok"', /ok/],
	['true', true, /true/],
	['null', 'null', /does not hold the started/],
];

describe('a start that is answered with JSON which is no run', () => {
	it.each(ANSWERS)('is sent once, and the item says what came: %s', async (_, body, shown) => {
		stage = await openStage({ onRequest: (request): Fault | undefined => (isStart(request) ? { kind: 'status', status: 200, body } : undefined) });
		const one = await stage.run({ parameters: single, settings });
		expect(starts()).toHaveLength(1);
		expect(one.json).toEqual([expect.objectContaining({ error: expect.stringMatching(shown), details: expect.objectContaining({ retryable: false }) })]);
		const several = await stage.run({ parameters: batch, settings, executionId: '2' });
		expect(starts()).toHaveLength(2);
		expect(several.json).toEqual([expect.objectContaining({ error: expect.stringMatching(shown), details: expect.objectContaining({ retryable: false }) })]);
	});

	it('shows the same text at the last try of Retry On Fail, and is not sent again', async () => {
		const body = { success: false, error: { message: 'Your plan does not include classification' } };
		stage = await openStage({ onRequest: (request): Fault | undefined => (isStart(request) ? { kind: 'status', status: 200, body } : undefined) });
		const { error } = await stage.run({ parameters: single, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 } });
		expect(error?.message).toMatch(/Your plan does not include classification/);
		expect(starts()).toHaveLength(1);
	});
});

/** What a replica that lags and an ingress without a backend say of a run. */
const MISSING: Array<[name: string, fault: Fault]> = [
	['Extend itself', { kind: 'status', status: 404, body: { code: 'NOT_FOUND', message: 'Classify run not found.', retryable: false } }],
	['an ingress', { kind: 'status', status: 404, headers: { 'content-type': 'text/plain' }, body: 'default backend - 404' }],
];

describe('a run that was started and is not found for some seconds', () => {
	it.each(MISSING)('is waited for all the same, whoever says so: %s', async (_, fault) => {
		for (const parameters of [single, batch]) {
			let firstMs: number | undefined;
			stage = await openStage({
				onRequest: (request) => {
					if (!isRead(request)) return undefined;
					firstMs ??= request.atMs;
					return request.atMs - firstMs < 3_000 ? fault : undefined;
				},
			});
			const { json, error } = await stage.run({ parameters });
			expect(error?.message).toBeUndefined();
			expect(json).toMatchObject([{ status: 'PROCESSED', category: 'invoice' }]);
			expect(stage.extend.store.runs.size).toBe(1);
			await stage.extend.close();
		}
	});
});

describe('Cancel that is refused over and over', () => {
	it.each([400, 422])('is asked for a few times with %i, and the item says what Extend said', async (status) => {
		const body = { code: 'INVALID_REQUEST', message: 'Not now', retryable: false };
		stage = await openStage({ runMs: 600_000, onRequest: ({ path }): Fault | undefined => (path.endsWith('/cancel') ? { kind: 'status', status, body } : undefined) });
		await stage.run({ parameters: { ...single, operation: 'start' } });
		const [runId = ''] = stage.extend.store.runs.keys();
		const { json } = await stage.run({ parameters: { operation: 'cancel', runId }, settings });
		expect(json[0]).toMatchObject({ error: expect.stringMatching(/Not now/), details: { runId, status } });
		expect(stage.requests('POST', /\/cancel$/).length).toBeLessThanOrEqual(6);
	});
});
