import { byText, CONTRACT, inBatch, INVOICE, openStage, type Stage } from '../setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

const single = { ...byText, text: '={{ $json.text }}' };
const itemsOf = (texts: string[]) => texts.map((text) => ({ json: { text } }));
const runCount = () => stage.extend.store.runs.size;

describe("n8n's Retry button, on an execution that failed", () => {
	it.each([
		['single runs', single],
		['a batch', inBatch],
	])('uses the runs that exist, and starts the document that was mended alone: %s', async (_, parameters) => {
		stage = await openStage();
		const failed = await stage.run({ parameters, items: itemsOf([INVOICE, '', CONTRACT]), executionId: '1' });
		expect(failed.error?.message).toContain('The Text is empty');
		expect(runCount()).toBe(2);
		const ids = [...stage.extend.store.runs.keys()];
		const mended = await stage.run({ parameters, items: itemsOf([INVOICE, 'An INVOICE with a number and an amount due', CONTRACT]), executionId: '2', retryOf: failed.run });
		expect(mended.error).toBeUndefined();
		expect(mended.json).toHaveLength(3);
		expect(mended.json.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
		expect(runCount()).toBe(3);
	});

	it('uses them at a second and a third press too', async () => {
		stage = await openStage();
		let last = await stage.run({ parameters: single, items: itemsOf([INVOICE, '']), executionId: '1' });
		for (const executionId of ['2', '3']) last = await stage.run({ parameters: single, items: itemsOf([INVOICE, '']), executionId, retryOf: last.run });
		expect(runCount()).toBe(1);
		expect(last.error?.description).toContain([...stage.extend.store.runs.keys()][0]);
	});

	it('starts a run again that failed for want of credits, which somebody may have added meanwhile', async () => {
		let hasCredits = false;
		stage = await openStage({ outcome: () => (hasCredits ? undefined : { status: 'FAILED', failureReason: 'OUT_OF_CREDITS' }) });
		const parameters = { ...single, onRunFailed: 'error' };
		const failed = await stage.run({ parameters, items: itemsOf([INVOICE]), executionId: '1' });
		expect(failed.error?.message).toContain('OUT_OF_CREDITS');
		hasCredits = true;
		const retried = await stage.run({ parameters, items: itemsOf([INVOICE]), executionId: '2', retryOf: failed.run });
		expect(retried.json[0]).toMatchObject({ category: 'invoice' });
		expect(runCount()).toBe(2);
	});
});

describe("n8n's Retry On Fail", () => {
	const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 10 };

	it('does not read the list of runs at the first try, where no earlier one can exist', async () => {
		stage = await openStage();
		await stage.run({ parameters: single, items: itemsOf([INVOICE, CONTRACT]), settings });
		expect(stage.requests('GET', /^\/classify_runs$/)).toEqual([]);
	});

	it('does not start again what failed for a reason that no further try changes', async () => {
		stage = await openStage({ outcome: () => ({ status: 'FAILED', failureReason: 'OUT_OF_CREDITS' }) });
		const { error } = await stage.run({ parameters: { ...single, onRunFailed: 'error' }, items: itemsOf([INVOICE, CONTRACT, 'a', 'b', 'c']), settings });
		expect(error?.message).toContain('OUT_OF_CREDITS');
		expect(runCount()).toBe(5);
	});
});
