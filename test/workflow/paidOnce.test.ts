import type { IDataObject } from 'n8n-workflow';
import type { Fault } from '../emulator';
import { byCategories, byText, INVOICE, itemWith, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
const runCount = () => stage.extend.store.runs.size;

/** Lets the first start meet a fault and all else pass. */
async function openWithFirstStart(fault: Fault, options: Parameters<typeof openStage>[0] = {}): Promise<void> {
	let starts = 0;
	stage = await openStage({
		...options,
		onRequest: ({ method, path }) => {
			if (method !== 'POST' || path !== '/classify_runs') return undefined;
			starts += 1;
			return starts === 1 ? fault : undefined;
		},
	});
}

describe('a start whose outcome is not known', () => {
	it.each<[string, Fault]>([
		['the answer is lost', { kind: 'resetAfter' }],
		['the answer is cut off', { kind: 'truncate' }],
	])('finds the run that exists when %s', async (_, fault) => {
		await openWithFirstStart(fault, { listLagMs: 700 });
		const { json, error } = await stage.run({ parameters: text });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(runCount()).toBe(1);
		expect(stage.requests('POST', /^\/classify_runs$/)).toHaveLength(1);
	});

	it.each<[string, Fault]>([
		['nothing was done', { kind: 'resetBefore' }],
		['a proxy answered', { kind: 'html', status: 502 }],
	])('starts again when %s and no run is found', async (_, fault) => {
		await openWithFirstStart(fault);
		const { json } = await stage.run({ parameters: text });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(runCount()).toBe(1);
		expect(stage.requests('POST', /^\/classify_runs$/)).toHaveLength(2);
	});

	it('is repeated without a look after a 429, for as long as it was told to wait', async () => {
		await openWithFirstStart({ kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: { code: 'RATE_LIMIT_EXCEEDED', message: 'Too many', retryable: true } });
		const { json } = await stage.run({ parameters: text });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		const starts = stage.requests('POST', /^\/classify_runs$/);
		expect(starts).toHaveLength(2);
		expect((starts[1]?.atMs ?? 0) - (starts[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000);
		expect(stage.requests('GET', /^\/classify_runs$/)).toHaveLength(0);
	});
});

describe('an idempotency key', () => {
	const keyed = { ...text, options: { idempotencyKey: '={{ $json.key }}' } };
	const items = ['a', 'b', 'c'].map((key) => ({ json: { key } }));

	it('makes another execution use the runs that exist, with one look at the list', async () => {
		stage = await openStage();
		const first = await stage.run({ parameters: keyed, items, executionId: '1' });
		const looks = stage.requests('GET', /^\/classify_runs$/).length;
		const second = await stage.run({ parameters: keyed, items, executionId: '2' });
		expect(second.json.map(({ id }) => id)).toEqual(first.json.map(({ id }) => id));
		expect(runCount()).toBe(3);
		expect(stage.requests('GET', /^\/classify_runs$/)).toHaveLength(looks + 1);
		expect(second.hints.join()).toMatch(/3 runs of an earlier try found/);
	});

	it('shows the other run when two executions start with it at the same moment', async () => {
		stage = await openStage();
		const parameters = { ...text, options: { idempotencyKey: 'mail-1' } };
		const both = await Promise.all(['1', '2'].map(async (executionId) => await stage.run({ parameters, executionId })));
		expect(runCount()).toBe(2);
		const [one, other] = both.map(({ json }) => String(json[0]?.id));
		expect(both[0]?.hints.join()).toContain(`1 document with more than one run at Extend, each of them paid: ${one} (also ${other})`);
		expect(both[1]?.hints.join()).toContain(`${other} (also ${one})`);
	});

	it('gives its result although the look for other runs does not succeed', async () => {
		stage = await openStage();
		const isList = ({ method, path }: { method: string; path: string }) => method === 'GET' && path === '/classify_runs';
		stage.extend.options.onRequest = (request) => (isList(request) && runCount() > 0 ? { kind: 'html', status: 503 } : undefined);
		const { json, hints } = await stage.run({ parameters: { ...text, options: { idempotencyKey: 'mail-1' } } });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(hints.join()).not.toContain('more than one run');
		expect(stage.requests('GET', /^\/classify_runs$/)).toHaveLength(2);
	});

	it('starts anew what failed or was cancelled, and only that', async () => {
		stage = await openStage({ outcome: ({ text: content }) => (content.includes('bad') ? { status: 'FAILED', failureReason: 'INTERNAL_ERROR' } : undefined) });
		const parameters = { ...keyed, text: '={{ $json.text }}' };
		const mixed: Array<{ json: IDataObject }> = [{ json: { key: 'a', text: INVOICE } }, { json: { key: 'b', text: 'bad' } }];
		await stage.run({ parameters, items: mixed });
		stage.extend.options.outcome = undefined;
		const { json } = await stage.run({ parameters, items: mixed, executionId: '2' });
		expect(json.map(({ status }) => status)).toEqual(['PROCESSED', 'PROCESSED']);
		expect(runCount()).toBe(3);
	});

	it('uploads nothing again for a run that exists', async () => {
		stage = await openStage();
		const parameters = { ...byCategories, options: { idempotencyKey: 'mail-1' } };
		await stage.run({ parameters, items: [await itemWith(INVOICE)] });
		await stage.run({ parameters, items: [await itemWith(INVOICE)], executionId: '2' });
		expect(stage.requests('POST', /upload/)).toHaveLength(1);
	});
});

describe("n8n's Retry On Fail", () => {
	it('uses the runs and uploads of the try before', async () => {
		let reads = 0;
		stage = await openStage({
			onRequest: ({ method, path }) => {
				if (method === 'GET' && path.startsWith('/classify_runs/')) reads += 1;
				return reads === 1 && method === 'GET' && path.startsWith('/classify_runs/') ? { kind: 'status', status: 403, body: {} } : undefined;
			},
		});
		const items = [await itemWith(INVOICE), await itemWith(`${INVOICE} two`, 'two.txt')];
		const { json, error } = await stage.run({ parameters: byCategories, items, settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 50 } });
		expect(error).toBeUndefined();
		expect(json.map(({ category }) => category)).toEqual(['invoice', 'invoice']);
		expect(runCount()).toBe(2);
		expect(stage.requests('POST', /upload/)).toHaveLength(2);
	});

	it('does not upload again a file whose run could not be started', async () => {
		await openWithFirstStart({ kind: 'status', status: 422, body: { code: 'X', message: 'Not now', retryable: false } });
		const { json } = await stage.run({ parameters: byCategories, items: [await itemWith(INVOICE)], settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 50 } });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(stage.requests('POST', /upload/)).toHaveLength(1);
	});
});

describe('uploads', () => {
	it('are sent again, complete, when the connection breaks', async () => {
		let uploads = 0;
		stage = await openStage({
			onRequest: ({ path }) => {
				if (path !== '/files/upload') return undefined;
				uploads += 1;
				return uploads === 1 ? { kind: 'resetBefore' } : undefined;
			},
		});
		const { json } = await stage.run({ parameters: byCategories, items: [await itemWith(INVOICE)] });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(stage.requests('POST', /upload/).at(-1)?.body).toMatchObject({ bytes: Buffer.from(INVOICE) });
	});
});
