import type { RequestRecord } from '../emulator';
import { byCategories, byText, inBatch, INVOICE, itemWith, numberedTexts, openStage, type Stage } from './setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const HOUR_MS = 3_600_000;
const goOn = { onError: 'continueRegularOutput' as const };
const text = { ...byText, text: INVOICE };
const isStart = ({ method, path }: RequestRecord) => method === 'POST' && /^\/classify_runs(\/batch)?$/.test(path);
const isUpload = ({ path }: RequestRecord) => path === '/files/upload';

describe('the timeout', () => {
	/** Longer than the timeout; the runs themselves are faster. */
	const SLOW = { kind: 'delay' as const, ms: 2_500 };
	const waitOptions = { timeout: 2 };
	const RUN_MS = 1_200;

	it('of Classify and Wait begins when Extend has taken the run: neither upload nor start count', async () => {
		stage = await openStage({ runMs: RUN_MS, onRequest: (request) => (isStart(request) || isUpload(request) ? SLOW : undefined) });
		const { json, error } = await stage.run({ parameters: { ...byCategories, waitOptions }, items: [await itemWith(INVOICE)] });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ status: 'PROCESSED' });
	});

	it('of a batch begins when Extend has taken the batch', async () => {
		stage = await openStage({ runMs: RUN_MS, onRequest: (request) => (isStart(request) ? SLOW : undefined) });
		const { json } = await stage.run({ parameters: { ...inBatch, waitOptions }, items: numberedTexts(2) });
		expect(json.map(({ status }) => status)).toEqual(['PROCESSED', 'PROCESSED']);
	});

	it('of Wait for Completion begins with the wait, however old the run is', async () => {
		stage = await openStage({ pendingMs: 0, runMs: HOUR_MS + 5_000 });
		const started = await stage.run({ parameters: { ...text, operation: 'start' } });
		const runId = String(started.json[0]?.id);
		const wait = async (timeout: number) => await stage.run({ parameters: { operation: 'waitForCompletion', runId, waitOptions: { timeout } }, settings: goOn });
		const early = await wait(1.5);
		expect(early.json[0]).toMatchObject({ details: { code: 'TIMEOUT', runId } });
		for (const run of stage.extend.store.runs.values()) run.createdAtMs -= HOUR_MS;
		const late = await wait(30);
		expect(late.json[0]).toMatchObject({ id: runId, status: 'PROCESSED' });
	});

	it.each(['error', 'return', 'cancel'])('of Wait for Completion lets it look once, however short it is (On Timeout: %s)', async (onTimeout) => {
		stage = await openStage();
		const started = await stage.run({ parameters: { ...text, operation: 'classify' } });
		const runId = String(started.json[0]?.id);
		const { json } = await stage.run({ parameters: { operation: 'waitForCompletion', runId, waitOptions: { timeout: 0.001, onTimeout } } });
		expect(json[0]).toMatchObject({ id: runId, status: 'PROCESSED' });
	});
});
