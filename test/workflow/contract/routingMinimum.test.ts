import type { IDataObject } from 'n8n-workflow';
import { properties } from '../../../nodes/Extend/operations';
import { hurryPace } from '../pace';
import { openStage, type Stage } from '../setup';
import { placeRuns, processedRun } from './placeRuns';

let stage: Stage;
beforeAll(async () => {
	hurryPace(100);
	stage = await openStage({ runMs: 5, pendingMs: 0 });
});
afterAll(async () => {
	await stage.extend.close();
});

/** By which output runs with these confidences leave, with a route for their category. */
async function outputsOf(routeBy: string, minimumConfidence: unknown, confidences: unknown[]): Promise<Array<string | undefined>> {
	const names = routeBy === 'category' ? ['Other', 'Review', 'No Result', 'passes'] : ['passes', 'Review', 'No Result'];
	const ids = await placeRuns(stage, confidences.map((confidence) => processedRun('invoice', confidence)));
	const parameters = { operation: 'get', routeBy, minimumConfidence, routeCategories: { route: [{ category: 'invoice' }] } } as IDataObject;
	const { outputs, error } = await stage.run({ parameters, items: ids.map((id) => ({ json: { id, minimum: 0.6 } })) });
	expect(error).toBeUndefined();
	return ids.map((id) => names[outputs.findIndex((items) => items.some(({ json }) => json.id === id))]);
}

const [PASSES, REVIEW] = ['passes', 'Review'];

describe('the public interface, minimumConfidence', () => {
	it('is a number of which 0.8 is the default', () => {
		const parameters = properties.filter(({ name }) => name === 'minimumConfidence');
		expect(parameters.length).toBeGreaterThan(0);
		for (const parameter of parameters) {
			expect(parameter).toMatchObject({ type: 'number', default: 0.8, typeOptions: { minValue: 0, maxValue: 1 } });
			expect(parameter.displayOptions?.show?.routeBy).toEqual(['confidence', 'category']);
		}
	});

	describe.each(['confidence', 'category'])('with routeBy %s', (routeBy) => {
		it.each<[string, unknown, Array<[confidence: unknown, output: string | undefined]>]>([
			['0.8, left as it is', undefined, [[0.8, PASSES], [0.7999999, REVIEW], [1, PASSES], [null, REVIEW], ['0.9', REVIEW]]],
			['1', 1, [[1, PASSES], [0.9999999, REVIEW], [1.5, PASSES], [null, REVIEW]]],
			['0.5', 0.5, [[0.5, PASSES], [0.4999999, REVIEW], [-1, REVIEW], [0, REVIEW]]],
			['0.1 + 0.2 against 0.3', 0.3, [[0.1 + 0.2, PASSES], [0.3, PASSES]]],
			['the text 0.8', '0.8', [[0.8, PASSES], [0.79, REVIEW]]],
			['a text with blanks', ' 0.8 ', [[0.8, PASSES], [0.79, REVIEW]]],
			['an expression', '={{ $json.minimum }}', [[0.6, PASSES], [0.59, REVIEW]]],
			['an expression that gives a text', '={{ String($json.minimum) }}', [[0.6, PASSES], [0.59, REVIEW]]],
		])('%s: an equal confidence passes, a lower one is to be reviewed', async (_, minimum, rows) => {
			expect(await outputsOf(routeBy, minimum ?? 0.8, rows.map(([confidence]) => confidence))).toEqual(rows.map(([, output]) => output));
		});
	});

	it('0 switches the gate off with routeBy category, also for a confidence that is missing or no number', async () => {
		const confidences = [0, 0.1, -1, null, '0.9', [0.9], 2];
		for (const zero of [0, '0', '={{ 0 }}']) expect(await outputsOf('category', zero, confidences)).toEqual(confidences.map(() => PASSES));
	});

	it('0 does not switch it off with routeBy confidence: one that is missing or no number is still to be reviewed', async () => {
		expect(await outputsOf('confidence', 0, [0, 0.1, null, '0.9', -1])).toEqual([PASSES, PASSES, REVIEW, REVIEW, REVIEW]);
	});

	it.each(['none', 'status', 'failureReason'])('is not read with routeBy %s, whatever was left in it', async (routeBy) => {
		const [id = ''] = await placeRuns(stage, [processedRun('invoice', 0.1)]);
		const { outputs, error } = await stage.run({ parameters: { operation: 'get', runId: id, routeBy, minimumConfidence: 80 } });
		expect([error, outputs[0]?.length]).toEqual([undefined, 1]);
	});
});
