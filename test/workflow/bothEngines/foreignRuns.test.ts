import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { logCalls } from '../logs';
import { byText, inBatch, numberedTexts, openStage, runElsewhere, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const key = { options: { idempotencyKey: '={{ $json.key }}' } };
const KINDS: Array<[name: string, parameters: IDataObject]> = [
	['single runs', { ...byText, text: '={{ $json.text }}', ...key }],
	['a batch', { ...inBatch, ...key }],
];
const items: INodeExecutionData[] = numberedTexts(2).map(({ json }) => ({ json: { ...json, key: `mail-${String(json.number)}` } }));
const cancels = () => stage.requests('POST', /\/cancel$/);

/** Polls of the other execution, which names the host otherwise. */
const pollsElsewhere = () => stage.requests('GET', /^\/classify_runs\/clr_/).filter(({ headers }) => headers.host?.startsWith('localhost')).length;

/** Begins an execution that waits for runs of some seconds, and gives another one time to reuse them. */
async function beginFirst(parameters: IDataObject): Promise<{ first: ReturnType<Stage['run']> }> {
	stage = await openStage({ pendingMs: 0, runMs: 9_000 });
	const first = stage.run({ parameters, items, executionId: '1' });
	while (stage.extend.store.runs.size < items.length) await sleep(50);
	// Lists show the runs from now on.
	await sleep(500);
	return { first };
}

describe('an execution that waits for runs which another one has started', () => {
	it.each(KINDS)('leaves them alone when it is stopped, whatever it is to cancel: %s', async (_, parameters) => {
		const { first } = await beginFirst(parameters);
		const before = logCalls().length;
		const stopWhen = () => pollsElsewhere() > items.length;
		await runElsewhere(stage, { parameters: { ...parameters, waitOptions: { cancelOnStop: true } }, items, executionId: '2', stopWhen });
		expect((await first).json.map(({ status }) => status)).toEqual(['PROCESSED', 'PROCESSED']);
		expect([cancels(), stage.extend.store.runs.size]).toEqual([[], 2]);
		expect(JSON.stringify(logCalls().slice(before))).toMatch(/The workflow was stopped\. Extend run clr_\w+ continues at Extend/);
	}, 90_000);

	it.each(KINDS)('leaves them alone at its timeout, and says so: %s', async (_, parameters) => {
		const { first } = await beginFirst(parameters);
		const { hints } = await runElsewhere(stage, { parameters: { ...parameters, waitOptions: { timeout: 1, onTimeout: 'cancel' } }, items, executionId: '2' });
		expect((await first).json.map(({ status }) => status)).toEqual(['PROCESSED', 'PROCESSED']);
		expect([cancels(), stage.extend.store.runs.size]).toEqual([[], 2]);
		expect(hints.join()).toMatch(/Run clr_\w+ was not cancelled, because another execution started it/);
	}, 90_000);
});
