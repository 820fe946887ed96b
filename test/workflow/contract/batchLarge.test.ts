import { batchBodies, inBatch, numberedTexts, openStage, type Stage } from '../setup';
import { hurryPace } from '../pace';

let stage: Stage;
beforeAll(() => hurryPace());
afterEach(async () => {
	await stage.extend.close();
});

const count = (texts: unknown[], expected: unknown[]) => texts.filter((text, item) => text === expected[item]).length;

describe('the public interface, batchRun: 1,000 inputs each request', () => {
	it.each([
		[1, 1],
		[1_000, 1],
		[2_500, 3],
	])(
		'classifies %i documents with %i requests, each run paired with its item',
		async (size, requests) => {
			stage = await openStage({ runMs: 200 });
			const items = numberedTexts(size);
			const { json, outputs, error } = await stage.run({ parameters: inBatch, items });
			expect(error).toBeUndefined();
			expect(batchBodies(stage).map(({ inputs }) => inputs.length <= 1_000)).toEqual(Array(requests).fill(true));
			const { runs } = stage.extend.store;
			expect([runs.size, json.length]).toEqual([size, size]);
			const texts = json.map(({ id }) => runs.get(String(id))?.file?.bytes.toString());
			expect(count(texts, items.map(({ json: { text } }) => text))).toBe(size);
			expect(outputs[0]?.filter(({ pairedItem }, item) => JSON.stringify(pairedItem) === JSON.stringify({ item }))).toHaveLength(size);
		},
		600_000,
	);

	it('gives the runs of several batches in the order of their documents, each paired with the item of its batch', async () => {
		stage = await openStage({ runMs: 200 });
		const items = numberedTexts(1_200);
		const started = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items });
		expect(started.json.map(({ runCount }) => runCount)).toEqual([1_000, 200]);
		const waiting = { resource: 'batchRun', operation: 'waitForCompletion' };
		const { json, outputs } = await stage.run({ parameters: waiting, items: started.json.map((batch) => ({ json: batch })) });
		const { runs } = stage.extend.store;
		const texts = json.map(({ id }) => runs.get(String(id))?.file?.bytes.toString());
		expect(count(texts, items.map(({ json: { text } }) => text))).toBe(1_200);
		expect(outputs[0]?.map(({ pairedItem }) => JSON.stringify(pairedItem)).filter((pair) => pair === '{"item":1}')).toHaveLength(200);
	}, 600_000);
});
