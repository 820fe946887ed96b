/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits for what must not happen */
import { byText, INVOICE, itemWith, byCategories, openStage, type Stage } from './setup';

let stage: Stage;
const open = async (options: Parameters<typeof openStage>[0]) => {
	stage = await openStage(options);
	return stage;
};
afterEach(async () => {
	await stage.extend.close();
});

const texts = (count: number) => Array.from({ length: count }, (_, mail) => ({ json: { mail, text: `${INVOICE} ${mail}` } }));
const eachText = { ...byText, text: '={{ $json.text }}' };

describe('waiting for several runs', () => {
	it('starts all 20 before the first has finished and gives them in the order of the items', async () => {
		// Long enough for a busy machine to start all of them meanwhile.
		const shortestMs = 5_000;
		const { run, extend } = await open({ runMs: ({ text }) => shortestMs + (text?.endsWith(' 0') ? 1_000 : 0) });
		const { json, outputs, error } = await run({ parameters: eachText, items: texts(20) });
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual(Array(20).fill('PROCESSED'));
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(texts(20).map((_, item) => ({ item })));
		const runs = [...extend.store.runs.values()];
		expect(runs).toHaveLength(20);
		const lastStartMs = Math.max(...extend.requests.filter(({ path, method }) => method === 'POST' && path === '/classify_runs').map(({ atMs }) => atMs));
		const firstStartMs = Math.min(...extend.requests.map(({ atMs }) => atMs));
		expect(lastStartMs - firstStartMs).toBeLessThan(shortestMs);
	});

	it('goes on when looks at a run do not succeed', async () => {
		let looks = 0;
		const { run } = await open({
			onRequest: ({ method, path }) => {
				if (method !== 'GET' || !path.startsWith('/classify_runs/')) return undefined;
				looks += 1;
				return looks === 1 ? { kind: 'html', status: 502 } : looks === 2 ? { kind: 'resetBefore' } : looks === 3 ? { kind: 'truncate' } : undefined;
			},
		});
		const { json, error } = await run({ parameters: { ...byText, text: INVOICE } });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'PROCESSED' });
		expect(looks).toBe(4);
	});
});

describe('waiting for longer than the timeout', () => {
	const parameters = (onTimeout: string) => ({ ...byText, text: INVOICE, waitOptions: { timeout: 0.5, onTimeout } });

	it('tries again to cancel a run that has not begun', async () => {
		const { run } = await open({ pendingMs: 1_500, runMs: 60_000 });
		const { json } = await run({ parameters: parameters('cancel') });
		expect(json[0]).toMatchObject({ status: 'CANCELLED' });
	});
});

describe('Stop', () => {
	it('ends the wait without another request', async () => {
		const { run, extend } = await open({ runMs: 60_000 });
		const begunMs = Date.now();
		await run({ parameters: eachText, items: texts(5), stopAfterMs: 700 });
		const stoppedMs = Date.now();
		expect(stoppedMs - begunMs).toBeLessThan(1_700);
		await new Promise((resolve) => setTimeout(resolve, 300)); // a request that was on its way still arrives
		const count = extend.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 1_500));
		expect(extend.requests).toHaveLength(count);
		expect([...extend.store.runs.keys()]).toHaveLength(5);
	});

	it('cancels the open runs at Extend when it is told to', async () => {
		const { run, extend } = await open({ runMs: 60_000 });
		await run({ parameters: { ...eachText, waitOptions: { cancelOnStop: true } }, items: texts(5), stopAfterMs: 700 });
		await new Promise((resolve) => setTimeout(resolve, 500));
		const cancelled = extend.requests.filter(({ path, status }) => path.endsWith('/cancel') && status === 200);
		expect(cancelled).toHaveLength(5);
	});
});

describe('Delete File When Done', () => {
	it('gives the result and a hint when the file cannot be removed', async () => {
		const { run } = await open({ onRequest: ({ method }) => (method === 'DELETE' ? { kind: 'status', status: 403 } : undefined) });
		const { json, hints } = await run({ parameters: { ...byCategories, fileOptions: { deleteFileAfter: true } }, items: [await itemWith(INVOICE)] });
		expect(json[0]).toMatchObject({ category: 'invoice' });
		expect(hints.join()).toMatch(/is still at Extend/);
	});
});
