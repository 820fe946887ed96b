import type { IDataObject } from 'n8n-workflow';
import { fileOf } from './engine';
import { byCategories, byText, inBatch, INVOICE, itemWith, openStage, runElsewhere, SAVED, startBodies, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const text = { ...byText, text: INVOICE };
const runCount = () => stage.extend.store.runs.size;

/** Other people's runs, newer than those there are. */
function addStrangers(count: number): void {
	const [run] = [...stage.extend.store.runs.values()];
	for (let number = 0; run !== undefined && number < count; number++) {
		const id = `clr_stranger${number}`;
		stage.extend.store.runs.set(id, { ...run, id, metadata: null, createdAtMs: Date.now() });
	}
}

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
		expect(second.hints.join()).toMatch(/3 documents used runs that already existed/);
	});

	it('stands for each document of an item, told apart by its binary field, also when options leave some out', async () => {
		stage = await openStage();
		const binary = { front: await fileOf(INVOICE, 'a.txt', 'text/plain'), back: await fileOf(`${INVOICE} two`, 'b.txt', 'text/plain') };
		const parameters = { ...byCategories, binaryFields: 'front, back', options: { idempotencyKey: '={{ $json.key }}' } };
		const run = async (executionId: string, fileOptions: IDataObject = {}) =>
			await stage.run({ parameters: { ...parameters, fileOptions }, items: [{ json: { key: 'mail-1' }, binary }], executionId });
		const first = await run('1');
		expect(first.json.map(({ binaryField }) => binaryField)).toEqual(['front', 'back']);
		expect(new Set(startBodies(stage).map((body) => (body as { metadata: IDataObject }).metadata['n8n:start'])).size).toBe(2);
		const second = await run('2');
		const filtered = await run('3', { minimumFileSize: Buffer.byteLength(INVOICE) + 1 });
		expect([...second.json, ...filtered.json].map(({ id }) => id)).toEqual([...first.json, first.json[1]].map((json) => json?.id));
		expect(runCount()).toBe(2);
	});

	it('goes into the metadata beside what the user has put there', async () => {
		stage = await openStage();
		const { json } = await stage.run({ parameters: { ...text, options: { idempotencyKey: 'mail-1', metadata: '{"mail":{"id":7}}', usageTags: 'ap' } } });
		expect(json[0]?.metadata).toEqual({ mail: { id: 7 }, 'extend:usage_tags': ['ap'], 'n8n:start': expect.stringMatching(/^key:[0-9a-f]{32}$/), 'n8n:workflow': expect.stringMatching(/^[0-9a-f]{12}$/) });
	});

	it.each<[string, IDataObject]>([
		['single runs', { ...text, classifyWith: 'classifier', classifier: SAVED }],
		['a batch', { ...inBatch, text: INVOICE }],
	])('says so when there are more runs than are looked through, for %s', async (_, parameters) => {
		stage = await openStage();
		const keyedParameters = { ...parameters, options: { idempotencyKey: 'mail-1' } };
		const first = await stage.run({ parameters: keyedParameters });
		expect(first.hints.join()).not.toContain('Only the newest');
		addStrangers(10_000);
		const second = await runElsewhere(stage, { parameters: keyedParameters, executionId: '2' });
		expect(second.hints.join()).toContain('Only the newest 10,000 runs were checked for earlier ones. A document whose run is older was started again and is paid for again.');
		expect(second.json[0]?.id).not.toBe(first.json[0]?.id);
	}, 60_000);

	it.each([
		[23, true],
		[25, false],
	])('counts for 24 hours: a run of %i hours ago is used: %s', async (hours, isUsed) => {
		stage = await openStage();
		const parameters = { ...text, options: { idempotencyKey: 'mail-1' } };
		const first = await stage.run({ parameters });
		for (const run of stage.extend.store.runs.values()) run.createdAtMs -= hours * 3_600_000;
		const second = await stage.run({ parameters, executionId: '2' });
		expect(second.json[0]?.id === first.json[0]?.id).toBe(isUsed);
	});

	it.each([1_000, 100])('finds runs behind many others in a list whose pages hold %i at most', async (maxPageSize) => {
		stage = await openStage({ maxPageSize });
		const first = await stage.run({ parameters: keyed, items });
		addStrangers(1_500);
		const second = await stage.run({ parameters: keyed, items, executionId: '2' });
		expect(second.json.map(({ id, status }) => [id, status])).toEqual(first.json.map(({ id }) => [id, 'PROCESSED']));
		expect(stage.requests('POST', /^\/classify_runs$/)).toHaveLength(items.length);
	});

	it('shows the other run when two processes start with it at the same moment', async () => {
		stage = await openStage({ listLagMs: 1_500 });
		const parameters = { ...text, options: { idempotencyKey: 'mail-1' } };
		const both = await Promise.all([stage.run({ parameters, executionId: '1' }), runElsewhere(stage, { parameters, executionId: '2' })]);
		expect(runCount()).toBe(2);
		const [one, other] = both.map(({ json }) => String(json[0]?.id));
		expect(both[0].hints.join()).toContain(`1 document with more than one run at Extend, each of them paid for: ${one} (also ${other})`);
		expect(both[1].hints.join()).toContain(`${other} (also ${one})`);
	});

	it('shows the other run also when the execution that started its own has failed, and is retried', async () => {
		stage = await openStage({ listLagMs: 1_500 });
		const parameters = { ...keyed, text: '={{ $json.text }}' };
		const good = { json: { key: 'a', text: INVOICE } };
		const [failed] = await Promise.all([
			stage.run({ parameters, items: [good, { json: { key: 'b', text: '' } }], executionId: '1' }),
			runElsewhere(stage, { parameters, items: [good], executionId: '2' }),
		]);
		expect([failed?.error?.message, runCount()]).toEqual([expect.stringContaining('The Text is empty'), 2]);
		const mended = [good, { json: { key: 'b', text: INVOICE } }];
		const { json, hints } = await stage.run({ parameters, items: mended, executionId: '3', retryOf: failed?.run });
		expect([json.length, runCount()]).toEqual([2, 3]);
		expect(hints.join()).toContain(`1 document with more than one run at Extend, each of them paid for: ${String(json[0]?.id)} (also `);
	});

	it('gives its result although the look for other runs does not succeed', async () => {
		stage = await openStage();
		const isList = ({ method, path }: { method: string; path: string }) => method === 'GET' && path === '/classify_runs';
		stage.extend.options.onRequest = (request) => (isList(request) && runCount() > 0 ? { kind: 'html', status: 503 } : undefined);
		const { json, hints } = await stage.run({ parameters: { ...text, options: { idempotencyKey: 'mail-1' } } });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(hints.join()).not.toContain('more than one run');
		expect(stage.requests('GET', /^\/classify_runs$/).map(({ status }) => status)).toContain(503);
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
