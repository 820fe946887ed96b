import type { Fault } from '../../emulator';
import { byCategories, byText, INVOICE, itemWith, openStage, type Stage } from '../setup';

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

	it('uses the run that exists whatever has become of it, and starts no other', async () => {
		await openWithFirstStart({ kind: 'resetAfter' }, { outcome: () => ({ status: 'FAILED', failureReason: 'OUT_OF_CREDITS' }) });
		const { json } = await stage.run({ parameters: text });
		expect(json[0]).toMatchObject({ status: 'FAILED', failureReason: 'OUT_OF_CREDITS' });
		expect(runCount()).toBe(1);
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
