import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { properties } from '../../../nodes/Extend/operations';
import { hurryPace } from '../pace';
import { batchBodies, categories, CONTRACT, inBatch, INVOICE, numberedTexts, openStage, type Stage } from '../setup';

let stage: Stage;
beforeAll(() => hurryPace());
beforeEach(async () => {
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterEach(async () => {
	await stage.extend.close();
});

const waitForCompletion = { resource: 'batchRun', operation: 'waitForCompletion' };
const textsOf = (json: IDataObject[]) => json.map(({ id }) => stage.extend.store.runs.get(String(id))?.file?.bytes.toString());

async function startBatch(count: number): Promise<string> {
	const { json } = await stage.run({ parameters: { ...inBatch, operation: 'start' }, items: numberedTexts(count) });
	return String(json[0]?.batchId);
}

/** The parameters of an operation, without where they are shown. */
function parametersOf(resource: string, operation: string): Record<string, Partial<INodeProperties>> {
	const isShown = ({ displayOptions }: INodeProperties) =>
		displayOptions?.show?.resource?.includes(resource) === true && displayOptions.show.operation?.includes(operation) === true;
	const shown = properties.filter((property) => property.name !== 'operation' && isShown(property));
	return Object.fromEntries(shown.map(({ displayOptions, ...property }) => [`${property.name} ${JSON.stringify(displayOptions?.show?.fileSource ?? '')}`, property]));
}

describe('the public interface, batchRun: the document, version, metadata, wait, simplify and routing parameters are those of a single run', () => {
	it.each([
		['classify', ['classifyWith', 'categories', 'categoriesJson']],
		['start', ['classifyWith', 'categories', 'categoriesJson']],
		['waitForCompletion', ['runId']],
	])('%s, apart from %j', (operation, apart) => {
		const { 'batchId ""': ofBatch, ...batch } = parametersOf('batchRun', operation);
		const single = Object.entries(parametersOf('classifyRun', operation)).filter(([, { name = '' }]) => !apart.includes(name));
		expect(Object.keys(batch).length).toBeGreaterThan(5);
		expect(batch).toEqual(Object.fromEntries(single));
		expect(ofBatch?.default).toBe(operation === 'waitForCompletion' ? '={{ $json.batchId }}' : undefined);
	});
});

describe('the public interface, batchRun: for a saved classifier only', () => {
	it('uses it, whatever categories were left in the node', async () => {
		for (const classifyWith of ['categories', 'categoriesJson']) {
			const parameters = { ...inBatch, classifyWith, categories, categoriesJson: '[{"id":"letter"}]' };
			const { json } = await stage.run({ parameters, items: numberedTexts(1) });
			expect(json[0]).toMatchObject({ category: 'invoice', classifierId: 'cl_inbound_mail' });
		}
		expect(batchBodies(stage).map(({ classifier }) => classifier)).toEqual(Array(2).fill({ id: 'cl_inbound_mail', version: '2.0' }));
	});
});

describe('the public interface, batchRun waitForCompletion: one item per run, in the order of our key, else of createdAt', () => {
	it('counts in numbers: document 2 comes before document 10', async () => {
		const batchId = await startBatch(12);
		const { json } = await stage.run({ parameters: { ...waitForCompletion, batchId } });
		expect(textsOf(json)).toEqual(numberedTexts(12).map((item) => item.json.text));
	});

	it('puts runs without the key behind those with one, the oldest first', async () => {
		const batchId = await startBatch(5);
		const runs = [...stage.extend.store.runs.values()];
		for (const [number, keep] of [false, true, false, true, false].entries()) {
			const run = runs[number];
			if (run === undefined || keep) continue;
			run.metadata = null;
			run.createdAtMs -= number * 60_000;
		}
		const { json } = await stage.run({ parameters: { ...waitForCompletion, batchId } });
		expect(textsOf(json)).toEqual([1, 3, 4, 2, 0].map((number) => numberedTexts(5)[number]?.json.text));
	});

	it('takes batchId from the item unless it is given, and pairs each run with the item that holds it', async () => {
		const [one, other] = [await startBatch(2), await startBatch(1)];
		const items = [other, one, other].map((batchId, n) => ({ json: { batchId, n } }));
		const after = { expression: "={{ $('Before').item.json.n }}", outputs: 1 };
		expect((await stage.run({ parameters: waitForCompletion, items, after })).after).toEqual([[0, 1, 1, 2]]);
		expect((await stage.run({ parameters: { ...waitForCompletion, batchId: one }, items: items.slice(0, 1), after })).after).toEqual([[0, 0]]);
	});

	it('gives the fields of a run, and the run untouched with simplify off', async () => {
		const batchId = await startBatch(1);
		const { json } = await stage.run({ parameters: { ...waitForCompletion, batchId } });
		expect(json[0]).toMatchObject({ status: 'PROCESSED', category: 'invoice', failureReason: null, metadata: { 'n8n:position': '0.0' } });
		const raw = await stage.run({ parameters: { ...waitForCompletion, batchId, simplify: false } });
		expect(raw.json[0]).toMatchObject({ object: 'classify_run', id: json[0]?.id, output: { id: 'invoice' } });
	});
});

describe('the public interface, batchRun: a batch of which a part fails', () => {
	const texts = [INVOICE, `${INVOICE}\nemulator: {"failureReason":"PARSING_ERROR"}`, CONTRACT, `${INVOICE}\nemulator: {"status":"CANCELLED"}`];
	const items = texts.map((text, n) => ({ json: { text, n } }));

	it('says so in its items, in their places, and the summary counts them', async () => {
		const { json, hints } = await stage.run({ parameters: inBatch, items });
		expect(json.map(({ status, category, failureReason }) => [status, category, failureReason])).toEqual([
			['PROCESSED', 'invoice', null],
			['FAILED', null, 'PARSING_ERROR'],
			['PROCESSED', 'contract', null],
			['CANCELLED', null, null],
		]);
		expect(hints.join()).toMatch(/^2 processed: [^·]+ · 1 run failed \(PARSING_ERROR\) · 1 run cancelled · \d+ credits used$/);
	});

	it('routes each by its own reason, paired', async () => {
		const after = { expression: "={{ $('Before').item.json.n }}", outputs: 8 };
		const run = await stage.run({ parameters: { ...inBatch, routeBy: 'failureReason' }, items, after });
		expect(run.after).toEqual([[0, 2], [], [], [], [1], [3], [], []]);
	});
});
