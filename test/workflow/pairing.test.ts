import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { hurryPace } from './pace';
import { byText, inBatch, INVOICE, openStage, type Stage } from './setup';

const DETAILS = ['itemIndex', 'code', 'status', 'retryable', 'requestId', 'runId', 'dashboardUrl', 'failureReason'];
/** Read by a node behind ours, of the item before ours that an item goes back to. */
const expression = "={{ $('Before').item.json.mail }}";

let stage: Stage;
beforeAll(() => hurryPace());
beforeEach(async () => {
	stage = await openStage({ outcome: ({ text }) => (text.includes('broken') ? { status: 'FAILED', failureReason: 'PARSING_ERROR' } : undefined) });
});
afterEach(async () => {
	await stage.extend.close();
});

const mails = (...texts: string[]): INodeExecutionData[] => texts.map((text, mail) => ({ json: { mail, text } }));
/** Refused before anything is sent, fine, failed at Extend, fine. */
const items = mails('', INVOICE, 'broken', `${INVOICE} two`);
const failing: IDataObject = { onRunFailed: 'error', text: '={{ $json.text }}' };

describe.each<[string, IDataObject]>([
	['Classify and Wait', { ...byText, ...failing }],
	['Classify and Wait of batches', { ...inBatch, ...failing }],
])('%s, where items 0 and 2 do not succeed', (_, parameters) => {
	it.each([false, true])('continues with the good ones first, all paired (Retry On Fail: %s)', async (retryOnFail) => {
		const settings = { onError: 'continueRegularOutput' as const, retryOnFail, maxTries: 2, waitBetweenTries: 10 };
		const { outputs, after, error } = await stage.run({ parameters, items, settings, after: { expression, outputs: 1 } });
		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([1, 3, 0, 2].map((item) => ({ item })));
		expect(after[0]).toEqual([1, 3, 0, 2]);
		for (const { json } of outputs[0]?.slice(2) ?? []) {
			expect(Object.keys(json)).toEqual(['error', 'message', 'details']);
			expect(Object.keys(json.details as IDataObject)).toEqual(DETAILS);
		}
		expect(stage.extend.store.runs.size).toBe(3);
	});

	it.each([false, true])('sends them to the error output, all paired (Retry On Fail: %s)', async (retryOnFail) => {
		const settings = { onError: 'continueErrorOutput' as const, retryOnFail, maxTries: 2, waitBetweenTries: 10 };
		const { outputs, after } = await stage.run({ parameters, items, settings, after: { expression, outputs: 2 } });
		expect(outputs.map((output) => output.map(({ json }) => json.error === undefined))).toEqual([[true, true], [false, false]]);
		expect(after).toEqual([[1, 3], [0, 2]]);
		expect(outputs[1]?.map(({ json }) => json.mail)).toEqual([0, 2]);
		expect(stage.extend.store.runs.size).toBe(3);
	});

	it('stops with the first of them, how many there were, and all runs', async () => {
		const { outputs, error } = await stage.run({ parameters, items, settings: { onError: 'stopWorkflow' } });
		expect(outputs.flat()).toEqual([]);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(error?.description).toContain('2 of 4 items failed');
		for (const id of stage.extend.store.runs.keys()) expect(error?.description).toContain(id);
	});
});
