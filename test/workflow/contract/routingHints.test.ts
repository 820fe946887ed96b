import type { IDataObject } from 'n8n-workflow';
import { hurryPace } from '../pace';
import { byText, inBatch, INVOICE, openStage, type Stage } from '../setup';

let stage: Stage;
beforeAll(() => hurryPace());
beforeEach(async () => {
	stage = await openStage();
});
afterEach(async () => {
	await stage.extend.close();
});

async function classify(parameters: IDataObject, endings: IDataObject[]) {
	const items = endings.map((ending) => ({ json: { text: `${INVOICE}\nemulator: ${JSON.stringify(ending)}` } }));
	return await stage.run({ parameters: { ...byText, text: '={{ $json.text }}', ...parameters }, items });
}

const routes = (...categories: string[]) => ({ routeBy: 'category', routeCategories: { route: categories.map((category) => ({ category })) } });

describe('the public interface, the hint that sums up a node run', () => {
	const endings = [{}, { confidence: 0.5 }, { status: 'FAILED', failureReason: 'OUT_OF_CREDITS' }, { status: 'CANCELLED' }];

	it('counts what came out and what it cost, in one line', async () => {
		const { hints, json } = await classify({}, endings);
		const credits = json.reduce((sum, run) => sum + Number(run.credits), 0);
		expect(credits).toBeGreaterThan(0);
		expect(hints).toEqual([`2 processed: 2 invoice · 1 run failed (OUT_OF_CREDITS) · 1 run cancelled · ${credits} credits used`]);
	});

	it('is a warning when a run or an item failed, and no other', async () => {
		const typesOf = async (parameters: IDataObject, all: IDataObject[]) => (await classify(parameters, all)).hintTypes;
		expect(await typesOf({}, [{}, { status: 'CANCELLED' }])).toEqual(['info']);
		expect(await typesOf({}, [{}, { status: 'FAILED' }])).toEqual(['warning']);
	});

	it.each(['other', 'Other', 'review'])('a warning comes with a category named like a fixed output: %s', async (category) => {
		const { hints, hintTypes } = await classify(routes('invoice', category), [{}]);
		expect(hints[hintTypes.indexOf('warning')]).toMatch(new RegExp(`^Results of the category ${category} are sent to its own output`));
	});

	it('says how many need review when the node tells them apart', async () => {
		for (const parameters of [{ routeBy: 'confidence' }, routes('invoice')]) {
			expect((await classify(parameters, endings)).hints.join()).toMatch(/^2 processed: 2 invoice · 1 needs review · 1 run failed/);
		}
	});

	it('counts unfinished runs and items without a document', async () => {
		const waitOptions = { timeout: 1, onTimeout: 'return' };
		expect((await classify({ waitOptions }, [{ runMs: 60_000 }, {}])).hints.join()).toMatch(/^1 processed: invoice · 1 run unfinished · \d+ credits used$/);
		const parameters = { ...byText, fileSource: 'binary', binaryFields: 'attachment_*', fileOptions: { onNoDocument: 'skip' } };
		expect((await stage.run({ parameters, items: [{ json: {} }, { json: {} }] })).hints).toEqual(['2 items without a document']);
	});

	it('counts items that failed by their codes', async () => {
		const { hints } = await stage.run({
			parameters: { operation: 'get', runId: '={{ $json.id }}' },
			items: ['clr_nobody', ''].map((id) => ({ json: { id } })),
			settings: { onError: 'continueRegularOutput' },
		});
		expect(hints).toEqual(['2 runs without a result (NOT_FOUND 1, INVALID_INPUT 1)']);
	});

	it('comes with get and waitForCompletion, also for a single run', async () => {
		const { json } = await classify({ operation: 'start' }, [{}, {}]);
		const ids = json.map(({ id }) => ({ json: { id } }));
		for (const operation of ['waitForCompletion', 'get']) {
			expect((await stage.run({ parameters: { operation }, items: ids })).hints).toEqual([expect.stringMatching(/^2 processed: 2 invoice · \d+ credits used$/)]);
			expect((await stage.run({ parameters: { operation }, items: ids.slice(1) })).hints).toEqual([expect.stringMatching(/^1 processed: invoice · \d+ credits? used$/)]);
		}
	});

	it('comes with batches too', async () => {
		const { hints, json } = await classify(inBatch, endings);
		const credits = json.reduce((sum, run) => sum + Number(run.credits), 0);
		expect(hints).toEqual([`2 processed: 2 invoice · 1 run failed (OUT_OF_CREDITS) · 1 run cancelled · ${credits} credits used`]);
		const [batchId] = stage.extend.store.batches.keys();
		const waited = await stage.run({ parameters: { resource: 'batchRun', operation: 'waitForCompletion', batchId, ...routes() } });
		expect(waited.hints).toEqual([
			`2 processed: 2 invoice · 1 needs review · 1 run failed (OUT_OF_CREDITS) · 1 run cancelled · ${credits} credits used`,
			expect.stringMatching(/^Sent to Other.*: invoice\./),
		]);
	});

	it('stays away from operations that hand over no results', async () => {
		const started = await classify({ operation: 'start' }, [{}, {}]);
		expect(started.hints).toEqual([]);
		expect((await stage.run({ parameters: { operation: 'getMany', includeOutput: true } })).hints).toEqual([]);
	});
});

describe('the public interface, the hint about categories that no route names', () => {
	const hintsOf = async (parameters: IDataObject, endings: IDataObject[]) => (await classify(parameters, endings)).hints.filter((hint) => hint.includes('Other'));

	it('names those that came, the most frequent first', async () => {
		const [hint] = await hintsOf(routes('invoice'), [{ category: 'contract' }, { category: 'letter' }, { category: 'contract' }, {}]);
		expect(hint).toMatch(/^Sent to Other, because they have no output: contract 2, letter 1\. .*Route These Categories/);
	});

	it('names ten at most', async () => {
		const [hint] = await hintsOf(routes(), Array.from({ length: 12 }, (_, number) => ({ category: `c${number}` })));
		expect(hint).toMatch(/c9 1, 2 more\./);
		expect(hint).not.toContain('c10');
	});

	it('is silent about the catch-all, doubtful results and other routings', async () => {
		expect(await hintsOf(routes('invoice'), [{ category: 'other' }, { category: 'contract', confidence: 0.1 }, { status: 'FAILED' }])).toEqual([]);
		expect(await hintsOf({ routeBy: 'confidence' }, [{ category: 'contract' }])).toEqual([]);
	});
});
