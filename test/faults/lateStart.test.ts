import { byText, INVOICE, openStage, type Stage } from '../workflow/setup';

let stage: Stage;
afterEach(async () => {
	await stage.extend.close();
});

describe('a start that seems lost and shows up later than it is looked for', () => {
	it('is named in a hint, since it is paid too', async () => {
		let starts = 0;
		stage = await openStage({
			listLagMs: 11_000,
			runMs: 3_000,
			onRequest: ({ method, path }) => {
				if (method !== 'POST' || path !== '/classify_runs') return undefined;
				starts += 1;
				return starts === 1 ? { kind: 'resetAfter' } : undefined;
			},
		});
		const { json, hints } = await stage.run({ parameters: { ...byText, text: INVOICE } });
		const [lost, used] = [...stage.extend.store.runs.keys()];
		expect(json).toEqual([expect.objectContaining({ id: used, category: 'invoice' })]);
		expect(hints.join()).toContain(`1 document with more than one run at Extend, each of them paid for: ${used} (also ${lost})`);
	});
});
